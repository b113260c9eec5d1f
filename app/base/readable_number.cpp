#include "app/base/readable_number.h"

#include "app/base/number_text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace holdfast {

std::string readableNumber(double value)
{
    if (!std::isfinite(value))
        return numberText(value);
    if (value == 0)
        return "0";
    const int magnitude = static_cast<int>(std::floor(std::log10(std::fabs(value))));
    const double unit = std::pow(10.0, 1 - magnitude);
    const double rounded = magnitude >= 1 ? std::round(value) : std::round(value * unit) / unit;
    std::array<char, 400> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), rounded, std::chars_format::fixed,
                                   magnitude >= 1 ? 0 : 1 - magnitude);
    std::string out(text.data(), end.ptr);
    if (out.find('.') == std::string::npos)
        return out;
    out.erase(out.find_last_not_of('0') + 1);
    if (out.ends_with('.'))
        out.pop_back();
    return out;
}

std::string readableRatio(double ratio)
{
    return readableNumber(ratio * 100) + " %";
}

std::string readableSeconds(double seconds)
{
    const double size = std::fabs(seconds);
    if (!std::isfinite(seconds) || size == 0 || (size >= 0.9995 && size < 60))
        return readableNumber(seconds) + " s";
    if (size < 1e-3)
        return readableNumber(seconds * 1e6) + " µs";
    if (size < 1)
        return readableNumber(seconds * 1000) + " ms";
    if (size > 1e12)
        return readableNumber(seconds / 86'400) + " d";
    const auto all = static_cast<std::int64_t>(std::round(size));
    constexpr std::array<std::int64_t, 4> kSizes{86'400, 3'600, 60, 1};
    constexpr std::array<const char*, 4> kUnits{" d", " h", " min", " s"};
    std::size_t first = 0;
    while (all < kSizes[first])
        ++first;
    std::string out = seconds < 0 ? "-" : "";
    out += std::to_string(all / kSizes[first]) + kUnits[first];
    if (first + 1 < kSizes.size())
        if (const auto rest = all % kSizes[first] / kSizes[first + 1]; rest > 0)
            out += " " + std::to_string(rest) + kUnits[first + 1];
    return out;
}

}  // namespace holdfast
