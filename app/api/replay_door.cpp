#include "app/api/replay_door.h"

#include "app/api/control_json.h"
#include "app/api/holdfast_answer.h"
#include "app/api/incident_json.h"
#include "app/api/parameters.h"

#include <algorithm>

namespace holdfast::api {

namespace {

void writeLabels(JsonWriter& json, const std::map<std::string, std::string>& labels)
{
    json.key("labels").beginObject();
    for (const auto& [name, value] : labels)
        json.text(name, value);
    json.endObject();
}

/// "FORCED OPEN", as nobody can act on it any more without what it would do.
std::string wordOf(const std::string& state)
{
    std::string out = state;
    std::ranges::transform(out, out.begin(), [](char c) {
        return c == '_' ? ' ' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return out;
}

void writeLease(JsonWriter& json, const incident::LeaseThen& lease, const incident::ControlThen* control)
{
    json.beginObject().integer("id", lease.id).integer("action", lease.action).text("control", lease.control);
    json.text("word", wordOf(lease.wanted))
        .integer("k", control ? control->k : 0)
        .integer("n", control ? control->n : 0);
    json.integer("until_ms", lease.untilMs).text("actor", lease.actor).text("reason", lease.reason);
    json.text("keeper", lease.keeper)
        .text("state", "holding")
        .integer("drifted", 0)
        .integer("verified_ms", std::optional<std::int64_t>())
        .endObject();
}

void writeControl(JsonWriter& json, const incident::ControlThen& control, std::int64_t t)
{
    json.beginObject().text("id", control.id).text("kind", control.kind).text("service", control.service);
    json.text("name", control.name).text("callee", control.callee).text("adapter", "").text("group", "");
    const bool named = control.kind == "breaker" || control.kind == "flag" || control.kind == "server";
    json.text("wanted", control.wanted)
        .text("word", named ? wordOf(control.state) : control.state)
        .text("state", control.state);
    json.integer("k", control.k).integer("n", control.n).text("quality", control.n > 0 ? "inferred" : "unknown");
    json.integer("observed_ms", t).key("instances").beginArray();
    for (const auto& [instance, state] : control.instances)
        json.beginObject()
            .text("instance", instance)
            .text("state", state)
            .text("mode", "")
            .text("quality", "inferred")
            .integer("observed_ms", t)
            .text("error", "")
            .endObject();
    json.endArray().key("options").beginArray().endArray();
    json.text("effect", "").flag("native_ttl", false).integer("max_hold_s", 0).text("blast", "low");
    json.text("locked", "replay").number("failure_ratio", control.failureRatio);
    json.number("failure_limit", std::optional<double>()).number("refused_per_s", control.refusedPerS).key("lease");
    if (control.lease)
        writeLease(json, *control.lease, &control);
    else
        json.null();
    json.endObject();
}

Result<std::int64_t> instantOf(const Call& call)
{
    const auto at = parseInteger(call.form.get("at"));
    if (!at || *at < 0)
        return Error{"at must be milliseconds since the epoch", ErrorKind::BadInput};
    return *at;
}

}  // namespace

void ReplayDoor::addRoutes(Router& router)
{
    router.addPrivate("GET", "/holdfast/v1/alerts", Lane::Status, [this](const Call& call) { return alerts(call); });
    router.divert("GET", "/holdfast/v1/controls", "at", [this](const Call& call) { return controls(call); });
    router.divert("GET", "/holdfast/v1/leases", "at", [this](const Call& call) { return leases(call); });
    router.divert("GET", "/holdfast/v1/targets", "at", [this](const Call& call) { return targets(call); });
    router.divert("GET", "/holdfast/v1/actions", "at", [this](const Call& call) { return actions(call); });
    router.divert("GET", "/holdfast/v1/actions/*", "at", [this](const Call& call) { return action(call); });
    router.divert("GET", "/holdfast/v1/shelves", "at", [this](const Call& call) { return shelves(call); });
    router.divert("GET", "/holdfast/v1/standing", "at", [this](const Call& call) { return standing(call); });
}

HttpResponse ReplayDoor::alerts(const Call& call) const
{
    const auto found = m_stories.alerts(parseInteger(call.form.get("at")));
    if (!found.ok())
        return errorReply(found.error());
    return jsonReply([&](JsonWriter& json) {
        json.beginObject().integer("at_ms", found->atMs).key("alerts").beginArray();
        for (std::size_t i = 0; i < found->alerts.size(); ++i) {
            const incident::AlertThen& alert = found->alerts[i];
            json.beginObject().text("alert", alert.alert).text("service", alert.service).text("state", alert.state);
            json.text("severity", alert.severity).text("kind", alert.kind);
            json.integer("active_ms", alert.activeMs > 0 ? std::optional(alert.activeMs) : std::nullopt);
            writeLabels(json, alert.labels);
            json.flag("shelved", found->shelved[i]).endObject();
        }
        json.endArray().endObject();
    });
}

HttpResponse ReplayDoor::controls(const Call& call) const
{
    const auto at = instantOf(call);
    if (!at.ok())
        return errorReply(at.error());
    const auto found = m_stories.controls(*at);
    if (!found.ok())
        return errorReply(found.error());
    const std::string_view service = call.form.get("service");
    const std::string_view kind = call.form.get("kind");
    const std::string_view text = call.form.get("q");
    return jsonReply([&](JsonWriter& json) {
        json.beginObject().integer("at_ms", *at).key("controls").beginArray();
        for (const incident::ControlThen& control : *found) {
            const bool asked = (service.empty() || control.service == service) && (kind.empty() || control.kind == kind)
                               && (text.empty() || control.id.find(text) != std::string::npos);
            if (asked)
                writeControl(json, control, *at);
        }
        json.endArray().endObject();
    });
}

HttpResponse ReplayDoor::leases(const Call& call) const
{
    const auto at = instantOf(call);
    if (!at.ok())
        return errorReply(at.error());
    const auto found = m_stories.controls(*at);
    const auto held = m_stories.leases(*at);
    if (!held.ok())
        return errorReply(held.error());
    return jsonReply([&](JsonWriter& json) {
        json.beginObject().integer("at_ms", *at).key("leases").beginArray();
        for (const incident::LeaseThen& lease : *held) {
            const incident::ControlThen* control = nullptr;
            if (found.ok()) {
                const auto same = std::ranges::find(*found, lease.control, &incident::ControlThen::id);
                control = same == found->end() ? nullptr : &*same;
            }
            writeLease(json, lease, control);
        }
        json.endArray().endObject();
    });
}

HttpResponse ReplayDoor::targets(const Call& call) const
{
    const auto at = instantOf(call);
    if (!at.ok())
        return errorReply(at.error());
    const auto found = m_stories.targets(*at);
    if (!found.ok())
        return errorReply(found.error());
    return jsonReply([&](JsonWriter& json) {
        json.beginObject().integer("at_ms", *at).key("targets").beginArray();
        for (const incident::TargetThen& target : *found) {
            json.beginObject().text("job", target.job).text("instance", target.instance).text("url", "");
            writeLabels(json, target.labels);
            json.text("health", target.up ? "up" : "down").integer("last_scrape_ms", target.sampleMs);
            json.integer("age_ms", std::max<std::int64_t>(*at - target.sampleMs, 0));
            json.number("duration_ms", target.durationS ? std::optional(*target.durationS * 1000) : std::nullopt);
            json.integer("interval_ms", 0).integer("timeout_ms", 0);
            json.integer("samples", target.samples ? static_cast<std::int64_t>(*target.samples) : 0);
            json.integer("series_added", 0).text("error", target.up ? "" : "it was down then");
            json.text("error_words", target.up ? "" : "It did not answer then.").key("history").beginArray().endArray();
            json.text("breaker", "").text("profile", "").endObject();
        }
        json.endArray().endObject();
    });
}

HttpResponse ReplayDoor::actions(const Call& call) const
{
    const auto at = instantOf(call);
    if (!at.ok())
        return errorReply(at.error());
    constexpr std::int64_t most = 10'000;
    const auto limit =
        static_cast<int>(std::clamp<std::int64_t>(parseInteger(call.form.get("limit")).value_or(50), 1, most));
    const auto found = m_stories.actions(*at, limit, call.form.get("control"));
    if (!found.ok())
        return errorReply(found.error());
    return jsonReply([&](JsonWriter& json) {
        json.beginObject().integer("at_ms", *at).key("actions").beginArray();
        for (const control::Action& action : *found)
            writeAction(json, action);
        json.endArray().endObject();
    });
}

HttpResponse ReplayDoor::action(const Call& call) const
{
    const auto at = instantOf(call);
    if (!at.ok())
        return errorReply(at.error());
    const auto found = m_stories.action(parseInteger(call.at(0)).value_or(-1), *at);
    if (!found.ok())
        return errorReply(found.error());
    return jsonReply([&](JsonWriter& json) { writeAction(json, *found); });
}

HttpResponse ReplayDoor::shelves(const Call& call) const
{
    const auto at = instantOf(call);
    if (!at.ok())
        return errorReply(at.error());
    const auto found = m_stories.shelves(*at, call.form.get("ended") == "1");
    if (!found.ok())
        return errorReply(found.error());
    return jsonReply([&](JsonWriter& json) {
        json.beginObject().integer("at_ms", *at).key("shelves").beginArray();
        for (const incident::Shelf& shelf : *found)
            writeShelf(json, shelf);
        json.endArray().endObject();
    });
}

HttpResponse ReplayDoor::standing(const Call& call) const
{
    const auto at = instantOf(call);
    if (!at.ok())
        return errorReply(at.error());
    const auto found = m_stories.standing(*at);
    if (!found.ok())
        return errorReply(found.error());
    return jsonReply([&](JsonWriter& json) {
        json.beginObject().integer("at_ms", *at).key("alerts").beginArray();
        for (const incident::IncidentSignal& signal : *found)
            writeSignal(json, signal);
        json.endArray().endObject();
    });
}

}  // namespace holdfast::api
