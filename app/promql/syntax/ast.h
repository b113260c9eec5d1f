#pragma once

#include "app/model/label_matcher.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace holdfast::promql {

/// Byte offsets into the expression's text, end exclusive.
struct PositionRange {
    std::size_t start = 0;
    std::size_t end = 0;
};

enum class ValueType { None, Scalar, Vector, Range, String };

/// "scalar", "instant vector", "range vector", "string": the words of the documentation and of error messages.
[[nodiscard]] const char* documentedType(ValueType type);
/// "scalar", "vector", "matrix", "string": the words of the HTTP API.
[[nodiscard]] const char* apiType(ValueType type);

enum class ExprKind { Number, String, VectorSelector, MatrixSelector, Subquery, Call, Aggregate, Binary, Unary, Paren };

/// A node of the syntax tree. Owned by its parent; the planner may change values in place.
struct Expr {
    explicit Expr(ExprKind k) : kind(k) {}
    virtual ~Expr() = default;
    Expr(const Expr&) = delete;
    Expr& operator=(const Expr&) = delete;

    const ExprKind kind;
    PositionRange position;
    std::uint32_t depth = 1;     ///< height of the tree below, this node included
    bool stepInvariant = false;  ///< set by the planner: the same value at every step
};
using ExprPtr = std::unique_ptr<Expr>;

[[nodiscard]] ValueType typeOf(const Expr& expr);
/// `expr` without parentheses around it.
[[nodiscard]] const Expr& unwrapped(const Expr& expr);
[[nodiscard]] Expr& unwrapped(Expr& expr);

enum class DurationOp { Literal, Step, Range, Add, Sub, Mul, Div, Mod, Pow, Min, Max, Negate, Plus };

/// A duration written as an arithmetic expression: "[2m*(10+5)]", "offset step()". Values are seconds.
struct DurationNode {
    DurationOp op = DurationOp::Literal;
    double seconds = 0;     ///< of a literal
    bool wasUnits = false;  ///< the literal was written with units
    bool parens = false;
    PositionRange position;
    std::unique_ptr<DurationNode> left;
    std::unique_ptr<DurationNode> right;
};
using DurationPtr = std::unique_ptr<DurationNode>;

enum class AtEdge { None, Start, End };

/// offset and @ of a selector or subquery; times in milliseconds.
struct TimeShift {
    std::int64_t offset = 0;
    DurationPtr offsetExpr;          ///< resolved into `offset` by the planner
    std::optional<std::int64_t> at;  ///< milliseconds since the epoch
    AtEdge edge = AtEdge::None;      ///< resolved into `at` by the planner
    bool offsetSet = false;
};

struct NumberLiteral : Expr {
    NumberLiteral() : Expr(ExprKind::Number) {}
    double value = 0;
    bool duration = false;  ///< written as "5m"
};

struct StringLiteral : Expr {
    StringLiteral() : Expr(ExprKind::String) {}
    std::string value;
};

enum class RangeEdges { Plain, Anchored, Smoothed };

struct VectorSelector : Expr {
    VectorSelector() : Expr(ExprKind::VectorSelector) {}
    std::string name;                    ///< as written before the braces; empty if none
    std::vector<LabelMatcher> matchers;  ///< the name's included
    TimeShift shift;
    RangeEdges edges = RangeEdges::Plain;
    bool mayMatchEverything = false;  ///< the second argument of info()
};

struct MatrixSelector : Expr {
    MatrixSelector() : Expr(ExprKind::MatrixSelector) {}
    std::unique_ptr<VectorSelector> selector;  ///< carries offset and @ too
    std::int64_t range = 0;                    ///< ms
    DurationPtr rangeExpr;
};

struct Subquery : Expr {
    Subquery() : Expr(ExprKind::Subquery) {}
    ExprPtr expr;
    std::int64_t range = 0;
    DurationPtr rangeExpr;
    std::int64_t step = 0;  ///< 0: the engine's default interval
    DurationPtr stepExpr;
    TimeShift shift;
};

struct FunctionSignature;

struct Call : Expr {
    Call() : Expr(ExprKind::Call) {}
    const FunctionSignature* function = nullptr;
    std::vector<ExprPtr> args;
};

enum class AggregateOp {
    Sum,
    Avg,
    Count,
    Min,
    Max,
    Group,
    Stddev,
    Stdvar,
    TopK,
    BottomK,
    CountValues,
    Quantile,
    LimitK,
    LimitRatio
};
[[nodiscard]] const char* aggregateName(AggregateOp op);
[[nodiscard]] bool takesParameter(AggregateOp op);

struct Aggregate : Expr {
    Aggregate() : Expr(ExprKind::Aggregate) {}
    AggregateOp op = AggregateOp::Sum;
    ExprPtr expr;
    ExprPtr param;
    std::vector<std::string> grouping;
    bool without = false;
};

enum class BinaryOp {
    Add,
    Sub,
    Mul,
    Div,
    Mod,
    Pow,
    Atan2,
    Eq,
    Ne,
    Lt,
    Gt,
    Le,
    Ge,
    And,
    Or,
    Unless,
    TrimUpper,
    TrimLower
};
[[nodiscard]] const char* operatorText(BinaryOp op);
[[nodiscard]] bool isComparison(BinaryOp op);
[[nodiscard]] bool isSetOperator(BinaryOp op);

enum class Cardinality { OneToOne, ManyToOne, OneToMany, ManyToMany };

struct VectorMatching {
    Cardinality cardinality = Cardinality::OneToOne;
    std::vector<std::string> labels;
    bool on = false;                   ///< labels are those to match on; else those to ignore
    std::vector<std::string> include;  ///< labels taken over from the "one" side
    std::optional<double> fillLeft;
    std::optional<double> fillRight;
};

struct Binary : Expr {
    Binary() : Expr(ExprKind::Binary) {}
    BinaryOp op = BinaryOp::Add;
    ExprPtr lhs;
    ExprPtr rhs;
    std::optional<VectorMatching> matching;  ///< between two vectors only
    bool returnBool = false;
};

struct Unary : Expr {
    Unary() : Expr(ExprKind::Unary) {}
    bool negative = false;
    ExprPtr expr;
};

struct Paren : Expr {
    Paren() : Expr(ExprKind::Paren) {}
    ExprPtr expr;
};

template <typename T>
[[nodiscard]] const T& as(const Expr& expr)
{
    return static_cast<const T&>(expr);
}
template <typename T>
[[nodiscard]] T& as(Expr& expr)
{
    return static_cast<T&>(expr);
}

}  // namespace holdfast::promql
