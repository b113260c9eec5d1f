#include "app/base/time_text.h"

#include <charconv>
#include <chrono>
#include <cstdio>

namespace holdfast {

namespace {

/// Reads exactly `count` digits off the front of `text`.
std::optional<int> takeDigits(std::string_view& text, std::size_t count)
{
    if (text.size() < count)
        return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (text[i] < '0' || text[i] > '9')
            return std::nullopt;
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(count);
    return value;
}

bool takeChar(std::string_view& text, std::string_view anyOf)
{
    if (text.empty() || anyOf.find(text.front()) == std::string_view::npos)
        return false;
    text.remove_prefix(1);
    return true;
}

/// Milliseconds of a fraction ".123456"; leaves `text` behind it.
int takeFraction(std::string_view& text)
{
    int ms = 0;
    int weight = 100;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        ms += (text.front() - '0') * weight;
        weight /= 10;
        text.remove_prefix(1);
    }
    return ms;
}

std::optional<std::int64_t> takeOffsetMinutes(std::string_view& text)
{
    if (takeChar(text, "zZ"))
        return 0;
    const bool west = !text.empty() && text.front() == '-';
    if (!takeChar(text, "+-"))
        return std::nullopt;
    const auto hours = takeDigits(text, 2);
    if (!hours || !takeChar(text, ":"))
        return std::nullopt;
    const auto minutes = takeDigits(text, 2);
    if (!minutes || *hours > 23 || *minutes > 59)
        return std::nullopt;
    const std::int64_t total = std::int64_t{*hours} * 60 + *minutes;
    return west ? -total : total;
}

}  // namespace

std::string rfc3339(std::int64_t ms)
{
    using namespace std::chrono;
    const sys_time<milliseconds> time{milliseconds(ms)};
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(time - day);
    char text[64];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
    return text;
}

std::optional<std::int64_t> parseRfc3339(std::string_view text)
{
    using namespace std::chrono;
    const auto y = takeDigits(text, 4);
    if (!y || !takeChar(text, "-"))
        return std::nullopt;
    const auto mo = takeDigits(text, 2);
    if (!mo || !takeChar(text, "-"))
        return std::nullopt;
    const auto d = takeDigits(text, 2);
    if (!d || !takeChar(text, "Tt "))
        return std::nullopt;
    const auto h = takeDigits(text, 2);
    if (!h || !takeChar(text, ":"))
        return std::nullopt;
    const auto mi = takeDigits(text, 2);
    if (!mi || !takeChar(text, ":"))
        return std::nullopt;
    const auto s = takeDigits(text, 2);
    if (!s)
        return std::nullopt;
    const int fraction = takeChar(text, ".") ? takeFraction(text) : 0;
    const auto offset = takeOffsetMinutes(text);
    if (!offset || !text.empty() || *h > 23 || *mi > 59 || *s > 60)
        return std::nullopt;
    const year_month_day date(year(*y), month(static_cast<unsigned>(*mo)), day(static_cast<unsigned>(*d)));
    if (!date.ok())
        return std::nullopt;
    const auto time = sys_days(date) + hours(*h) + minutes(*mi) + seconds(*s) + milliseconds(fraction);
    return duration_cast<milliseconds>(time.time_since_epoch()).count() - *offset * 60'000;
}

}  // namespace holdfast
