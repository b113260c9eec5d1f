#include "app/promql/syntax/ast_json.h"

#include "app/base/number_text.h"
#include "app/promql/syntax/function_signature.h"

#include <array>

namespace holdfast::promql {

namespace {

std::string quoted(std::string_view text)
{
    constexpr std::string_view hex = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20) {
            out += "\\u00";
            out += hex[byte >> 4U];
            out += hex[byte & 15U];
        } else {
            out += c;
        }
    }
    return out + '"';
}

std::string flag(bool v)
{
    return v ? "true" : "false";
}

std::string textArray(const std::vector<std::string>& texts)
{
    std::string out = "[";
    for (std::size_t i = 0; i < texts.size(); ++i)
        out += (i > 0 ? "," : "") + quoted(texts[i]);
    return out + "]";
}

std::string matchers(const VectorSelector& node)
{
    constexpr std::array<const char*, 4> operators{"=", "!=", "=~", "!~"};
    std::string out = "[";
    for (const LabelMatcher& matcher : node.matchers) {
        if (out.size() > 1)
            out += ",";
        out += R"({"name":)" + quoted(matcher.name) + R"(,"type":")" + operators[static_cast<std::size_t>(matcher.type)]
               + R"(","value":)" + quoted(matcher.value) + "}";
    }
    return out + "]";
}

std::string shiftFields(const TimeShift& shift)
{
    const char* edge = shift.edge == AtEdge::Start ? "\"start\"" : shift.edge == AtEdge::End ? "\"end\"" : "null";
    return R"("offset":)" + std::to_string(shift.offset) + R"(,"startOrEnd":)" + edge + R"(,"timestamp":)"
           + (shift.at ? std::to_string(*shift.at) : "null");
}

std::string selectorFields(const VectorSelector& node)
{
    return R"("name":)" + quoted(node.name) + R"(,"matchers":)" + matchers(node) + "," + shiftFields(node.shift)
           + R"(,"anchored":)" + flag(node.edges == RangeEdges::Anchored) + R"(,"smoothed":)"
           + flag(node.edges == RangeEdges::Smoothed);
}

std::string matchingJson(const VectorMatching& matching)
{
    constexpr std::array<const char*, 4> cards{"one-to-one", "many-to-one", "one-to-many", "many-to-many"};
    const auto number = [](const std::optional<double>& v) { return v ? quoted(numberText(*v)) : std::string("null"); };
    return R"({"card":")" + std::string(cards[static_cast<std::size_t>(matching.cardinality)]) + R"(","include":)"
           + textArray(matching.include) + R"(,"labels":)" + textArray(matching.labels) + R"(,"on":)"
           + flag(matching.on) + R"(,"fillValues":{"lhs":)" + number(matching.fillLeft) + R"(,"rhs":)"
           + number(matching.fillRight) + "}}";
}

std::string functionJson(const FunctionSignature& function)
{
    std::string args;
    for (int i = 0; i < function.argCount(); ++i)
        args += (i > 0 ? "," : "") + quoted(apiType(function.args[i]));
    return R"({"name":)" + quoted(function.name) + R"(,"argTypes":[)" + args + R"(],"returnType":)"
           + quoted(apiType(function.returns)) + R"(,"variadic":)" + std::to_string(function.variadic) + "}";
}

}  // namespace

std::string expressionJson(const Expr& expr)
{
    switch (expr.kind) {
    case ExprKind::Number:
        return R"({"type":"numberLiteral","val":)" + quoted(numberText(as<NumberLiteral>(expr).value)) + "}";
    case ExprKind::String: return R"({"type":"stringLiteral","val":)" + quoted(as<StringLiteral>(expr).value) + "}";
    case ExprKind::Paren: return R"({"type":"parenExpr","expr":)" + expressionJson(*as<Paren>(expr).expr) + "}";
    case ExprKind::Unary: {
        const auto& node = as<Unary>(expr);
        return R"({"type":"unaryExpr","op":")" + std::string(node.negative ? "-" : "+") + R"(","expr":)"
               + expressionJson(*node.expr) + "}";
    }
    case ExprKind::VectorSelector:
        return R"({"type":"vectorSelector",)" + selectorFields(as<VectorSelector>(expr)) + "}";
    case ExprKind::MatrixSelector: {
        const auto& node = as<MatrixSelector>(expr);
        return R"({"type":"matrixSelector","range":)" + std::to_string(node.range) + ","
               + selectorFields(*node.selector) + "}";
    }
    case ExprKind::Subquery: {
        const auto& node = as<Subquery>(expr);
        return R"({"type":"subquery","expr":)" + expressionJson(*node.expr) + R"(,"range":)"
               + std::to_string(node.range) + R"(,"step":)" + std::to_string(node.step) + "," + shiftFields(node.shift)
               + "}";
    }
    case ExprKind::Call: {
        const auto& node = as<Call>(expr);
        std::string args;
        for (const ExprPtr& arg : node.args)
            args += (args.empty() ? "" : ",") + expressionJson(*arg);
        return R"({"type":"call","func":)" + functionJson(*node.function) + R"(,"args":[)" + args + "]}";
    }
    case ExprKind::Aggregate: {
        const auto& node = as<Aggregate>(expr);
        return R"({"type":"aggregation","op":)" + quoted(aggregateName(node.op)) + R"(,"expr":)"
               + expressionJson(*node.expr) + R"(,"param":)" + (node.param ? expressionJson(*node.param) : "null")
               + R"(,"grouping":)" + textArray(node.grouping) + R"(,"without":)" + flag(node.without) + "}";
    }
    case ExprKind::Binary: {
        const auto& node = as<Binary>(expr);
        return R"({"type":"binaryExpr","op":)" + quoted(operatorText(node.op)) + R"(,"lhs":)"
               + expressionJson(*node.lhs) + R"(,"rhs":)" + expressionJson(*node.rhs) + R"(,"matching":)"
               + (node.matching ? matchingJson(*node.matching) : "null") + R"(,"bool":)" + flag(node.returnBool) + "}";
    }
    }
    return "null";
}

}  // namespace holdfast::promql
