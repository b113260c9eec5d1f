#include "app/promql/syntax/ast.h"

#include "app/promql/syntax/function_signature.h"

namespace holdfast::promql {

const char* documentedType(ValueType type)
{
    switch (type) {
    case ValueType::None: return "none";
    case ValueType::Scalar: return "scalar";
    case ValueType::Vector: return "instant vector";
    case ValueType::Range: return "range vector";
    case ValueType::String: return "string";
    }
    return "none";
}

const char* apiType(ValueType type)
{
    switch (type) {
    case ValueType::None: return "none";
    case ValueType::Scalar: return "scalar";
    case ValueType::Vector: return "vector";
    case ValueType::Range: return "matrix";
    case ValueType::String: return "string";
    }
    return "none";
}

ValueType typeOf(const Expr& expr)
{
    switch (expr.kind) {
    case ExprKind::Number: return ValueType::Scalar;
    case ExprKind::String: return ValueType::String;
    case ExprKind::VectorSelector:
    case ExprKind::Aggregate: return ValueType::Vector;
    case ExprKind::MatrixSelector:
    case ExprKind::Subquery: return ValueType::Range;
    case ExprKind::Call: return as<Call>(expr).function->returns;
    case ExprKind::Unary: return typeOf(*as<Unary>(expr).expr);
    case ExprKind::Paren: return typeOf(*as<Paren>(expr).expr);
    case ExprKind::Binary: {
        const auto& binary = as<Binary>(expr);
        const bool scalars = typeOf(*binary.lhs) == ValueType::Scalar && typeOf(*binary.rhs) == ValueType::Scalar;
        return scalars ? ValueType::Scalar : ValueType::Vector;
    }
    }
    return ValueType::None;
}

const Expr& unwrapped(const Expr& expr)
{
    const Expr* at = &expr;
    while (at->kind == ExprKind::Paren)
        at = as<Paren>(*at).expr.get();
    return *at;
}

Expr& unwrapped(Expr& expr)
{
    return const_cast<Expr&>(unwrapped(static_cast<const Expr&>(expr)));
}

const char* aggregateName(AggregateOp op)
{
    switch (op) {
    case AggregateOp::Sum: return "sum";
    case AggregateOp::Avg: return "avg";
    case AggregateOp::Count: return "count";
    case AggregateOp::Min: return "min";
    case AggregateOp::Max: return "max";
    case AggregateOp::Group: return "group";
    case AggregateOp::Stddev: return "stddev";
    case AggregateOp::Stdvar: return "stdvar";
    case AggregateOp::TopK: return "topk";
    case AggregateOp::BottomK: return "bottomk";
    case AggregateOp::CountValues: return "count_values";
    case AggregateOp::Quantile: return "quantile";
    case AggregateOp::LimitK: return "limitk";
    case AggregateOp::LimitRatio: return "limit_ratio";
    }
    return "";
}

bool takesParameter(AggregateOp op)
{
    switch (op) {
    case AggregateOp::TopK:
    case AggregateOp::BottomK:
    case AggregateOp::CountValues:
    case AggregateOp::Quantile:
    case AggregateOp::LimitK:
    case AggregateOp::LimitRatio: return true;
    default: return false;
    }
}

const char* operatorText(BinaryOp op)
{
    switch (op) {
    case BinaryOp::Add: return "+";
    case BinaryOp::Sub: return "-";
    case BinaryOp::Mul: return "*";
    case BinaryOp::Div: return "/";
    case BinaryOp::Mod: return "%";
    case BinaryOp::Pow: return "^";
    case BinaryOp::Atan2: return "atan2";
    case BinaryOp::Eq: return "==";
    case BinaryOp::Ne: return "!=";
    case BinaryOp::Lt: return "<";
    case BinaryOp::Gt: return ">";
    case BinaryOp::Le: return "<=";
    case BinaryOp::Ge: return ">=";
    case BinaryOp::And: return "and";
    case BinaryOp::Or: return "or";
    case BinaryOp::Unless: return "unless";
    case BinaryOp::TrimUpper: return "</";
    case BinaryOp::TrimLower: return ">/";
    }
    return "";
}

bool isComparison(BinaryOp op)
{
    switch (op) {
    case BinaryOp::Eq:
    case BinaryOp::Ne:
    case BinaryOp::Lt:
    case BinaryOp::Gt:
    case BinaryOp::Le:
    case BinaryOp::Ge: return true;
    default: return false;
    }
}

bool isSetOperator(BinaryOp op)
{
    return op == BinaryOp::And || op == BinaryOp::Or || op == BinaryOp::Unless;
}

}  // namespace holdfast::promql
