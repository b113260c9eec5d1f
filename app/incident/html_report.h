#pragma once

#include "app/incident/effect_history.h"
#include "app/incident/incident.h"
#include "app/incident/lane_data.h"

#include <string>
#include <vector>

namespace holdfast::incident {

inline constexpr std::size_t kMostHtmlBytes = 2U << 20U;

/// An incident as one HTML file that needs nothing else: no script, no network, a Content-Security-Policy that forbids
/// both; lanes as inline SVG on one axis with before/after bands, tables, the data once more as JSON in a <template>, a
/// style for paper. At most 2 MiB: what does not fit is left out of tables and JSON first, and that is said.
[[nodiscard]] std::string incidentHtml(const IncidentDetail& incident, const std::vector<LaneData>& lanes,
                                       TimeRange span, const std::vector<ChangeEffect>& effects, std::int64_t nowMs);

}  // namespace holdfast::incident
