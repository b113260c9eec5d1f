#pragma once

#include "app/api/json_writer.h"
#include "app/promql/syntax/ast.h"

namespace holdfast::api {

/// The syntax tree as /api/v1/parse_query answers it.
/// Source: Prometheus 3 web/api/v1/translate_ast.go.
void writeExpression(JsonWriter& json, const promql::Expr& expr);

}  // namespace holdfast::api
