#pragma once

#include "app/promql/functions/range_function.h"

namespace holdfast::promql {

// Aggregations over the samples of one window. Source: Prometheus promql/functions.go, aggrOverTime and the funcs of
// the same names.
[[nodiscard]] std::optional<double> avgOverTime(const Window& window);
[[nodiscard]] std::optional<double> sumOverTime(const Window& window);
[[nodiscard]] std::optional<double> countOverTime(const Window& window);
/// NaN gives way to any number.
[[nodiscard]] std::optional<double> minOverTime(const Window& window);
[[nodiscard]] std::optional<double> maxOverTime(const Window& window);
[[nodiscard]] std::optional<double> firstOverTime(const Window& window);
[[nodiscard]] std::optional<double> lastOverTime(const Window& window);
[[nodiscard]] std::optional<double> presentOverTime(const Window& window);
[[nodiscard]] std::optional<double> stddevOverTime(const Window& window);
[[nodiscard]] std::optional<double> stdvarOverTime(const Window& window);
/// `first` is φ.
[[nodiscard]] std::optional<double> quantileOverTime(const Window& window);
/// Median of the distances to the median.
[[nodiscard]] std::optional<double> madOverTime(const Window& window);
/// Seconds since the epoch; of equal extremes the last.
[[nodiscard]] std::optional<double> tsOfFirstOverTime(const Window& window);
[[nodiscard]] std::optional<double> tsOfLastOverTime(const Window& window);
[[nodiscard]] std::optional<double> tsOfMaxOverTime(const Window& window);
[[nodiscard]] std::optional<double> tsOfMinOverTime(const Window& window);

}  // namespace holdfast::promql
