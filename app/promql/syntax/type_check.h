#pragma once

#include "app/promql/syntax/ast.h"

#include <optional>
#include <string>

namespace holdfast::promql {

struct SyntaxError {
    PositionRange position;
    std::string message;
};

/// The first violation of the rules of types, or nothing. Decides the matching's cardinality of set operators and
/// drops the matching of operators with a scalar. Source: Prometheus promql/parser/parse.go, checkAST.
[[nodiscard]] std::optional<SyntaxError> checkTypes(Expr& expr);

}  // namespace holdfast::promql
