#pragma once

#include "app/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace holdfast {

/// Milliseconds of a Prometheus duration: "0", "90s", "1h30m", "250ms"; units ms s m h d w y, each at most
/// once and in falling order; a day has 24 h, a week 7 d, a year 365 d. No sign, no fraction.
/// Source: prometheus/common model/time.go, ParseDuration.
[[nodiscard]] Result<std::int64_t> parseDuration(std::string_view text);

/// The shortest such text: 5400000 → "1h30m", 0 → "0s". `ms` is not negative.
/// Source: prometheus/common model/time.go, Duration.String.
[[nodiscard]] std::string formatDuration(std::int64_t ms);

}  // namespace holdfast
