#pragma once

#include "app/incident/effect_history.h"
#include "app/incident/incident.h"

#include <string>
#include <vector>

namespace holdfast::incident {

/// The story of an incident for a ticket, in the order of a post-mortem: summary, impact, timeline, origin and
/// evidence, what helped, follow-ups. All times UTC. Text of people and services is escaped.
/// `nowMs`: for how long it lasts if it still does.
[[nodiscard]] std::string incidentMarkdown(const IncidentDetail& incident, const std::vector<ChangeEffect>& effects,
                                           std::int64_t nowMs);

}  // namespace holdfast::incident
