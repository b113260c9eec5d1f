#pragma once

#include "app/promql/syntax/ast.h"

#include <string>

namespace holdfast::promql {

/// The expression on one line, so that parsing it again gives the same tree.
/// Source of the layout: Prometheus promql/parser/printer.go.
[[nodiscard]] std::string printExpression(const Expr& expr);

/// The same over several lines where one would be longer than 100 characters, indented by two blanks: what
/// /api/v1/format_query answers. Source: Prometheus promql/parser/prettier.go.
[[nodiscard]] std::string prettyExpression(const Expr& expr);

/// "5m", "step()", "2m * (3 + 1)": as between brackets. `ms` where nothing else was written.
[[nodiscard]] std::string printDuration(const DurationPtr& written, std::int64_t ms);

}  // namespace holdfast::promql
