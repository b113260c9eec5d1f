#include "app/promql/plan/prepare.h"

#include "app/promql/exec/arithmetic.h"
#include "app/promql/syntax/duration_value.h"
#include "app/promql/syntax/function_signature.h"

#include <algorithm>
#include <array>

namespace holdfast::promql {

namespace {

Error notEnabled(std::string_view what)
{
    return Error{std::string(what)
                 + " is experimental and must be enabled with --enable-feature=promql-experimental-functions"};
}

/// Functions whose value depends on the evaluation time even when their arguments do not.
/// Source: Prometheus promql/functions.go, AtModifierUnsafeFunctions.
constexpr std::array<std::string_view, 11> timeDependent{"days_in_month",  "day_of_month", "day_of_week", "day_of_year",
                                                         "hour",           "minute",       "month",       "year",
                                                         "predict_linear", "time",         "timestamp"};

class Preparation {
public:
    explicit Preparation(const PlanContext& context) : m_context(context) {}

    Result<void> run(ExprPtr& expr)
    {
        HF_CHECK(visit(*expr));
        fold(expr);
        return {};
    }

private:
    Result<void> resolve(std::int64_t& ms, const DurationPtr& written, DurationUse use)
    {
        if (!written)
            return {};
        const auto value = durationMs(*written, {m_context.step, m_context.end - m_context.start}, use);
        if (value.index() == 1)
            return Error{std::get<1>(value).message};
        ms = std::get<0>(value);
        return {};
    }

    Result<void> shift(TimeShift& shift)
    {
        HF_CHECK(resolve(shift.offset, shift.offsetExpr, DurationUse::Offset));
        if (shift.edge == AtEdge::Start)
            shift.at = m_context.start;
        else if (shift.edge == AtEdge::End)
            shift.at = m_context.end;
        return {};
    }

    Result<void> selector(VectorSelector& node)
    {
        if (node.edges != RangeEdges::Plain && !m_context.experimental)
            return notEnabled(node.edges == RangeEdges::Anchored ? "anchored" : "smoothed");
        HF_CHECK(shift(node.shift));
        node.stepInvariant = node.shift.at.has_value();
        return {};
    }

    Result<void> visit(Expr& expr)
    {
        switch (expr.kind) {
        case ExprKind::Number:
        case ExprKind::String: expr.stepInvariant = true; return {};
        case ExprKind::VectorSelector: return selector(as<VectorSelector>(expr));
        case ExprKind::MatrixSelector: {
            auto& node = as<MatrixSelector>(expr);
            HF_CHECK(resolve(node.range, node.rangeExpr, DurationUse::Range));
            HF_CHECK(selector(*node.selector));
            node.stepInvariant = node.selector->stepInvariant;
            return {};
        }
        case ExprKind::Subquery: {
            auto& node = as<Subquery>(expr);
            HF_CHECK(resolve(node.range, node.rangeExpr, DurationUse::Range));
            HF_CHECK(resolve(node.step, node.stepExpr, DurationUse::SubqueryStep));
            HF_CHECK(shift(node.shift));
            HF_CHECK(run(node.expr));
            node.stepInvariant = node.shift.at.has_value();
            return {};
        }
        case ExprKind::Paren: return wrapper(expr, as<Paren>(expr).expr);
        case ExprKind::Unary: return wrapper(expr, as<Unary>(expr).expr);
        case ExprKind::Call: return call(as<Call>(expr));
        case ExprKind::Aggregate: return aggregate(as<Aggregate>(expr));
        case ExprKind::Binary: {
            auto& node = as<Binary>(expr);
            if (node.matching && (node.matching->fillLeft || node.matching->fillRight) && !m_context.experimental)
                return notEnabled("fill modifier");
            HF_CHECK(run(node.lhs));
            HF_CHECK(run(node.rhs));
            node.stepInvariant = node.lhs->stepInvariant && node.rhs->stepInvariant;
            return {};
        }
        }
        return {};
    }

    Result<void> wrapper(Expr& outer, ExprPtr& inner)
    {
        HF_CHECK(run(inner));
        outer.stepInvariant = inner->stepInvariant;
        return {};
    }

    Result<void> call(Call& node)
    {
        if (node.function->experimental && !m_context.experimental)
            return notEnabled(std::string(node.function->name) + "()");
        node.stepInvariant = std::ranges::find(timeDependent, node.function->name) == timeDependent.end();
        for (ExprPtr& arg : node.args) {
            HF_CHECK(run(arg));
            node.stepInvariant = node.stepInvariant && arg->stepInvariant;
        }
        return {};
    }

    Result<void> aggregate(Aggregate& node)
    {
        if ((node.op == AggregateOp::LimitK || node.op == AggregateOp::LimitRatio) && !m_context.experimental)
            return notEnabled(std::string(aggregateName(node.op)) + "()");
        HF_CHECK(run(node.expr));
        node.stepInvariant = node.expr->stepInvariant;
        if (node.param) {
            HF_CHECK(run(node.param));
            node.stepInvariant = node.stepInvariant && node.param->stepInvariant;
        }
        return {};
    }

    /// Arithmetic of two literals becomes a literal.
    static void fold(ExprPtr& expr)
    {
        if (expr->kind != ExprKind::Binary)
            return;
        const auto& node = as<Binary>(*expr);
        const Expr& left = unwrapped(*node.lhs);
        const Expr& right = unwrapped(*node.rhs);
        if (left.kind != ExprKind::Number || right.kind != ExprKind::Number)
            return;
        auto literal = std::make_unique<NumberLiteral>();
        literal->value = scalarResult(node.op, as<NumberLiteral>(left).value, as<NumberLiteral>(right).value);
        literal->position = expr->position;
        literal->stepInvariant = true;
        expr = std::move(literal);
    }

    const PlanContext m_context;
};

}  // namespace

Result<void> prepare(ExprPtr& expr, const PlanContext& context)
{
    return Preparation(context).run(expr);
}

}  // namespace holdfast::promql
