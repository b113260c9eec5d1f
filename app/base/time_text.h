#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace holdfast {

/// "2026-01-02T03:04:05.678Z" for milliseconds since the epoch; always UTC, always three decimals.
[[nodiscard]] std::string rfc3339(std::int64_t ms);

/// Milliseconds since the epoch from an RFC 3339 date and time with offset ("…Z", "…+02:00"); fractions
/// below a millisecond are rounded down. Nothing when the text is anything else.
[[nodiscard]] std::optional<std::int64_t> parseRfc3339(std::string_view text);

}  // namespace holdfast
