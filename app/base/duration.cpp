#include "app/base/duration.h"

#include <array>
#include <limits>

namespace holdfast {

namespace {

struct Unit {
    std::string_view name;
    std::int64_t ms;
    bool onlyExact;  // years, weeks: printed only when nothing is left over
};

// In falling order; "ms" stands before "m" is tried because the longest unit name wins.
constexpr std::array<Unit, 7> units{{{"y", 31'536'000'000, true},
                                     {"w", 604'800'000, true},
                                     {"d", 86'400'000, false},
                                     {"h", 3'600'000, false},
                                     {"m", 60'000, false},
                                     {"s", 1'000, false},
                                     {"ms", 1, false}}};

Error malformed(std::string_view text)
{
    return {"not a duration: \"" + std::string(text) + "\"; write it like 30s, 5m, 1h30m or 2d", ErrorKind::BadInput};
}

}  // namespace

Result<std::int64_t> parseDuration(std::string_view text)
{
    if (text == "0")
        return std::int64_t{0};
    if (text.empty())
        return Error{"empty duration; write it like 30s, 5m or 1h30m", ErrorKind::BadInput};
    std::int64_t total = 0;
    std::size_t nextUnit = 0;
    std::string_view rest = text;
    while (!rest.empty()) {
        std::int64_t number = 0;
        std::size_t digits = 0;
        while (digits < rest.size() && rest[digits] >= '0' && rest[digits] <= '9') {
            if (number > (std::numeric_limits<std::int64_t>::max() - 9) / 10)
                return Error{"duration out of range: \"" + std::string(text) + "\"", ErrorKind::BadInput};
            number = number * 10 + (rest[digits] - '0');
            ++digits;
        }
        if (digits == 0)
            return malformed(text);
        rest.remove_prefix(digits);
        std::size_t letters = 0;
        while (letters < rest.size() && rest[letters] >= 'a' && rest[letters] <= 'z')
            ++letters;
        const std::string_view name = rest.substr(0, letters);
        rest.remove_prefix(letters);
        while (nextUnit < units.size() && units[nextUnit].name != name)
            ++nextUnit;
        if (nextUnit == units.size())
            return malformed(text);
        const std::int64_t scale = units[nextUnit++].ms;
        // The bound is Go's time.Duration, nanoseconds in an int64.
        if (number > (std::numeric_limits<std::int64_t>::max() / 1'000'000 - total) / scale)
            return Error{"duration out of range: \"" + std::string(text) + "\"", ErrorKind::BadInput};
        total += number * scale;
    }
    return total;
}

std::string formatDuration(std::int64_t ms)
{
    if (ms == 0)
        return "0s";
    std::string text;
    for (const Unit& unit : units) {
        if (unit.onlyExact && ms % unit.ms != 0)
            continue;
        if (const std::int64_t count = ms / unit.ms; count > 0) {
            text += std::to_string(count);
            text += unit.name;
            ms -= count * unit.ms;
        }
    }
    return text;
}

}  // namespace holdfast
