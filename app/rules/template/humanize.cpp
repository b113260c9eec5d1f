#include "app/rules/template/humanize.h"

#include "app/base/time_text.h"
#include "app/rules/template/go_format.h"

#include <cmath>
#include <cstdint>

namespace holdfast::rules::tmpl {

namespace {

std::string scaledDown(double v, const char* suffix)
{
    std::string prefix;
    for (const char* p : {"m", "u", "n", "p", "f", "a", "z", "y"}) {
        if (std::fabs(v) >= 1)
            break;
        prefix = p;
        v *= 1000;
    }
    return significant(v, 4) + prefix + suffix;
}

}  // namespace

std::string humanize(double v)
{
    if (v == 0 || !std::isfinite(v))
        return significant(v, 4);
    if (std::fabs(v) < 1)
        return scaledDown(v, "");
    std::string prefix;
    for (const char* p : {"k", "M", "G", "T", "P", "E", "Z", "Y"}) {
        if (std::fabs(v) < 1000)
            break;
        prefix = p;
        v /= 1000;
    }
    return significant(v, 4) + prefix;
}

std::string humanize1024(double v)
{
    if (std::fabs(v) <= 1 || !std::isfinite(v))
        return significant(v, 4);
    std::string prefix;
    for (const char* p : {"ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"}) {
        if (std::fabs(v) < 1024)
            break;
        prefix = p;
        v /= 1024;
    }
    return significant(v, 4) + prefix;
}

std::string humanizeDuration(double v)
{
    if (!std::isfinite(v))
        return significant(v, 4);
    if (v == 0)
        return significant(v, 4) + "s";
    if (std::fabs(v) < 1)
        return scaledDown(v, "s");
    const std::string sign = v < 0 ? "-" : "";
    v = std::fabs(v);
    if (v >= 9.2e18)
        return sign + significant(v, 4) + "s";
    const auto total = static_cast<std::int64_t>(v);
    const auto part = [](std::int64_t n, char unit) { return std::to_string(n) + unit; };
    const std::string seconds = part(total % 60, 's');
    const std::string minutes = part(total / 60 % 60, 'm');
    const std::string hours = part(total / 3600 % 24, 'h');
    if (total >= 86'400)
        return sign + part(total / 86'400, 'd') + " " + hours + " " + minutes + " " + seconds;
    if (total >= 3600)
        return sign + hours + " " + minutes + " " + seconds;
    if (total >= 60)
        return sign + minutes + " " + seconds;
    return sign + significant(v, 4) + "s";
}

std::string humanizePercentage(double v)
{
    return significant(v * 100, 4) + "%";
}

std::string humanizeTimestamp(double v)
{
    // Years that RFC 3339 cannot write (and values that no clock shows) stay numbers.
    if (!std::isfinite(v) || std::fabs(v) > 2.5e11)
        return significant(v, 4);
    std::string text = rfc3339(static_cast<std::int64_t>(std::floor(v * 1000)));  // 2026-01-02T03:04:05.678Z
    text[10] = ' ';
    text.pop_back();
    while (text.back() == '0')
        text.pop_back();
    if (text.back() == '.')
        text.pop_back();
    return text + " +0000 UTC";
}

}  // namespace holdfast::rules::tmpl
