#pragma once

#include "app/promql/syntax/ast.h"
#include "app/promql/syntax/type_check.h"

#include <optional>
#include <variant>

namespace holdfast::promql {

/// What step() and range() mean in duration expressions; milliseconds.
struct DurationContext {
    std::int64_t step = 0;
    std::int64_t range = 0;
};

/// Seconds of a duration expression. Source: Prometheus promql/durations.go, evaluateDurationExpr.
[[nodiscard]] std::variant<double, SyntaxError> durationSeconds(const DurationNode& node,
                                                                const DurationContext& context);

/// The same in milliseconds, within the bounds of a range (> 0) or an offset (any sign).
enum class DurationUse { Range, SubqueryStep, Offset };
[[nodiscard]] std::variant<std::int64_t, SyntaxError> durationMs(const DurationNode& node,
                                                                 const DurationContext& context, DurationUse use);

/// Whether step() or range() is in it, so that it has a value only within a query.
[[nodiscard]] bool dependsOnQuery(const DurationNode& node);

}  // namespace holdfast::promql
