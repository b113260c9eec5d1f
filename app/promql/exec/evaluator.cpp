#include "app/promql/exec/evaluator.h"

#include "app/promql/exec/arithmetic.h"

#include <algorithm>
#include <deque>

namespace holdfast::promql {

namespace {

struct SubqueryStorage {
    std::vector<std::int64_t> grid;
    std::deque<std::vector<std::int64_t>> times;
    std::vector<std::vector<double>> values;
};

Result<void> negate(Table& table)
{
    const bool mayCollide = namesDiffer(table);
    for (Column& column : table.columns) {
        column.labels = withoutName(column.labels);
        for (double& v : column.values) {
            if (!isAbsent(v))
                v = -v;
        }
    }
    if (mayCollide)
        return joinEqualLabels(table, Overlap::Never);
    return {};
}

std::int64_t firstSubqueryStep(std::int64_t after, std::int64_t step)
{
    std::int64_t first = step * (after / step);
    if (first <= after)
        first += step;
    return first;
}

}  // namespace

Result<Table> Evaluator::vector(const Expr& expr, const Grid& grid)
{
    if (!expr.stepInvariant || grid.count == 1)
        return vectorOnce(expr, grid);
    HF_TRY(Table table, vectorOnce(expr, {grid.start, grid.step, 1}));
    HF_CHECK(m_run.reserve(table.columns.size(), grid.count));
    for (Column& column : table.columns)
        column.values.assign(grid.count, double(column.values.front()));
    return table;
}

Result<ScalarColumn> Evaluator::scalar(const Expr& expr, const Grid& grid)
{
    if (!expr.stepInvariant || grid.count == 1)
        return scalarOnce(expr, grid);
    HF_TRY(const ScalarColumn one, scalarOnce(expr, {grid.start, grid.step, 1}));
    HF_CHECK(m_run.reserve(1, grid.count));
    return ScalarColumn(grid.count, one.front());
}

Result<Table> Evaluator::vectorOnce(const Expr& expr, const Grid& grid)
{
    HF_CHECK(m_run.check());
    switch (expr.kind) {
    case ExprKind::VectorSelector: return readInstant(m_run, as<VectorSelector>(expr), grid, SampleField::Value);
    case ExprKind::Paren: return vector(*as<Paren>(expr).expr, grid);
    case ExprKind::Call: return evaluateCall(*this, as<Call>(expr), grid);
    case ExprKind::Aggregate: return evaluateAggregate(*this, as<Aggregate>(expr), grid);
    case ExprKind::Binary: return evaluateBinary(*this, as<Binary>(expr), grid);
    case ExprKind::Unary: {
        HF_TRY(Table table, vector(*as<Unary>(expr).expr, grid));
        if (as<Unary>(expr).negative)
            HF_CHECK(negate(table));
        return table;
    }
    default: break;
    }
    return Error{std::string("expected an instant vector, got ") + documentedType(typeOf(expr))};
}

Result<ScalarColumn> Evaluator::scalarOnce(const Expr& expr, const Grid& grid)
{
    HF_CHECK(m_run.reserve(1, grid.count));
    switch (expr.kind) {
    case ExprKind::Number: return ScalarColumn(grid.count, as<NumberLiteral>(expr).value);
    case ExprKind::Paren: return scalar(*as<Paren>(expr).expr, grid);
    case ExprKind::Call: return evaluateScalarCall(*this, as<Call>(expr), grid);
    case ExprKind::Unary: {
        HF_TRY(ScalarColumn values, scalar(*as<Unary>(expr).expr, grid));
        if (as<Unary>(expr).negative)
            std::ranges::transform(values, values.begin(), [](double v) { return -v; });
        return values;
    }
    case ExprKind::Binary: {
        const auto& binary = as<Binary>(expr);
        HF_TRY(ScalarColumn left, scalar(*binary.lhs, grid));
        HF_TRY(const ScalarColumn right, scalar(*binary.rhs, grid));
        for (std::size_t i = 0; i < grid.count; ++i)
            left[i] = scalarResult(binary.op, left[i], right[i]);
        return left;
    }
    default: break;
    }
    return Error{std::string("expected a scalar, got ") + documentedType(typeOf(expr))};
}

Result<RangeInput> Evaluator::range(const Expr& expr, const Grid& grid, std::string_view function)
{
    const Expr& inner = unwrapped(expr);
    if (inner.kind == ExprKind::MatrixSelector)
        return readRange(m_run, as<MatrixSelector>(inner), grid, function);
    if (inner.kind == ExprKind::Subquery)
        return subquery(as<Subquery>(inner), grid);
    return Error{std::string("expected a range vector, got ") + documentedType(typeOf(inner))};
}

Result<RangeInput> Evaluator::subquery(const Subquery& node, const Grid& grid)
{
    RangeInput input;
    input.range = node.range;
    input.offset = node.shift.offset;
    input.fixed = node.shift.at.has_value();
    const std::int64_t first = (input.fixed ? *node.shift.at : grid.start) - node.shift.offset;
    const std::int64_t last = (input.fixed ? *node.shift.at : grid.end()) - node.shift.offset;
    input.fixedEnd = last;
    const std::int64_t step = node.step > 0 ? node.step : m_run.options().subqueryStepMs;
    Grid inner{firstSubqueryStep(first - node.range, step), step, 1};
    if (inner.start > last)
        return input;
    inner.count = static_cast<std::size_t>((last - inner.start) / step) + 1;
    HF_CHECK(m_run.reserve(1, inner.count));
    HF_TRY(Table table, vector(*node.expr, inner));
    HF_CHECK(m_run.reserve(table.columns.size(), inner.count));
    const auto storage = std::make_shared<SubqueryStorage>();
    storage->grid.resize(inner.count);
    for (std::size_t i = 0; i < inner.count; ++i)
        storage->grid[i] = inner.at(i);
    storage->values.reserve(table.columns.size());
    for (Column& column : table.columns) {
        auto& values = storage->values.emplace_back(std::move(column.values));
        if (std::ranges::none_of(values, isAbsent)) {
            input.series.push_back({column.labels, storage->grid, values});
            continue;
        }
        auto& times = storage->times.emplace_back();
        std::size_t kept = 0;
        for (std::size_t i = 0; i < inner.count; ++i) {
            if (isAbsent(values[i]))
                continue;
            times.push_back(storage->grid[i]);
            values[kept++] = values[i];
        }
        values.resize(kept);
        input.series.push_back({column.labels, times, values});
    }
    input.keepAlive = storage;
    return input;
}

const std::string& Evaluator::text(const Expr& expr)
{
    return as<StringLiteral>(unwrapped(expr)).value;
}

}  // namespace holdfast::promql
