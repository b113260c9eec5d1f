#include "app/promql/exec/range_call.h"

#include "app/base/number_text.h"
#include "app/promql/functions/absent.h"
#include "app/promql/functions/quantile.h"
#include "app/promql/syntax/function_signature.h"

#include <algorithm>
#include <array>
#include <unordered_set>

namespace holdfast::promql {

namespace {

struct Arguments {
    ScalarColumn first;
    ScalarColumn second;
};

Result<void> checkFactor(const ScalarColumn& factors, const char* name)
{
    for (const double v : factors) {
        if (!(v > 0 && v < 1))
            return Error{std::string("invalid ") + name + " factor. Expected: 0 < " + (name[0] == 's' ? "sf" : "tf")
                         + " < 1, got: " + numberText(v)};
    }
    return {};
}

/// The scalar arguments in the order of the call, whichever place the range has.
Result<Arguments> scalarArguments(Evaluator& evaluator, const Call& call, const Grid& grid)
{
    Arguments out;
    for (const ExprPtr& arg : call.args) {
        if (typeOf(*arg) != ValueType::Scalar)
            continue;
        HF_TRY(ScalarColumn values, evaluator.scalar(*arg, grid));
        (out.first.empty() ? out.first : out.second) = std::move(values);
    }
    if (call.function->name == "quantile_over_time")
        noteQuantileRange(evaluator.run(), out.first, call.args[0]->position);
    if (call.function->name == "double_exponential_smoothing") {
        HF_CHECK(checkFactor(out.first, "smoothing"));
        HF_CHECK(checkFactor(out.second, "trend"));
    }
    return out;
}

std::vector<std::size_t> fallsOf(std::span<const double> values)
{
    std::vector<std::size_t> out;
    for (std::size_t i = 1; i < values.size(); ++i) {
        if (values[i] < values[i - 1])
            out.push_back(i);
    }
    return out;
}

/// Slides over one series.
class Walker {
public:
    Walker(QueryRun& run, const RangeInput& input, const RangeFunction& function, const Arguments& arguments,
           const Grid& grid)
        : m_run(run), m_input(input), m_function(function), m_arguments(arguments), m_grid(grid)
    {
    }

    /// Whether any step got a value.
    Result<bool> walk(const RangeSeries& series, std::vector<double>& out)
    {
        const std::vector<std::size_t> falls =
            m_function.needsResets ? fallsOf(series.values) : std::vector<std::size_t>{};
        Window window;
        window.range = m_input.range;
        window.seriesValues = series.values;
        std::size_t from = 0;
        std::size_t to = 0;
        std::size_t fallFrom = 0;
        std::size_t fallTo = 0;
        bool any = false;
        for (std::size_t i = 0; i < m_grid.count; ++i) {
            window.end = m_input.windowEnd(m_grid, i);
            while (to < series.times.size() && series.times[to] <= window.end)
                ++to;
            while (from < to && series.times[from] <= window.end - window.range)
                ++from;
            if (from == to)
                continue;
            HF_CHECK(m_run.worked(to - from));
            while (fallTo < falls.size() && falls[fallTo] < to)
                ++fallTo;
            // A fall counts when the sample before it is in the window too.
            while (fallFrom < fallTo && falls[fallFrom] <= from)
                ++fallFrom;
            window.times = series.times.subspan(from, to - from);
            window.values = series.values.subspan(from, to - from);
            window.offset = from;
            window.resets = std::span(falls).subspan(fallFrom, fallTo - fallFrom);
            window.evaluation = m_grid.at(i);
            window.first = m_arguments.first.empty() ? 0 : m_arguments.first[i];
            window.second = m_arguments.second.empty() ? 0 : m_arguments.second[i];
            if (const auto value = m_function.function(window)) {
                out[i] = *value;
                any = true;
            }
        }
        return any;
    }

private:
    QueryRun& m_run;
    const RangeInput& m_input;
    const RangeFunction& m_function;
    const Arguments& m_arguments;
    const Grid& m_grid;
};

bool looksLikeCounter(std::string_view name)
{
    constexpr std::array<std::string_view, 4> endings{"_total", "_sum", "_count", "_bucket"};
    return std::ranges::any_of(endings, [&](std::string_view ending) { return name.ends_with(ending); });
}

/// Source: Prometheus promql/engine.go, rate and increase of a name without a counter's ending.
void noteNonCounter(QueryRun& run, const Call& call, std::string_view metric)
{
    if (metric.empty() || looksLikeCounter(metric))
        return;
    if (call.function->name == "rate" || call.function->name == "increase")
        run.inform("metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "
                       + quotedLabelValue(metric),
                   call.args[0]->position);
}

const Expr* rangeArgument(const Call& call)
{
    for (const ExprPtr& arg : call.args) {
        if (typeOf(*arg) == ValueType::Range)
            return arg.get();
    }
    return nullptr;
}

Result<void> checkEdges(const RangeInput& input, std::string_view function)
{
    constexpr std::array<std::string_view, 5> anchored{"changes", "delta", "increase", "rate", "resets"};
    constexpr std::array<std::string_view, 3> smoothed{"delta", "increase", "rate"};
    if (input.edges == RangeEdges::Anchored && std::ranges::find(anchored, function) == anchored.end())
        return Error{"anchored modifier can only be used with: changes, delta, increase, rate, resets - not with "
                     + std::string(function)};
    if (input.edges == RangeEdges::Smoothed && std::ranges::find(smoothed, function) == smoothed.end())
        return Error{"smoothed modifier can only be used with: delta, increase, rate - not with "
                     + std::string(function)};
    return {};
}

/// anchored and smoothed: the window is looked at together with what lies beyond its edges.
bool walkExtended(const RangeInput& input, std::string_view function, const RangeSeries& series, const Grid& grid,
                  std::int64_t lookback, std::vector<double>& out)
{
    bool any = false;
    for (std::size_t i = 0; i < grid.count; ++i) {
        const std::int64_t end = input.windowEnd(grid, i);
        const std::int64_t start = end - input.range;
        const std::int64_t last = input.edges == RangeEdges::Smoothed ? end + lookback : end;
        const auto from = std::ranges::upper_bound(series.times, start - lookback) - series.times.begin();
        const auto to = std::ranges::upper_bound(series.times, last) - series.times.begin();
        const auto n = static_cast<std::size_t>(to - from);
        const auto value =
            extendedRate(series.times.subspan(static_cast<std::size_t>(from), n),
                         series.values.subspan(static_cast<std::size_t>(from), n), start, end, input.edges, function);
        if (value) {
            out[i] = *value;
            any = true;
        }
    }
    return any;
}

}  // namespace

Result<Table> evaluateRangeCall(Evaluator& evaluator, const Call& call, const RangeFunction& function, const Grid& grid)
{
    QueryRun& run = evaluator.run();
    HF_TRY(const Arguments arguments, scalarArguments(evaluator, call, grid));
    HF_TRY(const RangeInput input, evaluator.range(*rangeArgument(call), grid, call.function->name));
    HF_CHECK(checkEdges(input, call.function->name));
    HF_CHECK(run.reserve(input.series.size(), grid.count));
    Table table;
    table.columns.reserve(input.series.size());
    Walker walker(run, input, function, arguments, grid);
    std::unordered_set<std::string_view> names;
    for (const RangeSeries& series : input.series) {
        HF_CHECK(run.check());
        Column column{series.labels, std::vector<double>(grid.count, absentValue())};
        bool any = false;
        if (input.edges == RangeEdges::Plain) {
            HF_TRY(any, walker.walk(series, column.values));
        } else {
            any = walkExtended(input, call.function->name, series, grid, run.lookbackMs(), column.values);
        }
        if (!any)
            continue;
        names.insert(series.labels->metricName());
        if (!function.keepsName)
            column.labels = withoutName(column.labels);
        table.columns.push_back(std::move(column));
    }
    for (const std::string_view name : names)
        noteNonCounter(run, call, name);
    if (!function.keepsName && names.size() > 1)
        HF_CHECK(joinEqualLabels(table, Overlap::Never));
    return table;
}

Result<Table> evaluateAbsentOverTime(Evaluator& evaluator, const Call& call, const Grid& grid)
{
    HF_TRY(const RangeInput input, evaluator.range(*call.args[0], grid, call.function->name));
    HF_CHECK(checkEdges(input, call.function->name));
    Column column{absentLabels(*call.args[0]), std::vector<double>(grid.count, 1.0)};
    const RangeFunction* present = findRangeFunction("present_over_time");
    const Arguments none;
    Walker walker(evaluator.run(), input, *present, none, grid);
    std::vector<double> found(grid.count, absentValue());
    for (const RangeSeries& series : input.series) {
        HF_CHECK(evaluator.run().check());
        HF_TRY([[maybe_unused]] const bool any, walker.walk(series, found));
    }
    for (std::size_t i = 0; i < grid.count; ++i) {
        if (!isAbsent(found[i]))
            column.values[i] = absentValue();
    }
    Table table;
    table.columns.push_back(std::move(column));
    dropEmptyColumns(table);
    return table;
}

}  // namespace holdfast::promql
