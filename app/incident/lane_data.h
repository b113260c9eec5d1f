#pragma once

#include "app/incident/incident.h"
#include "app/model/sample.h"
#include "app/model/time_range.h"
#include "app/promql/engine.h"

#include <string>
#include <vector>

namespace holdfast::incident {

/// The samples of a lane over a span, for a report.
struct LaneSeries {
    std::string name;             ///< labels that tell its series apart; empty for the only one
    std::vector<Sample> samples;  ///< ascending; a gap of more than two steps is a gap in the line
};
struct LaneData {
    IncidentLane lane;
    std::int64_t stepMs = 0;
    std::vector<LaneSeries> series;  ///< at most four
};

/// `points`: samples of a series at most.
[[nodiscard]] std::vector<LaneData> readLanes(const promql::Engine& engine, const std::vector<IncidentLane>& lanes,
                                              TimeRange span, std::int64_t points);

/// What a report draws: from 15 min before the first onset until 10 min after the end, an hour and more where it was
/// long.
[[nodiscard]] TimeRange reportSpan(const IncidentDetail& incident, std::int64_t nowMs);

}  // namespace holdfast::incident
