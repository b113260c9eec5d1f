#pragma once

#include "app/promql/exec/query_run.h"
#include "app/promql/exec/table.h"

#include <memory>
#include <string_view>

namespace holdfast::promql {

/// The newest sample at or before each step, no older than the look-back (left-open), gone where a staleness marker
/// is newest. `timestamps`: seconds of the sample instead of its value.
/// Source: Prometheus promql/engine.go, vectorSelectorSingle.
enum class SampleField { Value, Timestamp };
[[nodiscard]] Result<Table> readInstant(QueryRun& run, const VectorSelector& selector, const Grid& grid,
                                        SampleField field);

/// What a range function works on: series, and where each step's window lies. A window is (end - range, end].
struct RangeInput {
    std::vector<RangeSeries> series;
    std::int64_t range = 0;
    std::int64_t offset = 0;
    bool fixed = false;  ///< @: every step has the window of `fixedEnd`
    std::int64_t fixedEnd = 0;
    RangeEdges edges = RangeEdges::Plain;
    std::shared_ptr<const void> keepAlive;

    [[nodiscard]] std::int64_t windowEnd(const Grid& grid, std::size_t i) const
    {
        return fixed ? fixedEnd : grid.at(i) - offset;
    }
};
[[nodiscard]] Result<RangeInput> readRange(QueryRun& run, const MatrixSelector& selector, const Grid& grid,
                                           std::string_view function);

}  // namespace holdfast::promql
