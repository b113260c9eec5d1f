#pragma once

#include "widgets/charts/lane_data.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace holdfast::widgets {

/// What a span of a line was like. Ratios and percentiles are of the grid's points, not of requests.
struct SpanStats {
    std::size_t count = 0;
    double least = 0;
    double mean = 0;
    double median = 0;
    double p95 = 0;
    double most = 0;
};

/// Nothing without a sample in [fromMs, toMs]. O(points in the span).
[[nodiscard]] std::optional<SpanStats> statsOf(const LaneLine& line, std::int64_t fromMs, std::int64_t toMs);

/// The middle nine tenths and the mean of the span.
[[nodiscard]] std::optional<Baseline> baselineOf(const LaneLine& line, std::int64_t fromMs, std::int64_t toMs);

/// For each line, how far it stands from the others: the median over the span of |value − median of all lines| in units
/// of the median absolute deviation of the lines. Larger is farther.
/// Source: Iglewicz and Hoaglin, "How to detect and handle outliers" (1993): distance by MAD, 1.4826 for a normal one.
[[nodiscard]] std::vector<double> madDistances(std::span<const LaneLine> lines, std::int64_t fromMs, std::int64_t toMs);

}  // namespace holdfast::widgets
