#include "app/incident/event.h"
#include "app/incident/incident.h"

#include <algorithm>
#include <array>

namespace holdfast::incident {

bool isEventKind(std::string_view kind)
{
    constexpr std::array<std::string_view, 18> kKinds{
        "alert_on",       "alert_off", "breaker", "flag", "action", "readback", "effect", "override_end", "drift",
        "foreign_change", "deploy",    "restart", "note", "ack",    "state",    "target", "scrape_gap",   "clock_skew"};
    return std::ranges::find(kKinds, kind) != kKinds.end();
}

const char* incidentStateWord(IncidentState state)
{
    switch (state) {
    case IncidentState::New: return "new";
    case IncidentState::Acked: return "acked";
    case IncidentState::Mitigated: return "mitigated";
    case IncidentState::Resolved: return "resolved";
    case IncidentState::Closed: return "closed";
    }
    return "new";
}

const char* severityWord(Severity severity)
{
    switch (severity) {
    case Severity::Sev1: return "sev1";
    case Severity::Sev2: return "sev2";
    case Severity::Sev3: return "sev3";
    }
    return "sev2";
}

}  // namespace holdfast::incident
