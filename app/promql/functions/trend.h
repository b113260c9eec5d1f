#pragma once

#include "app/promql/functions/range_function.h"

namespace holdfast::promql {

/// Slope per second of the least-squares line. Source: Prometheus promql/functions.go, linearRegression.
[[nodiscard]] std::optional<double> deriv(const Window& window);
/// The line's value `first` seconds after the evaluation time.
[[nodiscard]] std::optional<double> predictLinear(const Window& window);
/// `first` smoothing factor, `second` trend factor, both in (0, 1); checked by the caller.
/// Source: Prometheus promql/functions.go, funcDoubleExponentialSmoothing.
[[nodiscard]] std::optional<double> doubleExponentialSmoothing(const Window& window);

}  // namespace holdfast::promql
