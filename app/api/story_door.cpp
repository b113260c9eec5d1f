#include "app/api/story_door.h"

#include "app/api/holdfast_answer.h"
#include "app/api/incident_json.h"
#include "app/api/parameters.h"

#include <algorithm>
#include <optional>

namespace holdfast::api {

namespace {

constexpr std::int64_t kHourMs = 3'600'000;
constexpr std::int64_t kDayMs = 24 * kHourMs;

/// As it was known then; nothing: now.
std::optional<std::int64_t> momentOf(const Call& call)
{
    return parseInteger(call.form.get("at"));
}

void writeDurations(JsonWriter& json, std::string_view name, const incident::Durations& durations)
{
    json.key(name).beginObject().integer("count", static_cast<std::int64_t>(durations.count));
    json.integer("median", durations.median).integer("p90", durations.p90).endObject();
}

void writeAlarms(JsonWriter& json, const incident::AlarmRate& alarms)
{
    json.key("alarms").beginObject().integer("total", static_cast<std::int64_t>(alarms.total));
    json.number("per_10min", alarms.per10Min).integer("worst_10min", static_cast<std::int64_t>(alarms.worst10Min));
    json.integer("worst_ms", alarms.worstMs).integer("floods", static_cast<std::int64_t>(alarms.floods));
    json.text("judgement", alarms.judgement).endObject();
}

void writeReview(JsonWriter& json, const incident::Review& review)
{
    const auto count = [](std::size_t value) { return static_cast<std::int64_t>(value); };
    json.beginObject().integer("start_ms", review.span.start).integer("end_ms", review.span.end);
    json.integer("incidents", count(review.incidents));
    writeDurations(json, "acknowledge_ms", review.acknowledge);
    writeDurations(json, "mitigate_ms", review.mitigate);
    writeDurations(json, "resolve_ms", review.resolve);
    json.integer("pages", count(review.pages)).number("pages_per_shift", review.pagesPerShift);
    json.number("pages_per_shift_limit", incident::kPagesPerShiftLimit);
    json.integer("self_healed", count(review.selfHealed)).number("self_healed_ratio", review.selfHealedRatio);
    json.number("signals_per_incident", review.signalsPerIncident).integer("reopened", count(review.reopened));
    json.integer("overrides_expired", count(review.overridesExpired));
    json.integer("overrides_reverted", count(review.overridesReverted));
    writeAlarms(json, review.alarms);
    json.key("per_day").beginArray();
    for (const incident::DayCount& day : review.perDay)
        json.beginObject()
            .integer("day_ms", day.dayMs)
            .integer("incidents", count(day.incidents))
            .integer("pages", count(day.pages))
            .integer("alarms", count(day.alarms))
            .endObject();
    json.endArray().endObject();
}

void writeSummaries(JsonWriter& json, std::string_view name, const std::vector<incident::IncidentSummary>& incidents)
{
    json.key(name).beginArray();
    for (const auto& summary : incidents) {
        json.beginObject();
        writeSummary(json, summary);
        json.endObject();
    }
    json.endArray();
}

void writeHandover(JsonWriter& json, const incident::Handover& handover)
{
    json.beginObject().integer("start_ms", handover.span.start).integer("end_ms", handover.span.end);
    json.integer("made_ms", handover.madeMs);
    writeSummaries(json, "open", handover.open);
    writeSummaries(json, "over", handover.over);
    json.key("in_force").beginArray();
    for (const auto& one : handover.inForce)
        json.beginObject()
            .text("service", one.service)
            .text("control", one.control)
            .text("text", one.text)
            .integer("until_ms", one.untilMs)
            .endObject();
    json.endArray().key("shelved").beginArray();
    for (const auto& shelf : handover.shelved)
        writeShelf(json, shelf);
    json.endArray().key("standing").beginArray();
    for (const auto& signal : handover.standing)
        writeSignal(json, signal);
    json.endArray().key("targets_down").beginArray();
    for (const auto& target : handover.targetsDown)
        json.beginObject().text("job", target.job).text("instance", target.instance).endObject();
    json.endArray().key("watch").beginArray();
    for (const auto& event : handover.watch)
        writeEvent(json, event);
    json.endArray().key("effects").beginArray();
    for (const auto& effect : handover.effects)
        writeEffect(json, effect);
    json.endArray();
    writeAlarms(json, handover.alarms);
    json.endObject();
}

HttpResponse fileReply(const incident::StoryFile& file)
{
    return {.status = 200,
            .body = file.bytes,
            .contentType = file.contentType,
            .headers = {{"Content-Disposition", "attachment; filename=\"" + file.name + "\""}}};
}

}  // namespace

void StoryDoor::addRoutes(Router& router)
{
    router.addPrivate("GET", "/holdfast/v1/incidents/*/similar", Lane::Status,
                      [this](const Call& call) { return similar(call); });
    // Reports read many samples: not on the lane that answers the status page.
    router.addPrivate("GET", "/holdfast/v1/incidents/*/export", Lane::Query,
                      [this](const Call& call) { return exported(call); });
    router.addPrivate("GET", "/holdfast/v1/handover", Lane::Query, [this](const Call& call) { return handover(call); });
    router.addPrivate("GET", "/holdfast/v1/review", Lane::Query, [this](const Call& call) { return review(call); });
    router.addPrivate("GET", "/holdfast/v1/effects", Lane::Status, [this](const Call& call) { return effects(call); });
}

HttpResponse StoryDoor::similar(const Call& call) const
{
    const auto found = m_stories.similar(parseInteger(call.at(0)).value_or(-1), momentOf(call));
    if (!found.ok())
        return errorReply(found.error());
    return jsonReply([&](JsonWriter& json) {
        json.beginObject().key("similar").beginArray();
        for (const auto& one : *found) {
            json.beginObject().integer("id", one.id).text("title", one.title).integer("opened_ms", one.openedMs);
            json.integer("resolved_ms", one.resolvedMs).integer("score", one.score);
            json.texts("why", one.why);
            json.key("done").beginArray();
            for (const auto& deed : one.done)
                json.beginObject()
                    .integer("at_ms", deed.atMs)
                    .text("text", deed.text)
                    .text("effect", deed.effect)
                    .endObject();
            json.endArray().endObject();
        }
        json.endArray().endObject();
    });
}

HttpResponse StoryDoor::effects(const Call& call) const
{
    incident::EffectQuery query;
    query.service = call.form.get("service");
    query.startMs = parseInteger(call.form.get("start")).value_or(0);
    query.endMs = parseInteger(call.form.get("end")).value_or(INT64_MAX);
    query.incident = parseInteger(call.form.get("incident"));
    query.knownMs = momentOf(call).value_or(INT64_MAX);
    query.limit =
        static_cast<std::size_t>(std::clamp<std::int64_t>(parseInteger(call.form.get("limit")).value_or(50), 1, 1000));
    const auto found = m_stories.effects(query);
    if (!found.ok())
        return errorReply(found.error());
    return jsonReply([&](JsonWriter& json) {
        json.beginObject().key("effects").beginArray();
        for (const auto& effect : *found)
            writeEffect(json, effect);
        json.endArray().endObject();
    });
}

HttpResponse StoryDoor::review(const Call& call) const
{
    const std::int64_t days = parseInteger(call.form.get("days")).value_or(30);
    const std::int64_t shift = parseInteger(call.form.get("shift_h")).value_or(12);
    if (days < 1 || days > 366 || shift < 1 || shift > 168)
        return errorReply(Error{"days must be 1 to 366 and shift_h 1 to 168", ErrorKind::BadInput});
    const std::int64_t end = parseInteger(call.form.get("end")).value_or(momentOf(call).value_or(m_clock.wallMs()));
    const auto made = m_stories.reviewOf({end - days * kDayMs, end}, shift * kHourMs, momentOf(call));
    if (!made.ok())
        return errorReply(made.error());
    return jsonReply([&](JsonWriter& json) { writeReview(json, *made); });
}

HttpResponse StoryDoor::handover(const Call& call) const
{
    const std::int64_t end = parseInteger(call.form.get("end")).value_or(momentOf(call).value_or(m_clock.wallMs()));
    const std::int64_t start = parseInteger(call.form.get("start")).value_or(end - 12 * kHourMs);
    const std::string_view format = call.form.get("format");
    if (start >= end || end - start > 31 * kDayMs)
        return errorReply(Error{"a shift begins before it ends and lasts a month at most", ErrorKind::BadInput});
    if (!format.empty() && format != "json" && format != "md" && format != "html")
        return errorReply(Error{"format must be md, html or json", ErrorKind::BadInput});
    const auto made = m_stories.handover({start, end}, momentOf(call));
    if (!made.ok())
        return errorReply(made.error());
    if (format == "md")
        return {.status = 200,
                .body = handoverMarkdown(*made),
                .contentType = "text/markdown; charset=utf-8",
                .headers = {}};
    if (format == "html")
        return {.status = 200, .body = handoverHtml(*made), .contentType = "text/html; charset=utf-8", .headers = {}};
    return jsonReply([&](JsonWriter& json) { writeHandover(json, *made); });
}

HttpResponse StoryDoor::exported(const Call& call) const
{
    const auto redaction = incident::parseRedaction(call.form.get("redact"), call.form.all("pattern"));
    if (!redaction.ok())
        return errorReply(redaction.error());
    const std::string_view asked = call.form.get("format");
    const std::string_view format = asked.empty() ? std::string_view("md") : asked;
    const auto file = m_stories.exportAs(parseInteger(call.at(0)).value_or(-1), format, *redaction, momentOf(call));
    if (!file.ok())
        return errorReply(file.error());
    if (call.form.get("preview") != "1")
        return fileReply(*file);
    return jsonReply([&](JsonWriter& json) {
        json.beginObject().text("name", file->name).integer("bytes", static_cast<std::int64_t>(file->bytes.size()));
        json.key("replacements").beginArray();
        for (const auto& one : file->replacements)
            json.beginObject()
                .text("kind", one.kind)
                .text("text", one.text)
                .text("with", one.with)
                .integer("times", static_cast<std::int64_t>(one.times))
                .endObject();
        json.endArray().endObject();
    });
}

}  // namespace holdfast::api
