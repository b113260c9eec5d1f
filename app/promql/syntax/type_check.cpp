#include "app/promql/syntax/type_check.h"

#include "app/promql/syntax/function_signature.h"
#include "app/promql/syntax/literal.h"

#include <algorithm>

namespace holdfast::promql {

namespace {

using Finding = std::optional<SyntaxError>;

SyntaxError at(const Expr& expr, std::string message)
{
    return {expr.position, std::move(message)};
}

Finding expectType(Expr& expr, ValueType want, const std::string& context)
{
    if (auto wrong = checkTypes(expr))
        return wrong;
    const ValueType got = typeOf(expr);
    if (got == want)
        return std::nullopt;
    return at(expr,
              std::string("expected type ") + documentedType(want) + " in " + context + ", got " + documentedType(got));
}

Finding checkAggregate(Aggregate& aggregate)
{
    if (auto wrong = expectType(*aggregate.expr, ValueType::Vector, "aggregation expression"))
        return wrong;
    if (!aggregate.param)
        return std::nullopt;
    const bool text = aggregate.op == AggregateOp::CountValues;
    return expectType(*aggregate.param, text ? ValueType::String : ValueType::Scalar, "aggregation parameter");
}

Finding checkBinary(Binary& binary)
{
    if (auto wrong = checkTypes(*binary.lhs))
        return wrong;
    if (auto wrong = checkTypes(*binary.rhs))
        return wrong;
    const ValueType left = typeOf(*binary.lhs);
    const ValueType right = typeOf(*binary.rhs);
    if (binary.returnBool && !isComparison(binary.op))
        return at(binary, "bool modifier can only be used on comparison operators");
    if (isComparison(binary.op) && !binary.returnBool && left == ValueType::Scalar && right == ValueType::Scalar)
        return at(binary, "comparisons between scalars must use BOOL modifier");
    const auto plain = [](ValueType type) { return type == ValueType::Scalar || type == ValueType::Vector; };
    if (!plain(left))
        return at(*binary.lhs, "binary expression must contain only scalar and instant vector types");
    if (!plain(right))
        return at(*binary.rhs, "binary expression must contain only scalar and instant vector types");
    VectorMatching& matching = *binary.matching;
    if (isSetOperator(binary.op) && matching.cardinality == Cardinality::OneToOne)
        matching.cardinality = Cardinality::ManyToMany;
    if (matching.on) {
        for (const std::string& label : matching.labels) {
            if (std::ranges::find(matching.include, label) != matching.include.end())
                return at(binary, "label " + goQuoted(label) + " must not occur in ON and GROUP clause at once");
        }
    }
    if (left != ValueType::Vector || right != ValueType::Vector) {
        if (isSetOperator(binary.op))
            return at(binary,
                      "set operator " + goQuoted(operatorText(binary.op)) + " not allowed in binary scalar expression");
        if (!matching.labels.empty() || matching.on)
            return at(binary, "vector matching only allowed between instant vectors");
        if (matching.fillLeft || matching.fillRight)
            return at(binary, "filling in missing series only allowed between instant vectors");
        binary.matching.reset();
        return std::nullopt;
    }
    if (isSetOperator(binary.op)) {
        if (matching.cardinality == Cardinality::OneToMany || matching.cardinality == Cardinality::ManyToOne)
            return at(binary, "no grouping allowed for " + goQuoted(operatorText(binary.op)) + " operation");
        if (matching.fillLeft || matching.fillRight)
            return at(binary, "filling in missing series not allowed for set operators");
    }
    return std::nullopt;
}

Finding checkCall(Call& call)
{
    const FunctionSignature& function = *call.function;
    const int wanted = function.argCount();
    const int given = static_cast<int>(call.args.size());
    const std::string where = "argument(s) in call to " + goQuoted(function.name) + ", got " + std::to_string(given);
    if (function.variadic == 0 && given != wanted)
        return at(call, "expected " + std::to_string(wanted) + " " + where);
    const int least = wanted - (function.variadic > 0 ? function.variadic : function.variadic < 0 ? 1 : 0);
    if (given < least)
        return at(call, "expected at least " + std::to_string(least) + " " + where);
    if (function.variadic > 0 && given > wanted)
        return at(call, "expected at most " + std::to_string(wanted) + " " + where);
    if (function.name == "info" && given > 1) {
        if (call.args[1]->kind != ExprKind::VectorSelector)
            return at(*call.args[1], "expected label selectors only as second argument to info function");
        auto& selector = as<VectorSelector>(*call.args[1]);
        if (!selector.name.empty())
            return at(selector, "expected label selectors only, got vector selector instead");
        selector.mayMatchEverything = true;
    }
    for (int i = 0; i < given; ++i) {
        const ValueType want = function.args[std::min(i, wanted - 1)];
        if (auto wrong = expectType(*call.args[static_cast<std::size_t>(i)], want,
                                    "call to function " + goQuoted(function.name)))
            return wrong;
    }
    return std::nullopt;
}

Finding checkSelector(const VectorSelector& selector)
{
    // The name before the braces is the last matcher; another one is one too many, whatever its kind.
    if (!selector.name.empty()) {
        for (std::size_t i = 0; i + 1 < selector.matchers.size(); ++i) {
            if (selector.matchers[i].name == "__name__")
                return at(selector, "metric name must not be set twice: " + goQuoted(selector.name) + " or "
                                        + goQuoted(selector.matchers[i].value));
        }
    }
    return std::nullopt;
}

}  // namespace

std::optional<SyntaxError> checkTypes(Expr& expr)
{
    switch (expr.kind) {
    case ExprKind::Number:
    case ExprKind::String: return std::nullopt;
    case ExprKind::VectorSelector: return checkSelector(as<VectorSelector>(expr));
    case ExprKind::MatrixSelector: return checkSelector(*as<MatrixSelector>(expr).selector);
    case ExprKind::Paren: return checkTypes(*as<Paren>(expr).expr);
    case ExprKind::Aggregate: return checkAggregate(as<Aggregate>(expr));
    case ExprKind::Binary: return checkBinary(as<Binary>(expr));
    case ExprKind::Call: return checkCall(as<Call>(expr));
    case ExprKind::Unary: {
        auto& unary = as<Unary>(expr);
        if (auto wrong = checkTypes(*unary.expr))
            return wrong;
        const ValueType type = typeOf(*unary.expr);
        if (type != ValueType::Scalar && type != ValueType::Vector)
            return at(*unary.expr, "unary expression only allowed on expressions of type scalar or instant vector, got "
                                       + goQuoted(documentedType(type)));
        return std::nullopt;
    }
    case ExprKind::Subquery: {
        auto& subquery = as<Subquery>(expr);
        if (auto wrong = checkTypes(*subquery.expr))
            return wrong;
        if (typeOf(*subquery.expr) != ValueType::Vector)
            return at(subquery, std::string("subquery is only allowed on instant vector, got ")
                                    + documentedType(typeOf(*subquery.expr)) + " instead");
        return std::nullopt;
    }
    }
    return std::nullopt;
}

}  // namespace holdfast::promql
