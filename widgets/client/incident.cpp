#include "widgets/client/incident.h"

#include "widgets/client/json_fields.h"

namespace holdfast::widgets {

namespace {

Event readEvent(const QJsonObject& object)
{
    return {.id = intField(object, "id"),
            .atMs = intField(object, "at_ms"),
            .knownMs = intField(object, "known_ms"),
            .kind = textField(object, "kind"),
            .service = textField(object, "service"),
            .subject = textField(object, "subject"),
            .actor = textField(object, "actor"),
            .text = textField(object, "text"),
            .incident = optionalIntField(object, "incident"),
            .starred = boolField(object, "starred")};
}

Incident readIncident(const QJsonObject& object)
{
    return {.id = intField(object, "id"),
            .title = textField(object, "title"),
            .state = textField(object, "state"),
            .severity = textField(object, "severity"),
            .openedMs = intField(object, "opened_ms"),
            .ackedMs = optionalIntField(object, "acked_ms"),
            .resolvedMs = optionalIntField(object, "resolved_ms"),
            .lastSignalMs = intField(object, "last_signal_ms"),
            .signalCount = intField(object, "signals"),
            .services = textList(object, "services"),
            .origin = textField(object, "origin"),
            .owner = textField(object, "owner"),
            .overrides = intField(object, "overrides"),
            .firing = intField(object, "firing"),
            .ackUntilMs = optionalIntField(object, "ack_until_ms"),
            .mitigatedMs = optionalIntField(object, "mitigated_ms"),
            .closedMs = optionalIntField(object, "closed_ms"),
            .flood = boolField(object, "flood"),
            .offline = boolField(object, "offline"),
            .reopened = intField(object, "reopened"),
            .mergedInto = optionalIntField(object, "merged_into"),
            .continues = optionalIntField(object, "continues")};
}

}  // namespace

IncidentSignal readIncidentSignal(const QJsonObject& object)
{
    return {.alert = textField(object, "alert"),
            .service = textField(object, "service"),
            .severity = textField(object, "severity"),
            .onsetMs = intField(object, "onset_ms"),
            .firedMs = intField(object, "fired_ms"),
            .clearedMs = optionalIntField(object, "cleared_ms"),
            .summary = textField(object, "summary"),
            .peak = numberField(object, "peak"),
            .fingerprint = textField(object, "fingerprint"),
            .kind = textField(object, "kind"),
            .transitions = intField(object, "transitions"),
            .muted = boolField(object, "muted"),
            .maybeUnrelated = boolField(object, "maybe_unrelated"),
            .shelved = boolField(object, "shelved"),
            .standing = boolField(object, "standing")};
}

Result<EventList> decodeEvents(const QByteArray& body)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    return EventList{objectList<Event>(root, "events", readEvent)};
}

Result<IncidentList> decodeIncidents(const QByteArray& body)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    return IncidentList{objectList<Incident>(root, "incidents", readIncident)};
}

Result<IncidentDetail> decodeIncident(const QByteArray& body)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    IncidentDetail detail;
    detail.incident = readIncident(root);
    detail.evidence = textList(root, "evidence");
    detail.suggestion = textField(root, "suggestion");
    detail.signalList = objectList<IncidentSignal>(root, "signals_list", readIncidentSignal);
    detail.timeline = objectList<Event>(root, "timeline", readEvent);
    detail.lanes = objectList<IncidentLane>(root, "lanes", [](const QJsonObject& lane) {
        return IncidentLane{textField(lane, "title"), textField(lane, "unit"), textField(lane, "expr")};
    });
    return detail;
}

}  // namespace holdfast::widgets
