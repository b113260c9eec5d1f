#include "app/incident/lane_data.h"

#include <algorithm>
#include <cmath>
#include <variant>

namespace holdfast::incident {

namespace {

constexpr std::size_t kMostSeries = 4;
constexpr std::int64_t kShortestStepMs = 2000;
constexpr std::int64_t kFreshMs = 30'000;  // two of the longest intervals at which signals are written

std::string nameOf(const LabelSet& labels)
{
    std::string out;
    for (const auto& label : labels) {
        if (label.name == kMetricName || label.name == "service" || label.name == "quantile")
            continue;
        out += (out.empty() ? "" : ", ") + label.name + "=" + label.value;
    }
    return out;
}

}  // namespace

TimeRange reportSpan(const IncidentDetail& incident, std::int64_t nowMs)
{
    std::int64_t first = incident.summary.openedMs;
    for (const auto& signal : incident.signals)
        first = std::min(first, signal.onsetMs);
    const std::int64_t end = std::min(incident.summary.resolvedMs.value_or(nowMs), nowMs);
    return {first - 900'000, std::max(std::min(end + 600'000, nowMs), first + 1000)};
}

std::vector<LaneData> readLanes(const promql::Engine& engine, const std::vector<IncidentLane>& lanes, TimeRange span,
                                std::int64_t points)
{
    std::vector<LaneData> out;
    for (const auto& lane : lanes) {
        LaneData data{.lane = lane,
                      .stepMs = std::max(kShortestStepMs, (span.end - span.start) / std::max<std::int64_t>(points, 2)),
                      .series = {}};
        data.stepMs = (data.stepMs + 999) / 1000 * 1000;
        // A value is drawn as long as it was fresh: the usual look-back of five minutes would hide gaps.
        const promql::QueryContext context{
            .cancelled = {}, .timeoutMs = 0, .lookbackMs = std::max(2 * data.stepMs, kFreshMs)};
        const auto result = engine.range(lane.expr, span.start, span.end, data.stepMs, context);
        const auto* matrix = result.ok() ? std::get_if<promql::Matrix>(&result->value) : nullptr;
        for (std::size_t i = 0; matrix && i < std::min(matrix->size(), kMostSeries); ++i) {
            LaneSeries series{.name = matrix->size() > 1 ? nameOf(*(*matrix)[i].labels) : std::string(), .samples = {}};
            for (const Sample& sample : (*matrix)[i].samples) {
                if (std::isfinite(sample.v))
                    series.samples.push_back(sample);
            }
            if (!series.samples.empty())
                data.series.push_back(std::move(series));
        }
        out.push_back(std::move(data));
    }
    return out;
}

}  // namespace holdfast::incident
