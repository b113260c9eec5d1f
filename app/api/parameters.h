#pragma once

#include "app/api/form.h"
#include "app/api/http_message.h"
#include "app/base/result.h"
#include "app/model/time_range.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace holdfast::api {

/// Widest range of time that a request can mean when it names none.
inline constexpr TimeRange kAllTime{.start = INT64_MIN / 2, .end = INT64_MAX / 2};

/// Milliseconds from "1435781451.781" (seconds) or RFC 3339.
/// Source: Prometheus web/api/v1/api.go, parseTime; error text `cannot parse "x" to a valid timestamp`.
[[nodiscard]] Result<std::int64_t> parseApiTime(std::string_view text);

/// Milliseconds from "15.5" (seconds) or "1m30s".
/// Source: the same, parseDuration; error text `cannot parse "x" to a valid duration`.
[[nodiscard]] Result<std::int64_t> parseApiDuration(std::string_view text);

/// A parameter that may be left out. Errors read `invalid parameter "NAME": …`.
[[nodiscard]] Result<std::int64_t> timeParameter(const Form& form, std::string_view name, std::int64_t otherwise);
[[nodiscard]] Result<TimeRange> rangeParameters(const Form& form);
/// 0 where it is left out: no limit.
[[nodiscard]] Result<std::size_t> limitParameter(const Form& form, std::string_view name = "limit");

/// Integers as Go's strconv.Atoi reads them; nothing for anything else.
[[nodiscard]] std::optional<std::int64_t> parseInteger(std::string_view text);

}  // namespace holdfast::api
