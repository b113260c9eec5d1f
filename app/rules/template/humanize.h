#pragma once

#include <string>

namespace holdfast::rules::tmpl {

/// Prometheus's number formats for people. Source: Prometheus template/template.go.
[[nodiscard]] std::string humanize(double v);            ///< 1234567 → "1.235M"
[[nodiscard]] std::string humanize1024(double v);        ///< 2048 → "2ki"
[[nodiscard]] std::string humanizeDuration(double v);    ///< seconds: 3661 → "1h 1m 1s"
[[nodiscard]] std::string humanizePercentage(double v);  ///< ratio: 0.0512 → "5.12%"
[[nodiscard]] std::string humanizeTimestamp(double v);   ///< seconds since the epoch, UTC, as Go prints a time

}  // namespace holdfast::rules::tmpl
