#include "app/incident/service_words.h"

#include <algorithm>

namespace holdfast::incident {

IncidentSummary summaryOf(const Record& record, const std::vector<OverrideInForce>& overrides)
{
    IncidentSummary out;
    out.id = record.id;
    out.title = record.title;
    out.state = record.state;
    out.severity = record.severity;
    out.openedMs = record.openedMs;
    out.ackedMs = record.ackedMs;
    out.mitigatedMs = record.mitigatedMs;
    out.resolvedMs = record.resolvedMs;
    out.closedMs = record.closedMs;
    out.ackUntilMs = record.ackUntilMs;
    out.lastSignalMs = record.lastSignalMs;
    out.signals = record.signals.size();
    out.firing = record.firing();
    for (const auto& [service, onset] : record.onsets)
        out.services.push_back(service);
    out.origin = record.origin;
    out.owner = record.owner;
    out.flood = record.floodUntilMs != 0;
    out.offline = record.offline;
    out.reopened = record.reopened;
    out.mergedInto = record.mergedInto;
    out.continues = record.continues;
    if (record.isOpen())
        out.overrides = static_cast<std::size_t>(std::ranges::count_if(
            overrides, [&](const OverrideInForce& o) { return record.onsets.contains(o.service); }));
    return out;
}

Error noIncident(std::int64_t id)
{
    return {.message = "there is no incident " + std::to_string(id), .kind = ErrorKind::NotFound};
}

Error overAlready(const Record& record)
{
    return {.message = "INC-" + std::to_string(record.id) + " is " + incidentStateWord(record.state) + " already",
            .kind = ErrorKind::Conflict};
}

Result<void> checkActor(std::string_view actor)
{
    if (actor.empty() || actor.size() > 200)
        return Error{.message = "who does it? an actor of at most 200 bytes is needed", .kind = ErrorKind::BadInput};
    return {};
}

Event eventOf(const Record& record, std::int64_t now, const char* kind, std::string_view actor, std::string text)
{
    Event out;
    out.atMs = now;
    out.knownMs = now;
    out.kind = kind;
    out.service = record.origin;
    out.subject = incidentStateWord(record.state);
    out.actor = actor;
    out.text = std::move(text);
    out.incident = record.id;
    return out;
}

}  // namespace holdfast::incident
