#include "app/promql/exec/evaluator.h"
#include "app/promql/exec/histogram_call.h"
#include "app/promql/exec/info_call.h"
#include "app/promql/exec/range_call.h"
#include "app/promql/functions/absent.h"
#include "app/promql/functions/elementwise.h"
#include "app/promql/functions/label_functions.h"
#include "app/promql/syntax/function_signature.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace holdfast::promql {

namespace {

double secondsOf(std::int64_t ms)
{
    return static_cast<double>(ms) / 1000;
}

ScalarColumn evaluationTimes(const Grid& grid)
{
    ScalarColumn out(grid.count);
    for (std::size_t i = 0; i < grid.count; ++i)
        out[i] = secondsOf(grid.at(i));
    return out;
}

Table tableOf(ScalarColumn values)
{
    Table table;
    table.columns.push_back({noLabels(), std::move(values)});
    return table;
}

/// Applies `change` to every value of a vector and drops the metric name. `change` gets value and step; it returns
/// absentValue() to leave a value out.
template <typename Change>
Result<Table> mapped(Evaluator& evaluator, Table table, const Change& change)
{
    const bool mayCollide = namesDiffer(table);
    for (Column& column : table.columns) {
        HF_CHECK(evaluator.run().check());
        column.labels = withoutName(column.labels);
        for (std::size_t i = 0; i < column.values.size(); ++i) {
            if (!isAbsent(column.values[i]))
                column.values[i] = change(column.values[i], i);
        }
    }
    if (mayCollide)
        HF_CHECK(joinEqualLabels(table, Overlap::AtDifferentSteps));
    return table;
}

Result<Table> clamp(Evaluator& evaluator, const Call& call, const Grid& grid)
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    HF_TRY(Table table, evaluator.vector(*call.args[0], grid));
    HF_TRY(const ScalarColumn first, evaluator.scalar(*call.args[1], grid));
    ScalarColumn low = first;
    ScalarColumn high = first;
    if (call.function->name == "clamp") {
        HF_TRY(high, evaluator.scalar(*call.args[2], grid));
    } else if (call.function->name == "clamp_min") {
        high.assign(grid.count, infinity);
        return mapped(evaluator, std::move(table), [&](double v, std::size_t i) { return goMax(low[i], v); });
    } else {
        return mapped(evaluator, std::move(table), [&](double v, std::size_t i) { return goMin(high[i], v); });
    }
    HF_TRY(Table out, mapped(evaluator, std::move(table), [&](double v, std::size_t i) {
               return low[i] > high[i] ? absentValue() : goMax(low[i], goMin(high[i], v));
           }));
    dropEmptyColumns(out);
    return out;
}

/// Source: Prometheus promql/functions.go, funcRound: the inverse is multiplied, so that 0.1 gives clean decimals.
Result<Table> round(Evaluator& evaluator, const Call& call, const Grid& grid)
{
    HF_TRY(Table table, evaluator.vector(*call.args[0], grid));
    ScalarColumn nearest(grid.count, 1.0);
    if (call.args.size() > 1) {
        HF_TRY(nearest, evaluator.scalar(*call.args[1], grid));
    }
    return mapped(evaluator, std::move(table), [&](double v, std::size_t i) {
        const double inverse = 1.0 / nearest[i];
        return std::floor(v * inverse + 0.5) / inverse;
    });
}

Result<Table> date(Evaluator& evaluator, const Call& call, const Grid& grid)
{
    const ElementFunction function = findElementFunction(call.function->name);
    if (call.args.empty()) {
        ScalarColumn values = evaluationTimes(grid);
        std::ranges::transform(values, values.begin(), function);
        return tableOf(std::move(values));
    }
    HF_TRY(Table table, evaluator.vector(*call.args[0], grid));
    return mapped(evaluator, std::move(table), [&](double v, std::size_t) { return function(v); });
}

/// The sample's own time for a plain selector, the evaluation time for anything else.
Result<Table> timestamp(Evaluator& evaluator, const Call& call, const Grid& grid)
{
    const Expr& inner = unwrapped(*call.args[0]);
    if (inner.kind != ExprKind::VectorSelector) {
        HF_TRY(Table table, evaluator.vector(inner, grid));
        return mapped(evaluator, std::move(table), [&](double, std::size_t i) { return secondsOf(grid.at(i)); });
    }
    HF_TRY(Table table, readInstant(evaluator.run(), as<VectorSelector>(inner), grid, SampleField::Timestamp));
    return mapped(evaluator, std::move(table), [](double v, std::size_t) { return v; });
}

Result<Table> absent(Evaluator& evaluator, const Call& call, const Grid& grid)
{
    HF_TRY(const Table table, evaluator.vector(*call.args[0], grid));
    Column column{absentLabels(*call.args[0]), std::vector<double>(grid.count, 1.0)};
    for (const Column& present : table.columns) {
        for (std::size_t i = 0; i < grid.count; ++i) {
            if (!isAbsent(present.values[i]))
                column.values[i] = absentValue();
        }
    }
    Table out;
    out.columns.push_back(std::move(column));
    dropEmptyColumns(out);
    return out;
}

/// Orders an instant vector by value, NaN last. Over several steps there is no one order, and none is made.
Result<Table> sortByValue(Evaluator& evaluator, const Call& call, const Grid& grid)
{
    HF_TRY(Table table, evaluator.vector(*call.args[0], grid));
    if (grid.count > 1)
        return table;
    const bool descending = call.function->name == "sort_desc";
    std::ranges::stable_sort(table.columns, [&](const Column& a, const Column& b) {
        const double left = a.values.front();
        const double right = b.values.front();
        if (std::isnan(left) || std::isnan(right))
            return !std::isnan(left) && std::isnan(right);
        return descending ? left > right : left < right;
    });
    return table;
}

std::vector<std::string> textsFrom(const Call& call, std::size_t first)
{
    std::vector<std::string> out;
    for (std::size_t i = first; i < call.args.size(); ++i)
        out.push_back(Evaluator::text(*call.args[i]));
    return out;
}

Result<Table> labelCall(Evaluator& evaluator, const Call& call, const Grid& grid)
{
    HF_TRY(Table table, evaluator.vector(*call.args[0], grid));
    const std::vector<std::string> texts = textsFrom(call, 1);
    const std::string_view name = call.function->name;
    if (name == "label_replace")
        HF_CHECK(replaceLabel(table, texts[0], texts[1], texts[2], texts[3]));
    else if (name == "label_join")
        HF_CHECK(joinLabels(table, texts[0], texts[1], {texts.begin() + 2, texts.end()}));
    else if (grid.count == 1)
        sortByLabels(table, texts, name == "sort_by_label" ? SortOrder::Ascending : SortOrder::Descending);
    return table;
}

}  // namespace

Result<Table> evaluateCall(Evaluator& evaluator, const Call& call, const Grid& grid)
{
    const std::string_view name = call.function->name;
    if (const RangeFunction* function = findRangeFunction(name))
        return evaluateRangeCall(evaluator, call, *function, grid);
    if (isDateFunction(name))
        return date(evaluator, call, grid);
    if (const ElementFunction function = findElementFunction(name)) {
        HF_TRY(Table table, evaluator.vector(*call.args[0], grid));
        return mapped(evaluator, std::move(table), [&](double v, std::size_t) { return function(v); });
    }
    if (name == "absent_over_time")
        return evaluateAbsentOverTime(evaluator, call, grid);
    if (name == "absent")
        return absent(evaluator, call, grid);
    if (name == "vector") {
        HF_TRY(ScalarColumn values, evaluator.scalar(*call.args[0], grid));
        return tableOf(std::move(values));
    }
    if (name == "timestamp")
        return timestamp(evaluator, call, grid);
    if (name == "round")
        return round(evaluator, call, grid);
    if (name.starts_with("clamp"))
        return clamp(evaluator, call, grid);
    if (name == "sort" || name == "sort_desc")
        return sortByValue(evaluator, call, grid);
    if (name.starts_with("label_") || name.starts_with("sort_by_label"))
        return labelCall(evaluator, call, grid);
    if (name.starts_with("histogram_quantile") || name == "histogram_fraction")
        return evaluateHistogramCall(evaluator, call, grid);
    if (name.starts_with("histogram_")) {
        // Sums, counts … of native histograms: a float sample has none and is left out.
        HF_TRY(const Table ignored, evaluator.vector(*call.args[0], grid));
        return Table{};
    }
    if (name == "info")
        return evaluateInfo(evaluator, call, grid);
    return Error{"function " + std::string(name) + "() does not return a vector"};
}

Result<ScalarColumn> evaluateScalarCall(Evaluator& evaluator, const Call& call, const Grid& grid)
{
    const std::string_view name = call.function->name;
    const QueryRun& run = evaluator.run();
    if (name == "time")
        return evaluationTimes(grid);
    if (name == "pi")
        return ScalarColumn(grid.count, std::numbers::pi);
    if (name == "start")
        return ScalarColumn(grid.count, secondsOf(run.queryStart));
    if (name == "end")
        return ScalarColumn(grid.count, secondsOf(run.queryEnd));
    if (name == "step")
        return ScalarColumn(grid.count, secondsOf(run.queryStep));
    if (name == "range")
        return ScalarColumn(grid.count, secondsOf(run.queryEnd - run.queryStart));
    if (name == "min_of" || name == "max_of") {
        HF_TRY(ScalarColumn left, evaluator.scalar(*call.args[0], grid));
        HF_TRY(const ScalarColumn right, evaluator.scalar(*call.args[1], grid));
        for (std::size_t i = 0; i < grid.count; ++i)
            left[i] = name == "min_of" ? goMin(left[i], right[i]) : goMax(left[i], right[i]);
        return left;
    }
    if (name != "scalar")
        return Error{"function " + std::string(name) + "() does not return a scalar"};
    // The value of the only element; NaN when there are none or several.
    HF_TRY(const Table table, evaluator.vector(*call.args[0], grid));
    ScalarColumn out(grid.count, absentValue());
    for (const Column& column : table.columns) {
        for (std::size_t i = 0; i < grid.count; ++i) {
            if (isAbsent(column.values[i]))
                continue;
            out[i] = isAbsent(out[i]) ? column.values[i] : std::numeric_limits<double>::quiet_NaN();
        }
    }
    for (double& v : out) {
        if (isAbsent(v))
            v = std::numeric_limits<double>::quiet_NaN();
    }
    return out;
}

}  // namespace holdfast::promql
