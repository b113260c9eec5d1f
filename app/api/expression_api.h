#pragma once

#include "app/api/router.h"

#include <string>

namespace holdfast::api {

/// `/api/v1/format_query` and `parse_query`: what needs the syntax of PromQL and no data.
/// Source: Prometheus 3 web/api/v1/api.go, formatQuery and parseQuery.
void addExpressionRoutes(Router& router);

/// The expression in Prometheus's own spelling, as its rules API shows it; the text itself where it does not parse.
[[nodiscard]] std::string normalisedExpression(const std::string& text);

}  // namespace holdfast::api
