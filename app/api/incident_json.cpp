#include "app/api/incident_json.h"

#include "app/api/control_json.h"

namespace holdfast::api {

void writeEvent(JsonWriter& json, const incident::Event& event)
{
    json.beginObject().integer("id", event.id).integer("at_ms", event.atMs).integer("known_ms", event.knownMs);
    json.text("kind", event.kind).text("service", event.service).text("subject", event.subject);
    json.text("actor", event.actor).text("text", event.text).integer("incident", event.incident);
    json.flag("starred", event.starred).integer("replaces", event.replaces);
    json.key("data").raw(event.dataJson.empty() ? "{}" : event.dataJson).endObject();
}

/// The members of a list line, without the braces.
void writeSummary(JsonWriter& json, const incident::IncidentSummary& summary)
{
    json.integer("id", summary.id).text("title", summary.title).text("state", incidentStateWord(summary.state));
    json.text("severity", severityWord(summary.severity)).integer("opened_ms", summary.openedMs);
    json.integer("acked_ms", summary.ackedMs).integer("ack_until_ms", summary.ackUntilMs);
    json.integer("mitigated_ms", summary.mitigatedMs).integer("resolved_ms", summary.resolvedMs);
    json.integer("closed_ms", summary.closedMs).integer("last_signal_ms", summary.lastSignalMs);
    json.integer("signals", static_cast<std::int64_t>(summary.signals));
    json.integer("firing", static_cast<std::int64_t>(summary.firing));
    json.texts("services", summary.services);
    json.text("origin", summary.origin).text("owner", summary.owner);
    json.integer("overrides", static_cast<std::int64_t>(summary.overrides));
    json.flag("flood", summary.flood).flag("offline", summary.offline);
    json.integer("reopened", static_cast<std::int64_t>(summary.reopened));
    json.integer("merged_into", summary.mergedInto).integer("continues", summary.continues);
}

void writeSignal(JsonWriter& json, const incident::IncidentSignal& signal)
{
    json.beginObject().text("fingerprint", signal.fingerprint).text("alert", signal.alert);
    json.text("service", signal.service).text("severity", signal.severity).text("kind", signal.kind);
    json.text("subject", signal.subject).integer("onset_ms", signal.onsetMs).integer("fired_ms", signal.firedMs);
    json.integer("cleared_ms", signal.clearedMs).text("summary", signal.summary).number("peak", signal.peak);
    json.integer("transitions", signal.transitions).flag("muted", signal.muted);
    json.flag("maybe_unrelated", signal.maybeUnrelated).flag("shelved", signal.shelved);
    json.flag("standing", signal.standing).endObject();
}

void writeDetail(JsonWriter& json, const incident::IncidentDetail& detail)
{
    json.beginObject();
    writeSummary(json, detail.summary);
    json.texts("evidence", detail.evidence);
    json.text("suggestion", detail.suggestion).key("signals_list").beginArray();
    for (const incident::IncidentSignal& signal : detail.signals)
        writeSignal(json, signal);
    json.endArray().key("timeline").beginArray();
    for (const incident::Event& event : detail.timeline)
        writeEvent(json, event);
    json.endArray().key("lanes").beginArray();
    for (const incident::IncidentLane& lane : detail.lanes)
        json.beginObject().text("title", lane.title).text("unit", lane.unit).text("expr", lane.expr).endObject();
    json.endArray().endObject();
}

void writeShelf(JsonWriter& json, const incident::Shelf& shelf)
{
    json.beginObject().integer("id", shelf.id).text("alert", shelf.alert).text("service", shelf.service);
    json.text("actor", shelf.actor).text("reason", shelf.reason).integer("created_ms", shelf.createdMs);
    json.integer("until_ms", shelf.untilMs).flag("until_clear", shelf.untilClear).integer("ended_ms", shelf.endedMs);
    json.text("ended_by", shelf.endedBy).integer("firing", static_cast<std::int64_t>(shelf.firing)).endObject();
}

void writeEffect(JsonWriter& json, const incident::ChangeEffect& effect)
{
    json.beginObject().integer("event", effect.event).integer("at_ms", effect.atMs).text("of", effect.of);
    json.integer("of_id", effect.ofId).integer("of_ms", effect.ofMs).text("service", effect.service);
    json.text("actor", effect.actor).text("what", effect.what).text("state", effect.state);
    json.text("verdict", effect.verdict).text("text", effect.text).text("because", effect.because);
    json.integer("incident", effect.incident);
    writeEffectLines(json, effect.lines);
    json.endObject();
}

}  // namespace holdfast::api
