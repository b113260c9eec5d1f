#pragma once

#include "app/incident/incident.h"

#include <vector>

namespace holdfast::incident {

/// Events as a person reads them: ascending by time of happening, of an edited note the newest version only, of a
/// chattering signal one line, "… – flapping ×14".
[[nodiscard]] std::vector<Event> toldTimeline(std::vector<Event> events, const std::vector<IncidentSignal>& signals);

}  // namespace holdfast::incident
