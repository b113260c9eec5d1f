#pragma once

#include "app/promql/syntax/ast.h"

#include <string>

namespace holdfast::api {

/// The expression on one line in Prometheus's spelling: `sum by (job) (rate(x{a="b"}[5m]))`.
/// Source: Prometheus promql/parser/printer.go, String.
[[nodiscard]] std::string expressionText(const promql::Expr& expr);

/// The same, broken into indented lines where it is longer than 100 characters.
/// Source: Prometheus promql/parser/prettier.go, Pretty.
[[nodiscard]] std::string prettyExpression(const promql::Expr& expr);

}  // namespace holdfast::api
