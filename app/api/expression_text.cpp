#include "app/api/expression_text.h"

#include "app/base/duration.h"
#include "app/model/label_set.h"
#include "app/promql/syntax/function_signature.h"
#include "app/promql/syntax/literal.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>
#include <vector>

namespace holdfast::api {

namespace {

using namespace promql;

constexpr std::size_t kLineLimit = 100;

std::string indent(int level)
{
    return std::string(static_cast<std::size_t>(level) * 2, ' ');
}

/// Go's FormatFloat(v, 'f', -1, 64): the shortest digits, never an exponent.
std::string plainNumber(double value)
{
    if (std::isnan(value))
        return "NaN";
    if (std::isinf(value))
        return value > 0 ? "+Inf" : "-Inf";
    std::array<char, 400> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed).ptr;
    return {buffer.data(), end};
}

std::string signedDuration(std::int64_t ms)
{
    return ms < 0 ? "-" + formatDuration(-ms) : formatDuration(ms);
}

std::string join(const std::vector<std::string>& parts, std::string_view separator)
{
    std::string text;
    for (const std::string& part : parts) {
        if (!text.empty())
            text += separator;
        text += part;
    }
    return text;
}

std::string labelList(const std::vector<std::string>& names)
{
    std::vector<std::string> parts;
    for (const std::string& name : names)
        parts.push_back(isClassicLabelName(name) ? name : goQuoted(name));
    return "(" + join(parts, ", ") + ")";
}

std::string durationText(const DurationNode& node)
{
    const auto binary = [&](std::string_view op) {
        return durationText(*node.left) + " " + std::string(op) + " " + durationText(*node.right);
    };
    const auto function = [&](std::string_view name) {
        return std::string(name) + "(" + durationText(*node.left) + ", " + durationText(*node.right) + ")";
    };
    const DurationNode* operand = node.right ? node.right.get() : node.left.get();
    std::string text;
    switch (node.op) {
    case DurationOp::Literal:
        text = node.wasUnits ? signedDuration(std::llround(node.seconds * 1000)) : plainNumber(node.seconds);
        break;
    case DurationOp::Step: text = "step()"; break;
    case DurationOp::Range: text = "range()"; break;
    case DurationOp::Add: text = binary("+"); break;
    case DurationOp::Sub: text = binary("-"); break;
    case DurationOp::Mul: text = binary("*"); break;
    case DurationOp::Div: text = binary("/"); break;
    case DurationOp::Mod: text = binary("%"); break;
    case DurationOp::Pow: text = binary("^"); break;
    case DurationOp::Min: text = function("min"); break;
    case DurationOp::Max: text = function("max"); break;
    case DurationOp::Negate: text = "-" + durationText(*operand); break;
    case DurationOp::Plus: text = durationText(*operand); break;
    }
    return node.parens ? "(" + text + ")" : text;
}

std::string atText(const TimeShift& shift)
{
    if (shift.edge == AtEdge::Start)
        return " @ start()";
    if (shift.edge == AtEdge::End)
        return " @ end()";
    if (!shift.at)
        return {};
    const std::int64_t ms = *shift.at < 0 ? -*shift.at : *shift.at;
    std::string fraction = std::to_string(ms % 1000);
    fraction.insert(0, 3 - fraction.size(), '0');
    return std::string(*shift.at < 0 ? " @ -" : " @ ") + std::to_string(ms / 1000) + "." + fraction;
}

std::string offsetText(const TimeShift& shift)
{
    if (shift.offsetExpr)
        return " offset " + durationText(*shift.offsetExpr);
    return shift.offset == 0 ? std::string() : " offset " + signedDuration(shift.offset);
}

std::string edgesText(RangeEdges edges)
{
    return edges == RangeEdges::Anchored ? " anchored" : edges == RangeEdges::Smoothed ? " smoothed" : "";
}

std::string selectorText(const VectorSelector& selector)
{
    constexpr const char* operators[] = {"=", "!=", "=~", "!~"};
    std::vector<std::string> matchers;
    for (const LabelMatcher& matcher : selector.matchers) {
        const bool isName = matcher.name == kMetricName && matcher.type == MatchType::Equal
                            && matcher.value == selector.name && !matcher.value.empty();
        if (!isName)
            matchers.push_back((isClassicLabelName(matcher.name) ? matcher.name : goQuoted(matcher.name))
                               + operators[static_cast<int>(matcher.type)] + goQuoted(matcher.value));
    }
    std::ranges::sort(matchers);
    return matchers.empty() ? selector.name : selector.name + "{" + join(matchers, ",") + "}";
}

std::string rangeText(std::int64_t range, const DurationPtr& expr)
{
    return expr ? durationText(*expr) : formatDuration(range);
}

std::string subquerySuffix(const Subquery& query)
{
    std::string step;
    if (query.step != 0)
        step = formatDuration(query.step);
    else if (query.stepExpr)
        step = durationText(*query.stepExpr);
    return "[" + rangeText(query.range, query.rangeExpr) + ":" + step + "]" + atText(query.shift)
           + offsetText(query.shift);
}

std::string aggregateHead(const Aggregate& node)
{
    std::string text = aggregateName(node.op);
    if (node.without)
        text += " without " + labelList(node.grouping) + " ";
    else if (!node.grouping.empty())
        text += " by " + labelList(node.grouping) + " ";
    return text;
}

std::string operatorWithMatching(const Binary& node)
{
    std::string text = operatorText(node.op);
    if (node.returnBool)
        text += " bool";
    if (!node.matching)
        return text;
    const VectorMatching& matching = *node.matching;
    const bool many = matching.cardinality == Cardinality::ManyToOne || matching.cardinality == Cardinality::OneToMany;
    if (!matching.labels.empty() || matching.on || many)
        text += (matching.on ? " on " : " ignoring ") + labelList(matching.labels);
    if (many)
        text += (matching.cardinality == Cardinality::ManyToOne ? " group_left " : " group_right ")
                + labelList(matching.include);
    if (matching.fillLeft && matching.fillRight && *matching.fillLeft == *matching.fillRight)
        return text + " fill (" + plainNumber(*matching.fillLeft) + ")";
    if (matching.fillLeft)
        text += " fill_left (" + plainNumber(*matching.fillLeft) + ")";
    if (matching.fillRight)
        text += " fill_right (" + plainNumber(*matching.fillRight) + ")";
    return text;
}

std::string numberText(const NumberLiteral& node)
{
    return node.duration ? signedDuration(std::llround(node.value * 1000)) : plainNumber(node.value);
}

std::string argumentsText(const promql::Call& node)
{
    std::vector<std::string> args;
    for (const ExprPtr& arg : node.args)
        args.push_back(expressionText(*arg));
    return join(args, ", ");
}

std::string prettyAt(const Expr& expr, int level);

std::string prettySplit(const Expr& expr, int level)
{
    const std::string pad = indent(level);
    switch (expr.kind) {
    case ExprKind::Aggregate: {
        const auto& node = as<Aggregate>(expr);
        std::string text = pad + aggregateHead(node) + "(\n";
        if (node.param)
            text += prettyAt(*node.param, level + 1) + ",\n";
        return text + prettyAt(*node.expr, level + 1) + "\n" + pad + ")";
    }
    case ExprKind::Binary: {
        const auto& node = as<Binary>(expr);
        return prettyAt(*node.lhs, level + 1) + "\n" + pad + operatorWithMatching(node) + "\n"
               + prettyAt(*node.rhs, level + 1);
    }
    case ExprKind::Call: {
        const auto& node = as<promql::Call>(expr);
        std::vector<std::string> args;
        for (const ExprPtr& arg : node.args)
            args.push_back(prettyAt(*arg, level + 1));
        return pad + std::string(node.function->name) + "(\n" + join(args, ",\n") + "\n" + pad + ")";
    }
    case ExprKind::Paren: return pad + "(\n" + prettyAt(*as<Paren>(expr).expr, level + 1) + "\n" + pad + ")";
    case ExprKind::Subquery: return prettyAt(*as<Subquery>(expr).expr, level) + subquerySuffix(as<Subquery>(expr));
    case ExprKind::Unary: {
        const std::string child = prettyAt(*as<Unary>(expr).expr, level);
        return pad + (as<Unary>(expr).negative ? "-" : "+") + child.substr(child.find_first_not_of(' '));
    }
    default: return pad + expressionText(expr);
    }
}

std::string prettyAt(const Expr& expr, int level)
{
    std::string line = expressionText(expr);
    return line.size() > kLineLimit ? prettySplit(expr, level) : indent(level) + line;
}

}  // namespace

std::string expressionText(const promql::Expr& expr)
{
    switch (expr.kind) {
    case ExprKind::Number: return numberText(as<NumberLiteral>(expr));
    case ExprKind::String: return goQuoted(as<StringLiteral>(expr).value);
    case ExprKind::VectorSelector: {
        const auto& node = as<VectorSelector>(expr);
        return selectorText(node) + atText(node.shift) + edgesText(node.edges) + offsetText(node.shift);
    }
    case ExprKind::MatrixSelector: {
        const auto& node = as<MatrixSelector>(expr);
        return selectorText(*node.selector) + "[" + rangeText(node.range, node.rangeExpr) + "]"
               + edgesText(node.selector->edges) + atText(node.selector->shift) + offsetText(node.selector->shift);
    }
    case ExprKind::Subquery: return expressionText(*as<Subquery>(expr).expr) + subquerySuffix(as<Subquery>(expr));
    case ExprKind::Call:
        return std::string(as<promql::Call>(expr).function->name) + "(" + argumentsText(as<promql::Call>(expr)) + ")";
    case ExprKind::Aggregate: {
        const auto& node = as<Aggregate>(expr);
        return aggregateHead(node) + "(" + (node.param ? expressionText(*node.param) + ", " : "")
               + expressionText(*node.expr) + ")";
    }
    case ExprKind::Binary: {
        const auto& node = as<Binary>(expr);
        return expressionText(*node.lhs) + " " + operatorWithMatching(node) + " " + expressionText(*node.rhs);
    }
    case ExprKind::Unary: return (as<Unary>(expr).negative ? "-" : "+") + expressionText(*as<Unary>(expr).expr);
    case ExprKind::Paren: return "(" + expressionText(*as<Paren>(expr).expr) + ")";
    }
    return {};
}

std::string prettyExpression(const promql::Expr& expr)
{
    return prettyAt(expr, 0);
}

}  // namespace holdfast::api
