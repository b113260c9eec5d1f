#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace holdfast::exposition {

/// A sample value as Go's strconv.ParseFloat reads it, without its hexadecimal and underscore forms: "Nan" and
/// "+inf" in any case; nothing for what is malformed or beyond the range of a double.
/// Source: Prometheus model/textparse, parseFloat. Exact for every input; most take a path without division.
[[nodiscard]] std::optional<double> parseValue(std::string_view text);

/// Milliseconds of an OpenMetrics timestamp in seconds, with fraction and exponent; digits beyond the millisecond
/// are cut off. Nothing for NaN, infinity, malformed text, or what does not fit.
[[nodiscard]] std::optional<std::int64_t> parseSeconds(std::string_view text);

/// Milliseconds of a text-format timestamp: digits only, at most int64.
[[nodiscard]] std::optional<std::int64_t> parseMillis(std::string_view text);

}  // namespace holdfast::exposition
