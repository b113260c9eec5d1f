#pragma once

#include "app/promql/exec/evaluator.h"

namespace holdfast::promql {

/// histogram_quantile, histogram_quantiles and histogram_fraction over classic histograms: series that differ in
/// nothing but `le` are one histogram. Source: Prometheus promql/functions.go, funcHistogramQuantile(s), …Fraction.
[[nodiscard]] Result<Table> evaluateHistogramCall(Evaluator& evaluator, const Call& call, const Grid& grid);

}  // namespace holdfast::promql
