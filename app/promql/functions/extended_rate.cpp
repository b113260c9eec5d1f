#include "app/promql/functions/range_function.h"

#include <algorithm>

namespace holdfast::promql {

namespace {

/// Linear between two samples; a counter that falls is taken to have started from 0 right after the first.
double between(std::int64_t t, std::int64_t t1, double v1, std::int64_t t2, double v2, bool counter)
{
    if (counter && v2 < v1)
        v1 = 0;
    const double part = static_cast<double>(t - t1) / static_cast<double>(t2 - t1);
    return v1 + (v2 - v1) * part;
}

}  // namespace

std::optional<double> extendedRate(std::span<const std::int64_t> times, std::span<const double> values,
                                   std::int64_t start, std::int64_t end, RangeEdges edges, std::string_view function)
{
    const bool counter = function == "rate" || function == "increase";
    const auto firstInside =
        static_cast<std::size_t>(std::ranges::upper_bound(times, start) - times.begin());  // first t > start
    const auto afterEnd = static_cast<std::size_t>(std::ranges::upper_bound(times, end) - times.begin());
    std::vector<double> points;
    if (edges == RangeEdges::Anchored) {
        // The value at the left edge is the newest one before it, or the first one inside.
        if (firstInside == afterEnd)
            return std::nullopt;
        if (firstInside > 0)
            points.push_back(values[firstInside - 1]);
        else
            points.push_back(values[firstInside]);
        for (std::size_t i = firstInside; i < afterEnd; ++i)
            points.push_back(values[i]);
    } else {
        if (times.empty() || times.front() > end || (firstInside == times.size() && times.back() <= start))
            return std::nullopt;
        if (firstInside > 0 && firstInside < times.size() && times[firstInside - 1] != start)
            points.push_back(between(start, times[firstInside - 1], values[firstInside - 1], times[firstInside],
                                     values[firstInside], counter));
        else if (firstInside > 0)
            points.push_back(values[firstInside - 1]);
        for (std::size_t i = firstInside; i < afterEnd; ++i)
            points.push_back(values[i]);
        const bool endOnSample = afterEnd > 0 && times[afterEnd - 1] == end;
        if (!endOnSample && afterEnd > 0 && afterEnd < times.size())
            points.push_back(
                between(end, times[afterEnd - 1], values[afterEnd - 1], times[afterEnd], values[afterEnd], counter));
        if (points.empty())
            return std::nullopt;
    }
    if (function == "changes" || function == "resets") {
        double count = 0;
        for (std::size_t i = 1; i < points.size(); ++i) {
            if (function == "resets" ? points[i] < points[i - 1] : points[i] != points[i - 1])
                count += 1;
        }
        return count;
    }
    double change = points.back() - points.front();
    if (counter) {
        for (std::size_t i = 1; i < points.size(); ++i) {
            if (points[i] < points[i - 1])
                change += points[i - 1];
        }
    }
    if (function == "rate")
        change /= static_cast<double>(end - start) / 1000;
    return change;
}

}  // namespace holdfast::promql
