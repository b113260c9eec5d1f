#include "app/api/incident_door.h"

#include "app/api/holdfast_answer.h"
#include "app/api/json_body.h"
#include "app/api/parameters.h"

#include <algorithm>
#include <string>
#include <vector>

namespace holdfast::api {

namespace {

constexpr std::int64_t kMostRows = 5000;
constexpr std::int64_t kAckSeconds = 1800;

std::size_t boundedLimit(const Form& form, std::int64_t otherwise)
{
    return static_cast<std::size_t>(
        std::clamp<std::int64_t>(parseInteger(form.get("limit")).value_or(otherwise), 1, kMostRows));
}

std::int64_t idIn(const Call& call)
{
    return parseInteger(call.at(0)).value_or(-1);
}

void writeTexts(JsonWriter& json, std::string_view name, const std::vector<std::string>& texts)
{
    json.key(name).beginArray();
    for (const std::string& text : texts)
        json.string(text);
    json.endArray();
}

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
    writeTexts(json, "services", summary.services);
    json.text("origin", summary.origin).text("owner", summary.owner);
    json.integer("overrides", static_cast<std::int64_t>(summary.overrides));
}

void writeSignal(JsonWriter& json, const incident::IncidentSignal& signal)
{
    json.beginObject().text("fingerprint", signal.fingerprint).text("alert", signal.alert);
    json.text("service", signal.service).text("severity", signal.severity).text("kind", signal.kind);
    json.text("subject", signal.subject).integer("onset_ms", signal.onsetMs).integer("fired_ms", signal.firedMs);
    json.integer("cleared_ms", signal.clearedMs).text("summary", signal.summary).number("peak", signal.peak);
    json.flag("muted", signal.muted).flag("maybe_unrelated", signal.maybeUnrelated).endObject();
}

HttpResponse summaryReply(const Result<incident::IncidentSummary>& summary)
{
    if (!summary.ok())
        return errorReply(summary.error());
    return jsonReply([&](JsonWriter& json) {
        json.beginObject();
        writeSummary(json, *summary);
        json.endObject();
    });
}

HttpResponse detailReply(const Result<incident::IncidentDetail>& detail)
{
    if (!detail.ok())
        return errorReply(detail.error());
    return jsonReply([&](JsonWriter& json) {
        json.beginObject();
        writeSummary(json, detail->summary);
        writeTexts(json, "evidence", detail->evidence);
        json.text("suggestion", detail->suggestion).key("signals_list").beginArray();
        for (const incident::IncidentSignal& signal : detail->signals)
            writeSignal(json, signal);
        json.endArray().key("timeline").beginArray();
        for (const incident::Event& event : detail->timeline)
            writeEvent(json, event);
        json.endArray().key("lanes").beginArray();
        for (const incident::IncidentLane& lane : detail->lanes)
            json.beginObject().text("title", lane.title).text("unit", lane.unit).text("expr", lane.expr).endObject();
        json.endArray().endObject();
    });
}

HttpResponse eventReply(const Result<incident::Event>& event)
{
    if (!event.ok())
        return errorReply(event.error());
    return jsonReply([&](JsonWriter& json) { writeEvent(json, *event); });
}

}  // namespace

void IncidentDoor::addRoutes(Router& router)
{
    addReadingRoutes(router);
    addChangingRoutes(router);
}

void IncidentDoor::addReadingRoutes(Router& router)
{
    router.addPrivate("GET", "/holdfast/v1/incidents", Lane::Status, [this](const Call& call) {
        const std::string_view state = call.form.get("state");
        if (!state.empty() && state != "open" && state != "all")
            return errorReply(Error{"state must be open or all", ErrorKind::BadInput});
        const auto list = m_incidents.list(state == "open", boundedLimit(call.form, 50));
        return jsonReply([&](JsonWriter& json) {
            json.beginObject().key("incidents").beginArray();
            for (const incident::IncidentSummary& summary : list) {
                json.beginObject();
                writeSummary(json, summary);
                json.endObject();
            }
            json.endArray().endObject();
        });
    });
    router.addPrivate("GET", "/holdfast/v1/incidents/*", Lane::Status,
                      [this](const Call& call) { return detailReply(m_incidents.detail(idIn(call))); });
    router.addPrivate("GET", "/holdfast/v1/incidents/*/export", Lane::Status, [this](const Call& call) {
        if (const std::string_view format = call.form.get("format"); !format.empty() && format != "md")
            return errorReply(Error{"format must be md", ErrorKind::BadInput});
        const auto text = m_incidents.exportMarkdown(idIn(call));
        if (!text.ok())
            return errorReply(text.error());
        return HttpResponse{.status = 200, .body = *text, .contentType = "text/markdown; charset=utf-8", .headers = {}};
    });
    router.addPrivate("GET", "/holdfast/v1/events", Lane::Status, [this](const Call& call) { return events(call); });
}

void IncidentDoor::addChangingRoutes(Router& router)
{
    router.addPrivate("POST", "/holdfast/v1/incidents/*/ack", Lane::Change, [this](const Call& call) {
        JsonBody body(call.request.body);
        const std::string actor = body.text("actor");
        const std::int64_t seconds = body.optionalInteger("for_s").value_or(kAckSeconds);
        return body.error() ? errorReply(*body.error())
                            : summaryReply(m_incidents.acknowledge(idIn(call), actor, seconds * 1000));
    });
    router.addPrivate("POST", "/holdfast/v1/incidents/*/note", Lane::Change, [this](const Call& call) {
        JsonBody body(call.request.body);
        const std::string actor = body.text("actor");
        const std::string text = body.text("text");
        const bool starred = body.flag("starred");
        return body.error() ? errorReply(*body.error())
                            : eventReply(m_incidents.note(idIn(call), actor, text, starred));
    });
    router.addPrivate("POST", "/holdfast/v1/incidents/*/resolve", Lane::Change, [this](const Call& call) {
        JsonBody body(call.request.body);
        const std::string actor = body.text("actor");
        return body.error() ? errorReply(*body.error()) : summaryReply(m_incidents.resolve(idIn(call), actor));
    });
    router.addPrivate("POST", "/holdfast/v1/incidents/*/close", Lane::Change, [this](const Call& call) {
        JsonBody body(call.request.body);
        const std::string actor = body.text("actor");
        return body.error() ? errorReply(*body.error()) : summaryReply(m_incidents.close(idIn(call), actor));
    });
    router.addPrivate("POST", "/holdfast/v1/events", Lane::Change,
                      [this](const Call& call) { return recordEvent(call); });
}

HttpResponse IncidentDoor::events(const Call& call) const
{
    incident::EventQuery query;
    query.startMs = parseInteger(call.form.get("start")).value_or(0);
    query.endMs = parseInteger(call.form.get("end")).value_or(INT64_MAX);
    query.service = std::string(call.form.get("service"));
    query.incident = parseInteger(call.form.get("incident"));
    query.limit = boundedLimit(call.form, 500);
    const auto found = m_incidents.events(query);
    if (!found.ok())
        return errorReply(found.error());
    return jsonReply([&](JsonWriter& json) {
        json.beginObject().key("events").beginArray();
        for (const incident::Event& event : *found)
            writeEvent(json, event);
        json.endArray().endObject();
    });
}

HttpResponse IncidentDoor::recordEvent(const Call& call)
{
    JsonBody body(call.request.body);
    incident::Event event;
    event.kind = body.text("kind");
    event.service = body.optionalText("service");
    event.subject = body.optionalText("subject");
    event.text = body.text("text");
    event.actor = body.optionalText("actor");
    event.knownMs = m_clock.wallMs();
    event.atMs = body.optionalInteger("at_ms").value_or(0);
    if (event.atMs == 0)
        event.atMs = event.knownMs;
    if (body.error())
        return errorReply(*body.error());
    const auto id = m_incidents.recordEvent(event);
    if (!id.ok())
        return errorReply(id.error());
    event.id = *id;
    return eventReply(event);
}

}  // namespace holdfast::api
