#include "app/engine/host_name.h"

#include <unistd.h>

#include <array>

namespace holdfast::engine {

std::string hostName()
{
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "localhost";
}

}  // namespace holdfast::engine
