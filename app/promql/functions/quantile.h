#pragma once

#include "app/promql/exec/query_run.h"

#include <span>
#include <vector>

namespace holdfast::promql {

/// The φ-quantile by linear interpolation; sorts `values` (NaN first). NaN for none or φ NaN, -Inf for φ < 0, +Inf for
/// φ > 1. Source: Prometheus promql/quantile.go, quantile.
[[nodiscard]] double quantileOf(double phi, std::vector<double>& values);

/// Warns of values of φ outside [0, 1], once for each kind.
void noteQuantileRange(QueryRun& run, std::span<const double> phi, PositionRange position);

}  // namespace holdfast::promql
