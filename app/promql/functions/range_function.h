#pragma once

#include "app/promql/exec/selector.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace holdfast::promql {

/// Where a counter fell, found once a series, so that a window's resets cost a search and not a scan.
struct CounterResets {
    std::vector<std::size_t> at;  ///< indexes i with values[i] < values[i-1], ascending
};

/// One window of one series. The samples lie in (end - range, end]; there is at least one.
struct Window {
    std::span<const std::int64_t> times;
    std::span<const double> values;
    std::int64_t end = 0;         ///< ms
    std::int64_t range = 0;       ///< ms
    std::int64_t evaluation = 0;  ///< ms; differs from `end` by offset and @
    double first = 0;             ///< scalar arguments at this step
    double second = 0;
    std::span<const std::size_t> resets;  ///< of the series, those within the window; indexes are the series'
    std::size_t offset = 0;               ///< index of the window's first sample in the series
    std::span<const double> seriesValues;
};

using WindowFunction = std::optional<double> (*)(const Window&);

struct RangeFunction {
    std::string_view name;
    WindowFunction function;
    bool keepsName = false;
    bool needsResets = false;
};

/// Nothing for a name that is no function of a range vector (absent_over_time is none of these).
[[nodiscard]] const RangeFunction* findRangeFunction(std::string_view name);

/// rate, increase and delta over samples that are those of the window and, with anchored or smoothed, beyond it.
/// Source: Prometheus promql/functions.go, extendedRate.
[[nodiscard]] std::optional<double> extendedRate(std::span<const std::int64_t> times, std::span<const double> values,
                                                 std::int64_t start, std::int64_t end, RangeEdges edges,
                                                 std::string_view function);

}  // namespace holdfast::promql
