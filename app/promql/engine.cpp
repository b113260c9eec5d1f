#include "app/promql/engine.h"

#include "app/promql/exec/evaluator.h"
#include "app/promql/plan/prepare.h"
#include "app/promql/syntax/parser.h"

#include <algorithm>

namespace holdfast::promql {

namespace {

InstantVector instantVector(const Table& table, std::int64_t t)
{
    InstantVector out;
    out.reserve(table.columns.size());
    for (const Column& column : table.columns) {
        if (!isAbsent(column.values.front()))
            out.push_back({column.labels, {t, column.values.front()}});
    }
    return out;
}

Matrix matrix(const Table& table, const Grid& grid)
{
    Matrix out;
    out.reserve(table.columns.size());
    for (const Column& column : table.columns) {
        MatrixSeries series{column.labels, {}};
        series.samples.reserve(grid.count);
        for (std::size_t i = 0; i < grid.count; ++i) {
            if (!isAbsent(column.values[i]))
                series.samples.push_back({grid.at(i), column.values[i]});
        }
        if (!series.samples.empty())
            out.push_back(std::move(series));
    }
    std::ranges::sort(out, [](const MatrixSeries& a, const MatrixSeries& b) { return *a.labels < *b.labels; });
    return out;
}

/// A range vector as the answer of an instant query.
Matrix rawSamples(const RangeInput& input, const Grid& grid)
{
    const std::int64_t end = input.windowEnd(grid, 0);
    Matrix out;
    for (const RangeSeries& series : input.series) {
        MatrixSeries one{series.labels, {}};
        for (std::size_t i = 0; i < series.times.size(); ++i) {
            if (series.times[i] > end - input.range && series.times[i] <= end)
                one.samples.push_back({series.times[i], series.values[i]});
        }
        if (!one.samples.empty())
            out.push_back(std::move(one));
    }
    std::ranges::sort(out, [](const MatrixSeries& a, const MatrixSeries& b) { return *a.labels < *b.labels; });
    return out;
}

Result<QueryValue> evaluateInstant(QueryRun& run, const Expr& expr, std::int64_t t)
{
    Evaluator evaluator(run);
    const Grid grid{t, 1, 1};
    switch (typeOf(expr)) {
    case ValueType::String: return QueryValue(StringValue{t, Evaluator::text(expr)});
    case ValueType::Scalar: {
        HF_TRY(const ScalarColumn values, evaluator.scalar(expr, grid));
        return QueryValue(ScalarValue{{t, values.front()}});
    }
    case ValueType::Range: {
        HF_TRY(const RangeInput input, evaluator.range(expr, grid, {}));
        if (input.edges != RangeEdges::Plain)
            return Error{"anchored and smoothed need a function around the range vector"};
        return QueryValue(rawSamples(input, grid));
    }
    default: break;
    }
    HF_TRY(const Table table, evaluator.vector(expr, grid));
    return QueryValue(instantVector(table, t));
}

Result<QueryValue> evaluateRange(QueryRun& run, const Expr& expr, const Grid& grid)
{
    Evaluator evaluator(run);
    if (typeOf(expr) == ValueType::Scalar) {
        HF_TRY(ScalarColumn values, evaluator.scalar(expr, grid));
        Table table;
        table.columns.push_back({noLabels(), std::move(values)});
        return QueryValue(matrix(table, grid));
    }
    HF_TRY(const Table table, evaluator.vector(expr, grid));
    return QueryValue(matrix(table, grid));
}

QueryResult finish(QueryRun& run, QueryValue value, std::int64_t tookNs)
{
    QueryResult result;
    result.value = std::move(value);
    result.warnings = std::move(run.warnings());
    result.infos = std::move(run.infos());
    result.stats = run.stats();
    result.stats.tookNs = tookNs;
    return result;
}

}  // namespace

Engine::Engine(const store::Querier& querier, const Clock& clock, EngineOptions options)
    : m_querier(querier), m_clock(clock), m_options(options)
{
}

Result<QueryResult> Engine::instant(std::string_view expression, std::int64_t t, const QueryContext& context) const
{
    const std::int64_t began = m_clock.monotonicNs();
    HF_TRY(ExprPtr expr, parseExpression(expression));
    HF_CHECK(prepare(expr, {t, t, 0, m_options.experimentalFunctions}));
    QueryRun run(m_querier, m_clock, m_options, context, expression);
    run.queryStart = t;
    run.queryEnd = t;
    HF_TRY(QueryValue value, evaluateInstant(run, *expr, t));
    return finish(run, std::move(value), m_clock.monotonicNs() - began);
}

Result<QueryResult> Engine::range(std::string_view expression, std::int64_t start, std::int64_t end, std::int64_t step,
                                  const QueryContext& context) const
{
    const std::int64_t began = m_clock.monotonicNs();
    HF_TRY(ExprPtr expr, parseExpression(expression));
    const ValueType type = typeOf(*expr);
    if (type != ValueType::Vector && type != ValueType::Scalar)
        return Error{std::string("invalid expression type \"") + documentedType(type)
                         + "\" for range query, must be Scalar or instant Vector",
                     ErrorKind::BadInput};
    if (step <= 0)
        return Error{"zero or negative query resolution step widths are not accepted", ErrorKind::BadInput};
    if (end < start)
        return Error{"end timestamp must not be before start time", ErrorKind::BadInput};
    const auto count = static_cast<std::uint64_t>(end - start) / static_cast<std::uint64_t>(step) + 1;
    if (count > m_options.maxPoints + 1)
        return Error{"exceeded maximum resolution of " + std::to_string(m_options.maxPoints)
                         + " points per timeseries. Try decreasing the query resolution (?step=XX)",
                     ErrorKind::BadInput};
    HF_CHECK(prepare(expr, {start, end, step, m_options.experimentalFunctions}));
    QueryRun run(m_querier, m_clock, m_options, context, expression);
    run.queryStart = start;
    run.queryEnd = end;
    run.queryStep = step;
    HF_TRY(QueryValue value, evaluateRange(run, *expr, {start, step, static_cast<std::size_t>(count)}));
    return finish(run, std::move(value), m_clock.monotonicNs() - began);
}

}  // namespace holdfast::promql
