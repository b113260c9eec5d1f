#include "app/promql/exec/selector.h"

#include <algorithm>
#include <deque>

namespace holdfast::promql {

namespace {

/// The times a selector looks at: each step shifted by offset, or one fixed time for all.
struct Reference {
    bool fixed = false;
    std::int64_t first = 0;
    std::int64_t last = 0;
    std::int64_t offset = 0;
};

Reference referenceOf(const TimeShift& shift, const Grid& grid)
{
    Reference out;
    out.fixed = shift.at.has_value();
    out.offset = shift.offset;
    out.first = (out.fixed ? *shift.at : grid.start) - shift.offset;
    out.last = (out.fixed ? *shift.at : grid.end()) - shift.offset;
    return out;
}

/// Fills one column; both positions only go forwards.
bool fillInstant(Column& column, const store::SeriesView& view, const Grid& grid, const Reference& reference,
                 std::int64_t lookback, SampleField field)
{
    bool any = false;
    std::size_t next = 0;  // first sample after the reference time
    for (std::size_t i = 0; i < grid.count; ++i) {
        const std::int64_t t = reference.fixed ? reference.first : grid.at(i) - reference.offset;
        while (next < view.times.size() && view.times[next] <= t)
            ++next;
        if (next == 0 || view.times[next - 1] <= t - lookback || isStaleMarker(view.values[next - 1]))
            continue;
        any = true;
        column.values[i] =
            field == SampleField::Value ? view.values[next - 1] : static_cast<double>(view.times[next - 1]) / 1000;
    }
    return any;
}

/// smoothed: linear between the samples around each step; the newer one must lie within the look-back too.
/// Source: Prometheus promql/engine.go, smoothed vector selectors (experimental).
bool fillSmoothed(Column& column, const store::SeriesView& view, const Grid& grid, const Reference& reference,
                  std::int64_t lookback)
{
    bool any = false;
    std::size_t next = 0;
    for (std::size_t i = 0; i < grid.count; ++i) {
        const std::int64_t t = reference.fixed ? reference.first : grid.at(i) - reference.offset;
        while (next < view.times.size() && view.times[next] <= t)
            ++next;
        const bool before = next > 0 && view.times[next - 1] > t - lookback && !isStaleMarker(view.values[next - 1]);
        if (!before)
            continue;
        const double left = view.values[next - 1];
        const bool after = next < view.times.size() && view.times[next] <= t + lookback
                           && !isStaleMarker(view.values[next]) && view.times[next - 1] != t;
        any = true;
        column.values[i] = left;
        if (after) {
            const auto gap = static_cast<double>(view.times[next] - view.times[next - 1]);
            const double part = static_cast<double>(t - view.times[next - 1]) / gap;
            column.values[i] = left + (view.values[next] - left) * part;
        }
    }
    return any;
}

/// Owns what had to be copied: series with staleness markers in them, cut out.
struct RangeStorage {
    std::shared_ptr<const void> store;
    std::deque<std::vector<std::int64_t>> times;
    std::deque<std::vector<double>> values;
};

RangeSeries withoutMarkers(const store::SeriesView& view, RangeStorage& storage)
{
    if (std::ranges::none_of(view.values, isStaleMarker))
        return {view.labels, view.times, view.values};
    auto& times = storage.times.emplace_back();
    auto& values = storage.values.emplace_back();
    for (std::size_t i = 0; i < view.times.size(); ++i) {
        if (!isStaleMarker(view.values[i])) {
            times.push_back(view.times[i]);
            values.push_back(view.values[i]);
        }
    }
    return {view.labels, times, values};
}

}  // namespace

Result<Table> readInstant(QueryRun& run, const VectorSelector& selector, const Grid& grid, SampleField field)
{
    const Reference reference = referenceOf(selector.shift, grid);
    const std::int64_t lookback = run.lookbackMs();
    store::SelectHints hints;
    hints.step = grid.count > 1 ? grid.step : 0;
    hints.window = lookback;
    const bool smoothed = selector.edges == RangeEdges::Smoothed;
    const std::int64_t last = reference.last + (smoothed ? lookback : 0);
    HF_TRY(const store::SeriesSet set, run.select(selector.matchers, {reference.first - lookback + 1, last}, hints));
    HF_CHECK(run.reserve(set.series.size(), grid.count));
    Table table;
    table.columns.reserve(set.series.size());
    for (const store::SeriesView& view : set.series) {
        HF_CHECK(run.check());
        Column column{view.labels, std::vector<double>(grid.count, absentValue())};
        if (smoothed ? fillSmoothed(column, view, grid, reference, lookback)
                     : fillInstant(column, view, grid, reference, lookback, field))
            table.columns.push_back(std::move(column));
    }
    return table;
}

Result<RangeInput> readRange(QueryRun& run, const MatrixSelector& selector, const Grid& grid, std::string_view function)
{
    const TimeShift& shift = selector.selector->shift;
    const Reference reference = referenceOf(shift, grid);
    RangeInput input;
    input.range = selector.range;
    input.offset = shift.offset;
    input.fixed = reference.fixed;
    input.fixedEnd = reference.last;
    input.edges = selector.selector->edges;
    store::SelectHints hints;
    hints.step = grid.count > 1 ? grid.step : 0;
    hints.window = selector.range;
    hints.function = function;
    std::int64_t before = selector.range - 1;
    std::int64_t after = 0;
    if (input.edges != RangeEdges::Plain)
        before += run.lookbackMs();
    if (input.edges == RangeEdges::Smoothed)
        after = run.lookbackMs();
    HF_TRY(store::SeriesSet set,
           run.select(selector.selector->matchers, {reference.first - before, reference.last + after}, hints));
    const auto storage = std::make_shared<RangeStorage>();
    storage->store = std::move(set.keepAlive);
    input.series.reserve(set.series.size());
    for (const store::SeriesView& view : set.series)
        input.series.push_back(withoutMarkers(view, *storage));
    input.keepAlive = storage;
    return input;
}

}  // namespace holdfast::promql
