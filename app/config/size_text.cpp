#include "app/config/size_text.h"

#include "app/base/number_text.h"

#include <array>
#include <string>
#include <utility>

namespace holdfast::config {

Result<std::uint64_t> parseSize(std::string_view text)
{
    constexpr std::array<std::pair<std::string_view, unsigned>, 13> units{{{"KiB", 10},
                                                                           {"MiB", 20},
                                                                           {"GiB", 30},
                                                                           {"TiB", 40},
                                                                           {"PiB", 50},
                                                                           {"EiB", 60},
                                                                           {"KB", 10},
                                                                           {"MB", 20},
                                                                           {"GB", 30},
                                                                           {"TB", 40},
                                                                           {"PB", 50},
                                                                           {"EB", 60},
                                                                           {"B", 0}}};
    const Error malformed{"not a size: \"" + std::string(text) + "\"; write it like 64MB, 512KiB or 1.5GB",
                          ErrorKind::BadInput};
    if (text == "0")
        return std::uint64_t{0};
    for (const auto& [unit, shift] : units) {
        if (text.size() <= unit.size() || text.substr(text.size() - unit.size()) != unit)
            continue;
        const std::string_view number = text.substr(0, text.size() - unit.size());
        if (number.find_first_not_of("0123456789.") != std::string_view::npos)
            return malformed;
        const auto value = parseDouble(number);
        if (!value)
            return malformed;
        const double bytes = *value * static_cast<double>(1ULL << shift);
        if (bytes >= 9.2e18)
            return Error{"size out of range: \"" + std::string(text) + "\"", ErrorKind::BadInput};
        return static_cast<std::uint64_t>(bytes);
    }
    return malformed;
}

}  // namespace holdfast::config
