#pragma once

#include "app/promql/functions/range_function.h"

namespace holdfast::promql {

/// Per-second increase of a counter; resets count as from 0; extended to the window's edges by at most half the mean
/// sample distance, never below zero. Source: Prometheus promql/functions.go, extrapolatedRate.
[[nodiscard]] std::optional<double> rate(const Window& window);
[[nodiscard]] std::optional<double> increase(const Window& window);
/// The same for a gauge: falls are falls.
[[nodiscard]] std::optional<double> delta(const Window& window);
/// From the last two samples. Source: Prometheus promql/functions.go, instantValue.
[[nodiscard]] std::optional<double> irate(const Window& window);
[[nodiscard]] std::optional<double> idelta(const Window& window);
[[nodiscard]] std::optional<double> changes(const Window& window);
[[nodiscard]] std::optional<double> resets(const Window& window);

}  // namespace holdfast::promql
