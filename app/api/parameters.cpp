#include "app/api/parameters.h"

#include "app/base/duration.h"
#include "app/base/number_text.h"
#include "app/base/time_text.h"
#include "app/model/label_set.h"

#include <charconv>
#include <cmath>
#include <string>

namespace holdfast::api {

namespace {

// Formatted bounds that Prometheus's own clients send for "everything".
constexpr std::string_view kMinTimeText = "-292273086-05-16T16:47:06Z";
constexpr std::string_view kMaxTimeText = "292277025-08-18T07:12:54.999999999Z";
constexpr double kFarthestSeconds = 9e15;

Error invalid(std::string_view name, std::string_view why)
{
    std::string text = "invalid parameter \"";
    text.append(name).append("\": ").append(why);
    return Error{std::move(text), ErrorKind::BadInput};
}

std::string cannotParse(std::string_view text, std::string_view what)
{
    std::string message = "cannot parse ";
    message.append(quotedLabelValue(text)).append(" to a valid ").append(what);
    return message;
}

}  // namespace

Result<std::int64_t> parseApiTime(std::string_view text)
{
    if (const auto seconds = parseDouble(text)) {
        if (std::abs(*seconds) <= kFarthestSeconds) {
            double whole = 0;
            const double fraction = std::modf(*seconds, &whole);
            return static_cast<std::int64_t>(whole) * 1000 + std::llround(fraction * 1000);
        }
    } else if (text == kMinTimeText) {
        return kAllTime.start;
    } else if (text == kMaxTimeText) {
        return kAllTime.end;
    } else if (const auto ms = parseRfc3339(text)) {
        return *ms;
    }
    return Error{cannotParse(text, "timestamp"), ErrorKind::BadInput};
}

Result<std::int64_t> parseApiDuration(std::string_view text)
{
    if (const auto seconds = parseDouble(text)) {
        // time.Duration holds 2^63 ns.
        if (std::abs(*seconds) < 9.223372036854775e9)
            return static_cast<std::int64_t>(*seconds * 1000);
        return Error{cannotParse(text, "duration") + ". It overflows int64", ErrorKind::BadInput};
    }
    if (const auto ms = parseDuration(text); ms.ok())
        return *ms;
    return Error{cannotParse(text, "duration"), ErrorKind::BadInput};
}

Result<std::int64_t> timeParameter(const Form& form, std::string_view name, std::int64_t otherwise)
{
    const std::string_view text = form.get(name);
    if (text.empty())
        return otherwise;
    auto ms = parseApiTime(text);
    if (!ms.ok())
        return invalid(name, ms.error().message);
    return ms;
}

Result<TimeRange> rangeParameters(const Form& form)
{
    HF_TRY(const std::int64_t start, timeParameter(form, "start", kAllTime.start));
    HF_TRY(const std::int64_t end, timeParameter(form, "end", kAllTime.end));
    return TimeRange{.start = start, .end = end};
}

Result<std::size_t> limitParameter(const Form& form, std::string_view name)
{
    const std::string_view text = form.get(name);
    if (text.empty())
        return std::size_t{0};
    const auto value = parseInteger(text);
    if (!value)
        return invalid(name, "strconv.Atoi: parsing " + quotedLabelValue(text) + ": invalid syntax");
    if (*value < 0)
        return invalid(name, "limit must be non-negative");
    return static_cast<std::size_t>(*value);
}

std::optional<std::int64_t> parseInteger(std::string_view text)
{
    if (text.starts_with('+'))
        text.remove_prefix(1);
    std::int64_t value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || failed != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

}  // namespace holdfast::api
