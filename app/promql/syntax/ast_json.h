#pragma once

#include "app/promql/syntax/ast.h"

#include <string>

namespace holdfast::promql {

/// The tree as JSON text: what /api/v1/parse_query answers as `data`.
/// Source of the shape: Prometheus web/api/v1/translate_ast.go.
[[nodiscard]] std::string expressionJson(const Expr& expr);

}  // namespace holdfast::promql
