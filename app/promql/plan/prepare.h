#pragma once

#include "app/base/result.h"
#include "app/promql/syntax/ast.h"

#include <cstdint>

namespace holdfast::promql {

/// What a query fixes before it runs; milliseconds.
struct PlanContext {
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::int64_t step = 0;  ///< 0 for an instant
    bool experimental = false;
};

/// Puts numbers in place of start(), end(), step() and range() in modifiers, folds constants, marks what is the same
/// at every step. Fails for experimental features that are not enabled, and for durations that come out ≤ 0.
/// Source: Prometheus promql/engine.go, PreprocessExpr; promql/durations.go.
[[nodiscard]] Result<void> prepare(ExprPtr& expr, const PlanContext& context);

}  // namespace holdfast::promql
