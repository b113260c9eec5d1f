#include "app/api/expression_json.h"

#include "app/api/expression_text.h"
#include "app/promql/syntax/function_signature.h"

#include <string>
#include <vector>

namespace holdfast::api {

namespace {

using namespace promql;

void writeList(JsonWriter& json, std::string_view name, const std::vector<std::string>& items)
{
    json.key(name).beginArray();
    for (const std::string& item : items)
        json.string(item);
    json.endArray();
}

void writeShift(JsonWriter& json, const TimeShift& shift)
{
    json.integer("offset", shift.offset).integer("timestamp", shift.at).key("startOrEnd");
    if (shift.edge == AtEdge::None)
        json.null();
    else
        json.string(shift.edge == AtEdge::Start ? "start" : "end");
}

void writeSelector(JsonWriter& json, const VectorSelector& selector)
{
    constexpr const char* operators[] = {"=", "!=", "=~", "!~"};
    json.text("name", selector.name);
    writeShift(json, selector.shift);
    json.key("matchers").beginArray();
    for (const LabelMatcher& matcher : selector.matchers)
        json.beginObject()
            .text("name", matcher.name)
            .text("value", matcher.value)
            .text("type", operators[static_cast<int>(matcher.type)])
            .endObject();
    json.endArray();
    json.flag("anchored", selector.edges == RangeEdges::Anchored);
    json.flag("smoothed", selector.edges == RangeEdges::Smoothed);
}

void writeMatching(JsonWriter& json, const std::optional<VectorMatching>& matching)
{
    constexpr const char* cards[] = {"one-to-one", "many-to-one", "one-to-many", "many-to-many"};
    json.key("matching");
    if (!matching) {
        json.null();
        return;
    }
    json.beginObject().text("card", cards[static_cast<int>(matching->cardinality)]);
    writeList(json, "labels", matching->labels);
    json.flag("on", matching->on);
    writeList(json, "include", matching->include);
    json.key("fillValues").beginObject();
    json.number("lhs", matching->fillLeft).number("rhs", matching->fillRight);
    json.endObject().endObject();
}

void writeFunction(JsonWriter& json, const FunctionSignature& function)
{
    json.key("func").beginObject().text("name", function.name).key("argTypes").beginArray();
    for (int i = 0; i < function.argCount(); ++i)
        json.string(apiType(function.args[i]));
    json.endArray();
    json.integer("variadic", function.variadic).text("returnType", apiType(function.returns)).endObject();
}

void child(JsonWriter& json, std::string_view name, const Expr* expr)
{
    json.key(name);
    if (expr)
        writeExpression(json, *expr);
    else
        json.null();
}

}  // namespace

void writeExpression(JsonWriter& json, const promql::Expr& expr)
{
    json.beginObject();
    switch (expr.kind) {
    case ExprKind::Number: json.text("type", "numberLiteral").text("val", expressionText(expr)); break;
    case ExprKind::String: json.text("type", "stringLiteral").text("val", as<StringLiteral>(expr).value); break;
    case ExprKind::VectorSelector:
        json.text("type", "vectorSelector");
        writeSelector(json, as<VectorSelector>(expr));
        break;
    case ExprKind::MatrixSelector:
        json.text("type", "matrixSelector").integer("range", as<MatrixSelector>(expr).range);
        writeSelector(json, *as<MatrixSelector>(expr).selector);
        break;
    case ExprKind::Subquery: {
        const auto& node = as<Subquery>(expr);
        json.text("type", "subquery");
        child(json, "expr", node.expr.get());
        json.integer("range", node.range).integer("step", node.step);
        writeShift(json, node.shift);
        break;
    }
    case ExprKind::Call: {
        const auto& node = as<promql::Call>(expr);
        json.text("type", "call");
        writeFunction(json, *node.function);
        json.key("args").beginArray();
        for (const ExprPtr& arg : node.args)
            writeExpression(json, *arg);
        json.endArray();
        break;
    }
    case ExprKind::Aggregate: {
        const auto& node = as<Aggregate>(expr);
        json.text("type", "aggregation").text("op", aggregateName(node.op));
        child(json, "expr", node.expr.get());
        child(json, "param", node.param.get());
        writeList(json, "grouping", node.grouping);
        json.flag("without", node.without);
        break;
    }
    case ExprKind::Binary: {
        const auto& node = as<Binary>(expr);
        json.text("type", "binaryExpr").text("op", operatorText(node.op));
        child(json, "lhs", node.lhs.get());
        child(json, "rhs", node.rhs.get());
        writeMatching(json, node.matching);
        json.flag("bool", node.returnBool);
        break;
    }
    case ExprKind::Unary:
        json.text("type", "unaryExpr").text("op", as<Unary>(expr).negative ? "-" : "+");
        child(json, "expr", as<Unary>(expr).expr.get());
        break;
    case ExprKind::Paren:
        json.text("type", "parenExpr");
        child(json, "expr", as<Paren>(expr).expr.get());
        break;
    }
    json.endObject();
}

}  // namespace holdfast::api
