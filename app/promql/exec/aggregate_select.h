#pragma once

#include "app/promql/exec/evaluator.h"
#include "app/promql/exec/grouping.h"

namespace holdfast::promql {

/// topk, bottomk, limitk and limit_ratio: series pass with all their labels, some at some steps only. For an instant
/// the order of topk and bottomk is that of the values within each group.
/// Source: Prometheus promql/engine.go, rangeEvalAgg and aggregationK.
[[nodiscard]] Result<Table> selectSeries(Evaluator& evaluator, const Aggregate& node, const Table& input,
                                         const LabelChoice& choice, const Grid& grid);

}  // namespace holdfast::promql
