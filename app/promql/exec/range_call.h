#pragma once

#include "app/promql/exec/evaluator.h"
#include "app/promql/functions/range_function.h"

namespace holdfast::promql {

/// A function of a range vector at every step: each series is walked once, its window slides.
[[nodiscard]] Result<Table> evaluateRangeCall(Evaluator& evaluator, const Call& call, const RangeFunction& function,
                                              const Grid& grid);

/// 1 with the selector's equality labels at steps at which no series has a sample.
[[nodiscard]] Result<Table> evaluateAbsentOverTime(Evaluator& evaluator, const Call& call, const Grid& grid);

}  // namespace holdfast::promql
