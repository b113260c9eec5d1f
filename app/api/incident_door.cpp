#include "app/api/incident_door.h"

#include "app/api/event_body.h"
#include "app/api/holdfast_answer.h"
#include "app/api/incident_json.h"
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
    return jsonReply([&](JsonWriter& json) { writeDetail(json, *detail); });
}

HttpResponse shelfReply(const Result<incident::Shelf>& shelf)
{
    if (!shelf.ok())
        return errorReply(shelf.error());
    return jsonReply([&](JsonWriter& json) { writeShelf(json, *shelf); });
}

std::vector<std::string> wordsIn(std::string_view text)
{
    std::vector<std::string> out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(','), text.size());
        if (end > 0)
            out.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

Result<incident::IncidentFilter> filterIn(const Form& form)
{
    incident::IncidentFilter out;
    const std::string_view state = form.get("state");
    out.openOnly = state == "open";
    if (!out.openOnly && state != "all")
        out.states = wordsIn(state);
    for (const std::string& word : out.states) {
        if (word != "new" && word != "acked" && word != "mitigated" && word != "resolved" && word != "closed")
            return Error{"state must be open, all, or some of new,acked,mitigated,resolved,closed",
                         ErrorKind::BadInput};
    }
    out.service = form.get("service");
    out.severity = form.get("severity");
    out.text = form.get("q");
    out.startMs = parseInteger(form.get("start")).value_or(0);
    out.endMs = parseInteger(form.get("end")).value_or(INT64_MAX);
    out.limit = boundedLimit(form, 50);
    return out;
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
        const auto filter = filterIn(call.form);
        if (!filter.ok())
            return errorReply(filter.error());
        const auto at = parseInteger(call.form.get("at"));
        const auto found = at ? m_stories.listAt(*filter, *at) : m_incidents.list(*filter);
        if (!found.ok())
            return errorReply(found.error());
        return jsonReply([&](JsonWriter& json) {
            json.beginObject().key("incidents").beginArray();
            for (const incident::IncidentSummary& summary : *found) {
                json.beginObject();
                writeSummary(json, summary);
                json.endObject();
            }
            json.endArray().endObject();
        });
    });
    router.addPrivate("GET", "/holdfast/v1/incidents/*", Lane::Status, [this](const Call& call) {
        const auto at = parseInteger(call.form.get("at"));
        return detailReply(at ? m_stories.detailAt(idIn(call), *at) : m_incidents.detail(idIn(call)));
    });
    router.addPrivate("GET", "/holdfast/v1/shelves", Lane::Status, [this](const Call& call) {
        const auto shelves = m_incidents.shelves(call.form.get("ended") == "1");
        return jsonReply([&](JsonWriter& json) {
            json.beginObject().key("shelves").beginArray();
            for (const incident::Shelf& shelf : shelves)
                writeShelf(json, shelf);
            json.endArray().endObject();
        });
    });
    router.addPrivate("GET", "/holdfast/v1/standing", Lane::Status, [this](const Call&) {
        const auto standing = m_incidents.standing();
        return jsonReply([&](JsonWriter& json) {
            json.beginObject().key("alerts").beginArray();
            for (const incident::IncidentSignal& signal : standing)
                writeSignal(json, signal);
            json.endArray().endObject();
        });
    });
    router.addPrivate("GET", "/holdfast/v1/events", Lane::Status, [this](const Call& call) { return events(call); });
}

void IncidentDoor::addChangingRoutes(Router& router)
{
    router.addPrivate("POST", "/holdfast/v1/incidents", Lane::Change, [this](const Call& call) {
        JsonBody body(call.request.body);
        incident::HandReport report;
        report.service = body.text("service");
        report.text = body.text("text");
        report.actor = body.text("actor");
        report.severity = body.optionalText("severity");
        report.startMs = body.optionalInteger("start_ms").value_or(0);
        report.endMs = body.optionalInteger("end_ms").value_or(0);
        return body.error() ? errorReply(*body.error()) : summaryReply(m_incidents.openByHand(report));
    });
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
    using Service = incident::IncidentService;
    using Summary = Result<incident::IncidentSummary>;
    const auto add = [this, &router](const char* act, auto perform) {
        router.addPrivate("POST", std::string("/holdfast/v1/incidents/*/") + act, Lane::Change,
                          [this, perform](const Call& call) {
                              JsonBody body(call.request.body);
                              const std::string actor = body.text("actor");
                              const auto done = perform(m_incidents, body, idIn(call), actor);
                              return body.error() ? errorReply(*body.error()) : summaryReply(done());
                          });
    };
    // Each reads its fields first and acts only when all of them are there.
    add("resolve", [](Service& incidents, JsonBody&, std::int64_t id, const std::string& actor) {
        return [&incidents, id, actor]() -> Summary { return incidents.resolve(id, actor); };
    });
    add("close", [](Service& incidents, JsonBody&, std::int64_t id, const std::string& actor) {
        return [&incidents, id, actor]() -> Summary { return incidents.close(id, actor); };
    });
    add("mitigated", [](Service& incidents, JsonBody& body, std::int64_t id, const std::string& actor) {
        return [&incidents, id, actor, reason = body.optionalText("reason")]() -> Summary {
            return incidents.mitigate(id, actor, reason);
        };
    });
    add("reopen", [](Service& incidents, JsonBody& body, std::int64_t id, const std::string& actor) {
        return [&incidents, id, actor, reason = body.optionalText("reason")]() -> Summary {
            return incidents.reopen(id, actor, reason);
        };
    });
    add("severity", [](Service& incidents, JsonBody& body, std::int64_t id, const std::string& actor) {
        return [&incidents, id, actor, word = body.text("severity"), reason = body.text("reason")]() -> Summary {
            for (const auto severity : {incident::Severity::Sev1, incident::Severity::Sev2, incident::Severity::Sev3}) {
                if (word == incident::severityWord(severity))
                    return incidents.setSeverity(id, severity, actor, reason);
            }
            return Error{"severity must be sev1, sev2 or sev3", ErrorKind::BadInput};
        };
    });
    add("origin", [](Service& incidents, JsonBody& body, std::int64_t id, const std::string& actor) {
        return [&incidents, id, actor, service = body.text("service")]() -> Summary {
            return incidents.setOrigin(id, service, actor);
        };
    });
    add("merge", [](Service& incidents, JsonBody& body, std::int64_t id, const std::string& actor) {
        return [&incidents, id, actor, other = body.integer("other")]() -> Summary {
            return incidents.merge(id, other, actor);
        };
    });
    add("split", [](Service& incidents, JsonBody& body, std::int64_t id, const std::string& actor) {
        return [&incidents, id, actor, signal = body.text("fingerprint")]() -> Summary {
            return incidents.splitOff(id, signal, actor);
        };
    });
    add("confirm", [](Service& incidents, JsonBody& body, std::int64_t id, const std::string& actor) {
        return [&incidents, id, actor, signal = body.text("fingerprint")]() -> Summary {
            return incidents.confirmSignal(id, signal, actor);
        };
    });
    router.addPrivate("POST", "/holdfast/v1/events/*/star", Lane::Change, [this](const Call& call) {
        JsonBody body(call.request.body);
        const bool starred = body.flag("starred");
        return body.error() ? errorReply(*body.error()) : eventReply(m_incidents.star(idIn(call), starred));
    });
    router.addPrivate("POST", "/holdfast/v1/events/*/edit", Lane::Change, [this](const Call& call) {
        JsonBody body(call.request.body);
        const std::string actor = body.text("actor");
        const std::string text = body.text("text");
        return body.error() ? errorReply(*body.error()) : eventReply(m_incidents.editNote(idIn(call), actor, text));
    });
    router.addPrivate("POST", "/holdfast/v1/shelves", Lane::Change, [this](const Call& call) {
        JsonBody body(call.request.body);
        incident::ShelveRequest request;
        request.alert = body.optionalText("alert");
        request.service = body.optionalText("service");
        request.actor = body.text("actor");
        request.reason = body.text("reason");
        const std::int64_t seconds = body.optionalInteger("for_s").value_or(0);
        request.untilClear = body.flag("until_clear");
        if (body.error())
            return errorReply(*body.error());
        request.forMs = std::clamp<std::int64_t>(seconds, 0, 366LL * 86'400) * 1000;
        return shelfReply(m_incidents.shelve(request));
    });
    router.addPrivate("POST", "/holdfast/v1/shelves/*/end", Lane::Change, [this](const Call& call) {
        JsonBody body(call.request.body);
        const std::string actor = body.text("actor");
        return body.error() ? errorReply(*body.error()) : shelfReply(m_incidents.unshelve(idIn(call), actor));
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
    query.knownMs = parseInteger(call.form.get("known")).value_or(INT64_MAX);
    query.kinds = wordsIn(call.form.get("kind"));
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
    auto events = eventsFromBody(call.request.body, m_clock.wallMs());
    if (!events.ok())
        return errorReply(events.error());
    for (incident::Event& event : *events) {
        const auto id = m_incidents.recordEvent(event);
        if (!id.ok())
            return errorReply(id.error());
        event.id = *id;
    }
    return eventReply(events->back());
}

}  // namespace holdfast::api
