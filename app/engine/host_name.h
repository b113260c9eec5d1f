#pragma once

#include <string>

namespace holdfast::engine {

/// What this computer calls itself; "localhost" where it does not say.
[[nodiscard]] std::string hostName();

}  // namespace holdfast::engine
