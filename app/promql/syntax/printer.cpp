#include "app/promql/syntax/printer.h"

#include "app/base/duration.h"
#include "app/base/number_text.h"
#include "app/model/label_set.h"
#include "app/promql/syntax/function_signature.h"
#include "app/promql/syntax/literal.h"

#include <array>
#include <charconv>
#include <cmath>

namespace holdfast::promql {

namespace {

/// Longer lines are broken. Source: Prometheus promql/parser/prettier.go, maxCharactersPerLine.
constexpr std::size_t kLineLength = 100;

std::string labelText(const std::string& name)
{
    return isClassicLabelName(name) ? name : goQuoted(name);
}

std::string labelList(const std::vector<std::string>& names)
{
    std::string out = "(";
    for (std::size_t i = 0; i < names.size(); ++i)
        out += (i > 0 ? ", " : "") + labelText(names[i]);
    return out + ")";
}

std::string seconds(double v)
{
    std::string out;
    appendNumber(out, v);
    return out;
}

const char* durationOperator(DurationOp op)
{
    switch (op) {
    case DurationOp::Add: return " + ";
    case DurationOp::Sub: return " - ";
    case DurationOp::Mul: return " * ";
    case DurationOp::Div: return " / ";
    case DurationOp::Mod: return " % ";
    case DurationOp::Pow: return " ^ ";
    default: return "";
    }
}

std::string durationText(const DurationNode& node)
{
    std::string out;
    switch (node.op) {
    case DurationOp::Literal:
        out = node.wasUnits ? formatDuration(std::llround(node.seconds * 1000)) : seconds(node.seconds);
        break;
    case DurationOp::Step: out = "step()"; break;
    case DurationOp::Range: out = "range()"; break;
    case DurationOp::Min: out = "min_of(" + durationText(*node.left) + ", " + durationText(*node.right) + ")"; break;
    case DurationOp::Max: out = "max_of(" + durationText(*node.left) + ", " + durationText(*node.right) + ")"; break;
    case DurationOp::Negate: out = "-" + durationText(*node.left); break;
    case DurationOp::Plus: out = "+" + durationText(*node.left); break;
    default: out = durationText(*node.left) + durationOperator(node.op) + durationText(*node.right); break;
    }
    return node.parens ? "(" + out + ")" : out;
}

std::string matcherText(const LabelMatcher& matcher)
{
    constexpr std::array<const char*, 4> operators{"=", "!=", "=~", "!~"};
    return labelText(matcher.name) + operators[static_cast<std::size_t>(matcher.type)] + goQuoted(matcher.value);
}

/// Three decimals at most; whole milliseconds are exact.
std::string atText(const TimeShift& shift)
{
    if (shift.edge == AtEdge::Start)
        return " @ start()";
    if (shift.edge == AtEdge::End)
        return " @ end()";
    if (!shift.at)
        return "";
    char text[64];
    const auto end =
        std::to_chars(text, text + sizeof text, static_cast<double>(*shift.at) / 1000, std::chars_format::fixed, 3).ptr;
    return " @ " + std::string(text, end);
}

std::string offsetText(const TimeShift& shift)
{
    if (shift.offsetExpr)
        return " offset " + durationText(*shift.offsetExpr);
    if (shift.offset > 0)
        return " offset " + formatDuration(shift.offset);
    if (shift.offset < 0)
        return " offset -" + formatDuration(-shift.offset);
    return "";
}

std::string shiftText(const TimeShift& shift)
{
    return atText(shift) + offsetText(shift);
}

const char* edgesText(RangeEdges edges)
{
    return edges == RangeEdges::Anchored ? " anchored" : edges == RangeEdges::Smoothed ? " smoothed" : "";
}

std::string selectorText(const VectorSelector& selector)
{
    std::string inside;
    std::size_t own = selector.matchers.size();  // the name before the braces is the last of the matchers
    if (!selector.name.empty())
        own -= 1;
    for (std::size_t i = 0; i < own; ++i) {
        const LabelMatcher& matcher = selector.matchers[i];
        const bool quotedName = matcher.name == kMetricName && matcher.type == MatchType::Equal && selector.name.empty()
                                && !isClassicMetricName(matcher.value) && !matcher.value.empty();
        inside += (i > 0 ? "," : "") + (quotedName ? goQuoted(matcher.value) : matcherText(matcher));
    }
    if (!inside.empty() || selector.name.empty())
        inside = "{" + inside + "}";
    return selector.name + inside;
}

std::string aggregateHead(const Aggregate& node)
{
    std::string out = aggregateName(node.op);
    if (node.without)
        out += " without " + labelList(node.grouping) + " ";
    else if (!node.grouping.empty())
        out += " by " + labelList(node.grouping) + " ";
    return out;
}

std::string fillText(const VectorMatching& matching)
{
    if (matching.fillLeft && matching.fillRight
        && (*matching.fillLeft == *matching.fillRight
            || (std::isnan(*matching.fillLeft) && std::isnan(*matching.fillRight))))
        return " fill (" + seconds(*matching.fillLeft) + ")";
    std::string out;
    if (matching.fillLeft)
        out += " fill_left (" + seconds(*matching.fillLeft) + ")";
    if (matching.fillRight)
        out += " fill_right (" + seconds(*matching.fillRight) + ")";
    return out;
}

std::string operatorWithModifiers(const Binary& node)
{
    std::string out = operatorText(node.op);
    if (node.returnBool)
        out += " bool";
    if (!node.matching)
        return out;
    const VectorMatching& matching = *node.matching;
    if (matching.on || !matching.labels.empty()) {
        out += matching.on ? " on " : " ignoring ";
        out += labelList(matching.labels);
        if (matching.cardinality == Cardinality::ManyToOne || matching.cardinality == Cardinality::OneToMany) {
            out += matching.cardinality == Cardinality::ManyToOne ? " group_left " : " group_right ";
            out += labelList(matching.include);
        }
    } else if (matching.cardinality == Cardinality::ManyToOne || matching.cardinality == Cardinality::OneToMany) {
        out +=
            matching.cardinality == Cardinality::ManyToOne ? " ignoring () group_left " : " ignoring () group_right ";
        out += labelList(matching.include);
    }
    return out + fillText(matching);
}

std::string numberLiteral(const NumberLiteral& node)
{
    if (node.duration && node.value >= 0 && node.value < 9e12)
        return formatDuration(std::llround(node.value * 1000));
    return seconds(node.value);
}

/// One line, or several when `pretty` and one would be too long.
class Printer {
public:
    explicit Printer(bool pretty) : m_pretty(pretty) {}

    [[nodiscard]] std::string print(const Expr& expr, std::size_t level) const
    {
        const std::string pad = m_pretty ? std::string(level * 2, ' ') : "";
        std::string line = oneLine(expr);
        if (!m_pretty || line.size() <= kLineLength)
            return pad + line;
        switch (expr.kind) {
        case ExprKind::Paren: return pad + "(\n" + print(*as<Paren>(expr).expr, level + 1) + "\n" + pad + ")";
        case ExprKind::Unary: {
            const std::string inner = print(*as<Unary>(expr).expr, level);
            return pad + (as<Unary>(expr).negative ? "-" : "+") + inner.substr(pad.size());
        }
        case ExprKind::Call: {
            const auto& node = as<Call>(expr);
            return pad + std::string(node.function->name) + "(\n" + arguments(node.args, level + 1) + "\n" + pad + ")";
        }
        case ExprKind::Aggregate: {
            const auto& node = as<Aggregate>(expr);
            std::string out = pad + aggregateHead(node) + "(\n";
            if (node.param)
                out += print(*node.param, level + 1) + ",\n";
            return out + print(*node.expr, level + 1) + "\n" + pad + ")";
        }
        case ExprKind::Binary: {
            const auto& node = as<Binary>(expr);
            return print(*node.lhs, level + 1) + "\n" + pad + operatorWithModifiers(node) + "\n"
                   + print(*node.rhs, level + 1);
        }
        case ExprKind::Subquery: {
            const auto& node = as<Subquery>(expr);
            return print(*node.expr, level) + subqueryTail(node);
        }
        default: return pad + line;
        }
    }

private:
    [[nodiscard]] std::string arguments(const std::vector<ExprPtr>& args, std::size_t level) const
    {
        std::string out;
        for (std::size_t i = 0; i < args.size(); ++i)
            out += (i > 0 ? ",\n" : "") + print(*args[i], level);
        return out;
    }

    static std::string subqueryTail(const Subquery& node)
    {
        const bool step = node.step > 0 || node.stepExpr;
        return "[" + printDuration(node.rangeExpr, node.range) + ":"
               + (step ? printDuration(node.stepExpr, node.step) : "") + "]" + shiftText(node.shift);
    }

    [[nodiscard]] static std::string oneLine(const Expr& expr)
    {
        switch (expr.kind) {
        case ExprKind::Number: return numberLiteral(as<NumberLiteral>(expr));
        case ExprKind::String: return goQuoted(as<StringLiteral>(expr).value);
        case ExprKind::VectorSelector: {
            const auto& node = as<VectorSelector>(expr);
            return selectorText(node) + edgesText(node.edges) + shiftText(node.shift);
        }
        case ExprKind::MatrixSelector: {
            const auto& node = as<MatrixSelector>(expr);
            return selectorText(*node.selector) + "[" + printDuration(node.rangeExpr, node.range) + "]"
                   + edgesText(node.selector->edges) + shiftText(node.selector->shift);
        }
        case ExprKind::Subquery: return oneLine(*as<Subquery>(expr).expr) + subqueryTail(as<Subquery>(expr));
        case ExprKind::Paren: return "(" + oneLine(*as<Paren>(expr).expr) + ")";
        case ExprKind::Unary: return (as<Unary>(expr).negative ? "-" : "+") + oneLine(*as<Unary>(expr).expr);
        case ExprKind::Call: {
            const auto& node = as<Call>(expr);
            std::string out = std::string(node.function->name) + "(";
            for (std::size_t i = 0; i < node.args.size(); ++i)
                out += (i > 0 ? ", " : "") + oneLine(*node.args[i]);
            return out + ")";
        }
        case ExprKind::Aggregate: {
            const auto& node = as<Aggregate>(expr);
            const std::string param = node.param ? oneLine(*node.param) + ", " : "";
            return aggregateHead(node) + "(" + param + oneLine(*node.expr) + ")";
        }
        case ExprKind::Binary: {
            const auto& node = as<Binary>(expr);
            return oneLine(*node.lhs) + " " + operatorWithModifiers(node) + " " + oneLine(*node.rhs);
        }
        }
        return "";
    }

    const bool m_pretty;
};

}  // namespace

std::string printDuration(const DurationPtr& written, std::int64_t ms)
{
    return written ? durationText(*written) : formatDuration(ms);
}

std::string printExpression(const Expr& expr)
{
    return Printer(false).print(expr, 0);
}

std::string prettyExpression(const Expr& expr)
{
    return Printer(true).print(expr, 0);
}

}  // namespace holdfast::promql
