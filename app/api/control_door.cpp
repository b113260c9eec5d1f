#include "app/api/control_door.h"

#include "app/api/control_json.h"
#include "app/api/csv.h"
#include "app/api/holdfast_answer.h"
#include "app/api/json_body.h"
#include "app/api/parameters.h"
#include "app/base/time_text.h"

#include <algorithm>
#include <climits>

namespace holdfast::api {

namespace {

int boundedLimit(const Form& form, std::int64_t otherwise)
{
    constexpr std::int64_t most = 10'000;
    return static_cast<int>(std::clamp<std::int64_t>(parseInteger(form.get("limit")).value_or(otherwise), 1, most));
}

HttpResponse actionReply(const Result<control::Action>& action)
{
    if (!action.ok())
        return errorReply(action.error());
    return jsonReply([&](JsonWriter& json) { writeAction(json, *action); });
}

HttpResponse actionsReply(const Result<std::vector<control::Action>>& actions)
{
    if (!actions.ok())
        return errorReply(actions.error());
    return jsonReply([&](JsonWriter& json) {
        json.beginObject().key("actions").beginArray();
        for (const control::Action& action : *actions)
            writeAction(json, action);
        json.endArray().endObject();
    });
}

HttpResponse revertAllReply(const Result<control::RevertAll>& all)
{
    if (!all.ok())
        return errorReply(all.error());
    return jsonReply([&](JsonWriter& json) {
        json.beginObject().key("actions").beginArray();
        for (const control::Action& action : all->begun)
            writeAction(json, action);
        json.endArray().key("cancelled").beginArray();
        for (const control::Action& action : all->cancelled)
            writeAction(json, action);
        json.endArray().key("following").beginArray();
        for (const std::string& sentence : all->following)
            json.string(sentence);
        json.endArray().endObject();
    });
}

std::string auditCsv(const std::vector<control::AuditRow>& rows)
{
    const auto number = [](std::optional<std::int64_t> value) { return value ? std::to_string(*value) : ""; };
    std::string text;
    appendCsvRecord(text, {"id",       "at",       "action", "step",     "actor",     "os_user", "host",
                           "control",  "instance", "reason", "incident", "before",    "wanted",  "after",
                           "requests", "outcome",  "lease",  "reverts",  "prev_hash", "hash"});
    for (const control::AuditRow& row : rows)
        appendCsvRecord(text, {std::to_string(row.id),
                               rfc3339(row.atMs),
                               std::to_string(row.action),
                               row.step,
                               row.actor,
                               row.osUser,
                               row.host,
                               row.control,
                               row.instance,
                               row.reason,
                               number(row.incident),
                               row.before,
                               row.wanted,
                               row.after,
                               row.requests,
                               row.outcome,
                               number(row.lease),
                               number(row.reverts),
                               row.prevHash,
                               row.hash});
    return text;
}

std::int64_t idIn(const Call& call)
{
    return parseInteger(call.at(0)).value_or(-1);
}

}  // namespace

void ControlDoor::addRoutes(Router& router)
{
    addReadingRoutes(router);
    addChangingRoutes(router);
}

void ControlDoor::addReadingRoutes(Router& router)
{
    router.addPrivate("GET", "/holdfast/v1/controls", Lane::Status, [this](const Call& call) {
        const control::ControlFilter filter{.service = std::string(call.form.get("service")),
                                            .kind = std::string(call.form.get("kind")),
                                            .text = std::string(call.form.get("q"))};
        const auto points = m_control.controls(filter);
        const auto count = static_cast<std::int64_t>(points.size());
        const std::int64_t from = std::clamp<std::int64_t>(parseInteger(call.form.get("offset")).value_or(0), 0, count);
        const std::int64_t most =
            std::clamp<std::int64_t>(parseInteger(call.form.get("limit")).value_or(count), 0, count - from);
        return jsonReply([&](JsonWriter& json) {
            json.beginObject().integer("total", count).key("controls").beginArray();
            for (std::int64_t i = from; i < from + most; ++i)
                writeControl(json, points[static_cast<std::size_t>(i)]);
            json.endArray().endObject();
        });
    });
    router.addPrivate("GET", "/holdfast/v1/leases", Lane::Status, [this](const Call&) {
        const auto leases = m_control.leases();
        return jsonReply([&](JsonWriter& json) {
            json.beginObject().key("leases").beginArray();
            for (const control::LeaseView& lease : leases)
                writeLease(json, lease);
            json.endArray().endObject();
        });
    });
    router.addPrivate("GET", "/holdfast/v1/actions", Lane::Status, [this](const Call& call) {
        return actionsReply(m_control.actions(boundedLimit(call.form, 50), call.form.get("control")));
    });
    router.addPrivate("GET", "/holdfast/v1/actions/*", Lane::Status,
                      [this](const Call& call) { return actionReply(m_control.action(idIn(call))); });
    router.addPrivate("GET", "/holdfast/v1/actions/*/effect", Lane::Status, [this](const Call& call) {
        const auto view = m_control.effect(idIn(call));
        return view.ok() ? jsonReply([&](JsonWriter& json) { writeEffectView(json, *view); })
                         : errorReply(view.error());
    });
    router.addPrivate("GET", "/holdfast/v1/audit", Lane::Status, [this](const Call& call) { return audit(call); });
}

void ControlDoor::addChangingRoutes(Router& router)
{
    router.addPrivate("POST", "/holdfast/v1/arm", Lane::Change, [this](const Call& call) {
        JsonBody body(call.request.body);
        const std::string group = body.text("group");
        const std::int64_t seconds = body.integer("for_s");
        const std::string actor = body.text("actor");
        if (body.error())
            return errorReply(*body.error());
        const auto armed = m_control.arm(group, seconds, actor);
        if (!armed.ok())
            return errorReply(armed.error());
        return jsonReply([&](JsonWriter& json) {
            json.beginObject().text("group", armed->group).integer("until_ms", armed->untilMs).endObject();
        });
    });
    router.addPrivate("POST", "/holdfast/v1/plan", Lane::Change, [this](const Call& call) { return plan(call); });
    router.addPrivate("POST", "/holdfast/v1/actions", Lane::Change, [this](const Call& call) { return act(call); });
    router.addPrivate("POST", "/holdfast/v1/leases/*/revert", Lane::Change, [this](const Call& call) {
        JsonBody body(call.request.body);
        const std::string actor = body.text("actor");
        const std::string reason = body.optionalText("reason");
        return body.error() ? errorReply(*body.error()) : actionReply(m_control.revert(idIn(call), actor, reason));
    });
    router.addPrivate("POST", "/holdfast/v1/leases/*/extend", Lane::Change, [this](const Call& call) {
        JsonBody body(call.request.body);
        const std::string actor = body.text("actor");
        const std::int64_t seconds = body.integer("by_s");
        return body.error() ? errorReply(*body.error()) : actionReply(m_control.extend(idIn(call), actor, seconds));
    });
    router.addPrivate("POST", "/holdfast/v1/leases/*/reapply", Lane::Change, [this](const Call& call) {
        JsonBody body(call.request.body);
        const std::string actor = body.text("actor");
        return body.error() ? errorReply(*body.error()) : actionReply(m_control.reapply(idIn(call), actor));
    });
    router.addPrivate("POST", "/holdfast/v1/actions/*/approve", Lane::Change, [this](const Call& call) {
        JsonBody body(call.request.body);
        const std::string approver = body.text("approver");
        const std::string token = body.text("token");
        return body.error() ? errorReply(*body.error()) : actionReply(m_control.approve(idIn(call), approver, token));
    });
    router.addPrivate("POST", "/holdfast/v1/actions/*/cancel", Lane::Change, [this](const Call& call) {
        JsonBody body(call.request.body);
        const std::string actor = body.text("actor");
        const std::string reason = body.optionalText("reason");
        return body.error() ? errorReply(*body.error()) : actionReply(m_control.cancel(idIn(call), actor, reason));
    });
    router.addPrivate("POST", "/holdfast/v1/revert_all", Lane::Change, [this](const Call& call) {
        JsonBody body(call.request.body);
        const std::string actor = body.text("actor");
        const std::string reason = body.optionalText("reason");
        return body.error() ? errorReply(*body.error()) : revertAllReply(m_control.revertAll(actor, reason));
    });
    router.addPrivate("POST", "/holdfast/v1/controls/poll", Lane::Change, [this](const Call&) {
        m_control.poll();
        return jsonReply([](JsonWriter& json) { json.beginObject().endObject(); });
    });
}

HttpResponse ControlDoor::audit(const Call& call) const
{
    const std::string_view format = call.form.get("format");
    if (!format.empty() && format != "json" && format != "csv")
        return errorReply(Error{"format must be json or csv", ErrorKind::BadInput});
    const control::AuditFilter filter{.action = parseInteger(call.form.get("action")).value_or(0),
                                      .control = std::string(call.form.get("control")),
                                      .before = parseInteger(call.form.get("before")).value_or(0),
                                      .untilMs = parseInteger(call.form.get("at")).value_or(0)};
    const auto rows = m_control.audit(boundedLimit(call.form, 200), filter);
    if (!rows.ok())
        return errorReply(rows.error());
    if (format == "csv")
        return {.status = 200, .body = auditCsv(*rows), .contentType = "text/csv; charset=utf-8", .headers = {}};
    return jsonReply([&](JsonWriter& json) {
        json.beginObject().key("audit").beginArray();
        for (const control::AuditRow& row : *rows)
            writeAuditRow(json, row);
        json.endArray().endObject();
    });
}

HttpResponse ControlDoor::plan(const Call& call) const
{
    JsonBody body(call.request.body);
    control::PlanRequest request;
    request.control = body.text("control");
    request.to = body.text("to");
    request.holdS = body.optionalInteger("hold_s").value_or(0);
    request.actor = body.optionalText("actor");
    request.untilRecovered = body.flag("until_recovered");
    if (body.error())
        return errorReply(*body.error());
    const auto made = m_control.plan(request);
    if (!made.ok())
        return errorReply(made.error());
    return jsonReply([&](JsonWriter& json) { writePlan(json, *made); });
}

HttpResponse ControlDoor::act(const Call& call)
{
    JsonBody body(call.request.body);
    control::ActionRequest request;
    request.control = body.text("control");
    request.to = body.text("to");
    request.holdS = body.optionalInteger("hold_s").value_or(0);
    request.reason = body.text("reason");
    request.actor = body.text("actor");
    request.incident = body.optionalInteger("incident");
    request.expected = body.optionalText("expected");
    request.typedName = body.optionalText("typed_name");
    request.startMs = body.optionalInteger("start_ms").value_or(0);
    request.untilMs = body.optionalInteger("until_ms").value_or(0);
    request.untilRecovered = body.flag("until_recovered");
    request.stableS = std::clamp<std::int64_t>(body.optionalInteger("stable_s").value_or(180), 0, 86'400);
    request.dryRun = body.flag("dry_run");
    if (body.error())
        return errorReply(*body.error());
    return actionReply(m_control.act(request));
}

}  // namespace holdfast::api
