#pragma once

#include <string_view>

namespace holdfast::promql {

/// A function of one number: abs, ceil, sqrt, sin, hour … Nothing for another name.
/// hour, month …: `v` is seconds since the epoch, UTC. Source: Prometheus promql/functions.go.
using ElementFunction = double (*)(double v);
[[nodiscard]] ElementFunction findElementFunction(std::string_view name);

/// math.Max and math.Min of Go: NaN if either is, except that an infinity on its own side wins.
[[nodiscard]] double goMax(double a, double b);
[[nodiscard]] double goMin(double a, double b);

/// Whether the function reads a date, so that it may be called without an argument.
[[nodiscard]] bool isDateFunction(std::string_view name);

}  // namespace holdfast::promql
