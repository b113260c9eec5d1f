#include "app/api/expression_api.h"

#include "app/api/prometheus_answer.h"
#include "app/promql/syntax/ast_json.h"
#include "app/promql/syntax/parser.h"
#include "app/promql/syntax/printer.h"

namespace holdfast::api {

namespace {

HttpResponse formatQuery(const Call& call)
{
    const auto expr = promql::parseExpression(call.form.get("query"));
    if (!expr.ok())
        return invalidParameter("query", expr.error().message);
    return successAnswer([&](JsonWriter& json) { json.string(promql::prettyExpression(**expr)); });
}

HttpResponse parseQuery(const Call& call)
{
    const auto expr = promql::parseExpression(call.form.get("query"));
    if (!expr.ok())
        return invalidParameter("query", expr.error().message);
    return successAnswer([&](JsonWriter& json) { json.raw(promql::expressionJson(**expr)); });
}

}  // namespace

void addExpressionRoutes(Router& router)
{
    router.add("GET POST", "/api/v1/format_query", Lane::Status, formatQuery);
    router.add("GET POST", "/api/v1/parse_query", Lane::Status, parseQuery);
}

std::string normalisedExpression(const std::string& text)
{
    const auto expr = promql::parseExpression(text);
    return expr.ok() ? promql::printExpression(**expr) : text;
}

}  // namespace holdfast::api
