#pragma once

#include "app/incident/effect_history.h"
#include "app/incident/incident_service.h"
#include "app/incident/review.h"
#include "app/incident/then.h"

#include <string>
#include <vector>

namespace holdfast::incident {

/// What the next person on call has to know of a shift. Times: milliseconds since the epoch.
struct Handover {
    TimeRange span{};
    std::int64_t madeMs = 0;
    std::vector<IncidentSummary> open;  ///< new, acknowledged, mitigated; newest first
    std::vector<IncidentSummary> over;  ///< ended within the shift
    std::vector<OverrideInForce> inForce;
    std::vector<Shelf> shelved;
    std::vector<IncidentSignal> standing;
    std::vector<TargetThen> targetsDown;
    std::vector<Event> watch;           ///< starred events and notes of kind decision, followup, hypothesis
    std::vector<ChangeEffect> effects;  ///< measured within the shift
    AlarmRate alarms;
};

/// All times UTC. HTML: one file without script and network.
[[nodiscard]] std::string handoverMarkdown(const Handover& handover);
[[nodiscard]] std::string handoverHtml(const Handover& handover);

}  // namespace holdfast::incident
