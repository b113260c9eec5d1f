#pragma once

#include <string>

namespace holdfast {

/// Numbers as people write them, with two significant digits; whole numbers from 100 on. Locale-independent.

[[nodiscard]] std::string readableNumber(double value);     ///< 0.123 → "0.12", 12.34 → "12", 1234.5 → "1235"
[[nodiscard]] std::string readableRatio(double ratio);      ///< 0.5287 → "53 %", 0.0012 → "0.12 %"
[[nodiscard]] std::string readableSeconds(double seconds);  ///< 2.245 → "2.2 s", 0.18 → "180 ms", 90 → "1 min 30 s"

}  // namespace holdfast
