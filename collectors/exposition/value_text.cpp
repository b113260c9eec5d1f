#include "collectors/exposition/value_text.h"

#include "app/base/number_text.h"

#include <array>
#include <charconv>
#include <cmath>

namespace holdfast::exposition {

namespace {

// Powers of ten that a double holds exactly.
constexpr std::array<double, 23> exactPowers{1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                             1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
constexpr std::uint64_t exactIntegers = 1ULL << 53U;

/// Everything the fast path does not take.
std::optional<double> parseSlowly(std::string_view text)
{
    const bool sign = !text.empty() && (text.front() == '+' || text.front() == '-');
    const char first = text.size() > (sign ? 1U : 0U) ? text[sign ? 1 : 0] : '\0';
    if (sign && (first == 'n' || first == 'N'))
        return std::nullopt;  // Go takes a sign before infinity, not before NaN
    const std::optional<double> value = parseDouble(text);
    if (value && std::isinf(*value) && first != 'i' && first != 'I')
        return std::nullopt;
    return value;
}

}  // namespace

std::optional<double> parseValue(std::string_view text)
{
    const char* at = text.data();
    const char* const end = at + text.size();
    const bool negative = at != end && *at == '-';
    if (negative)
        ++at;
    // Clinger's fast path: an integer below 2^53 times or divided by an exact power of ten is rounded once.
    std::uint64_t digits = 0;
    int seen = 0;
    int exponent = 0;
    const char* const start = at;
    while (at != end && static_cast<unsigned char>(*at - '0') < 10) {
        digits = digits * 10 + static_cast<unsigned char>(*at - '0');
        ++at;
    }
    seen = static_cast<int>(at - start > 19 ? 20 : at - start);
    if (at != end && *at == '.') {
        const char* const fraction = ++at;
        while (at != end && static_cast<unsigned char>(*at - '0') < 10) {
            digits = digits * 10 + static_cast<unsigned char>(*at - '0');
            ++at;
        }
        const auto count = at - fraction;
        if (count > 19)
            return parseSlowly(text);
        exponent = -static_cast<int>(count);
        seen += static_cast<int>(count);
    }
    if (seen == 0 || seen > 19)
        return parseSlowly(text);
    if (at != end && (*at == 'e' || *at == 'E')) {
        ++at;
        const bool down = at != end && *at == '-';
        if (at != end && (*at == '-' || *at == '+'))
            ++at;
        int power = 0;
        const char* const first = at;
        while (at != end && static_cast<unsigned char>(*at - '0') < 10 && at - first < 4)
            power = power * 10 + (*at++ - '0');
        if (at == first)
            return std::nullopt;
        exponent += down ? -power : power;
    }
    if (at != end || digits > exactIntegers || exponent < -22 || exponent > 22)
        return parseSlowly(text);
    auto value = static_cast<double>(digits);
    if (exponent < 0)
        value /= exactPowers[static_cast<std::size_t>(-exponent)];
    else
        value *= exactPowers[static_cast<std::size_t>(exponent)];
    return negative ? -value : value;
}

std::optional<std::int64_t> parseSeconds(std::string_view text)
{
    // Plain decimals are read digit by digit: seconds times 1000 in floating point can miss a millisecond.
    std::string_view rest = text;
    const bool negative = !rest.empty() && rest.front() == '-';
    if (negative)
        rest.remove_prefix(1);
    std::int64_t ms = 0;
    std::size_t at = 0;
    while (at < rest.size() && at < 16 && rest[at] >= '0' && rest[at] <= '9')
        ms = ms * 10 + (rest[at++] - '0');
    const std::size_t whole = at;
    int decimals = 0;
    if (at < rest.size() && rest[at] == '.') {
        ++at;
        while (at < rest.size() && rest[at] >= '0' && rest[at] <= '9') {
            if (decimals < 3) {
                ms = ms * 10 + (rest[at] - '0');
                ++decimals;
            }
            ++at;
        }
    }
    if (whole > 0 && whole < 16 && at == rest.size()) {
        for (; decimals < 3; ++decimals)
            ms *= 10;
        return negative ? -ms : ms;
    }
    const std::optional<double> seconds = parseValue(text);
    if (!seconds || !std::isfinite(*seconds) || std::fabs(*seconds) >= 9.2e15)
        return std::nullopt;
    return static_cast<std::int64_t>(*seconds * 1000);
}

std::optional<std::int64_t> parseMillis(std::string_view text)
{
    std::int64_t ms = 0;
    if (text.empty() || text.front() < '0' || text.front() > '9')
        return std::nullopt;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), ms);
    if (code != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return ms;
}

}  // namespace holdfast::exposition
