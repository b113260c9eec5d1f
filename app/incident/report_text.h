#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::incident {

/// Text of people and services as reports show it. Times: milliseconds since the epoch.

[[nodiscard]] std::string utcText(std::int64_t ms);                         ///< "2026-01-02 03:04:05Z"
[[nodiscard]] std::string utcText(const std::optional<std::int64_t>& ms);   ///< "–" for nothing
[[nodiscard]] std::string spanText(std::int64_t ms);                        ///< "1h3m20s", never negative
[[nodiscard]] std::string markdownText(std::string_view text);              ///< one line, in which nothing takes effect
[[nodiscard]] std::string htmlText(std::string_view text);                  ///< for text and attribute values
[[nodiscard]] std::string upperText(std::string_view text);                 ///< ASCII
[[nodiscard]] std::string listText(const std::vector<std::string>& names);  ///< "a, b", "–" for none
[[nodiscard]] const char* kindText(std::string_view eventKind);             ///< "signal over" for alert_off …
[[nodiscard]] const char* verdictText(std::string_view verdict);            ///< "better", "no clear change" …

/// The beginning of an HTML document up to and with <body>, with a Content-Security-Policy that allows nothing but this
/// very style; print style included.
[[nodiscard]] std::string htmlHead(std::string_view title);

}  // namespace holdfast::incident
