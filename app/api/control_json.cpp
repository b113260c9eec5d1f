#include "app/api/control_json.h"

#include <string>
#include <vector>

namespace holdfast::api {

namespace {

void writeInstance(JsonWriter& json, const control::InstanceObservation& instance)
{
    json.beginObject().text("instance", instance.instance).text("state", instance.state).text("mode", instance.mode);
    json.text("quality", word(instance.quality)).integer("observed_ms", instance.observedMs);
    json.text("error", instance.error).text("metrics", instance.metrics).endObject();
}

/// What can be asked for besides the options, and what to know before.
void writeShape(JsonWriter& json, const control::ControlShape* shape)
{
    json.key("number");
    if (shape != nullptr && shape->number)
        json.beginObject()
            .number("least", shape->number->least)
            .number("most", shape->number->most)
            .flag("whole", shape->number->whole)
            .text("unit", shape->number->unit)
            .endObject();
    else
        json.null();
    json.integer("most_text", shape == nullptr ? 0 : static_cast<std::int64_t>(shape->mostText));
    json.integer("fades_after_s", shape == nullptr ? 0 : shape->fadesAfterS);
    json.flag("lost_on_restart", shape != nullptr && shape->lostOnRestart);
}

void writeEffect(JsonWriter& json, const control::Effect& effect)
{
    json.beginObject().text("state", effect.state);
    writeEffectLines(json, effect.lines);
    json.endObject();
}

}  // namespace

void writeEffectLines(JsonWriter& json, const std::vector<control::EffectLine>& lines)
{
    json.key("lines").beginArray();
    for (const control::EffectLine& line : lines)
        json.beginObject()
            .text("signal", line.signal)
            .number("before", line.before)
            .number("now", line.now)
            .text("verdict", line.verdict)
            .number("z", line.z)
            .endObject();
    json.endArray();
}

void writeLease(JsonWriter& json, const control::LeaseView& lease)
{
    json.beginObject().integer("id", lease.id).integer("action", lease.action).text("control", lease.control);
    json.text("word", lease.word).integer("k", lease.k).integer("n", lease.n).integer("until_ms", lease.untilMs);
    json.text("actor", lease.actor).text("reason", lease.reason).text("keeper", lease.keeper);
    json.flag("until_recovered", lease.untilRecovered).integer("calm_since_ms", lease.calmSinceMs);
    json.text("state", lease.state).integer("drifted", lease.drifted).integer("verified_ms", lease.verifiedMs);
    json.endObject();
}

void writeControl(JsonWriter& json, const control::ControlPoint& point)
{
    json.beginObject().text("id", point.id).text("kind", word(point.kind)).text("service", point.service);
    json.text("name", point.name).text("callee", point.callee).text("adapter", point.adapter);
    json.text("group", point.group).text("flag_kind", point.flagKind).text("wanted", point.wanted);
    json.text("word", point.word).text("state", point.state).integer("k", point.k).integer("n", point.n);
    json.text("quality", word(point.quality)).integer("observed_ms", point.observedMs);
    json.key("instances").beginArray();
    for (const control::InstanceObservation& instance : point.instances)
        writeInstance(json, instance);
    json.endArray().key("options").beginArray();
    for (const control::Option& option : point.options)
        json.beginObject().text("value", option.value).text("label", option.label).endObject();
    json.endArray().text("effect", point.effect).flag("native_ttl", point.nativeTtl);
    json.text("meaning", word(point.meaning)).flag("forced", point.forced).text("computed", point.computed);
    json.text("scope", word(point.scope)).text("resting", point.shape ? point.shape->resting : "");
    writeShape(json, point.shape.get());
    json.integer("max_hold_s", point.maxHoldS).text("blast", point.blast).text("locked", point.locked);
    json.number("failure_ratio", point.failureRatio).number("failure_limit", point.failureLimit);
    json.number("refused_per_s", point.refusedPerS).key("lease");
    if (point.lease)
        writeLease(json, *point.lease);
    else
        json.null();
    json.endObject();
}

void writeEffectView(JsonWriter& json, const control::EffectView& view)
{
    json.beginObject().integer("action", view.action).integer("sent_ms", view.sentMs);
    json.integer("judged_ms", view.judgedMs).integer("at_ms", view.atMs).integer("ended_ms", view.endedMs);
    json.text("ended_by", view.endedBy).text("state", view.effect.state);
    writeEffectLines(json, view.effect.lines);
    json.endObject();
}

void writeAction(JsonWriter& json, const control::Action& action)
{
    json.beginObject().integer("id", action.id).text("control", action.control).text("service", action.service);
    json.text("kind", action.kind).text("from", action.from).text("to", action.to).text("state", action.state);
    json.integer("k", action.k).integer("n", action.n).text("actor", action.actor).text("reason", action.reason);
    json.integer("created_ms", action.createdMs).integer("updated_ms", action.updatedMs);
    json.integer("incident", action.incident).text("message", action.message).key("instances").beginArray();
    for (const control::InstanceOutcome& instance : action.instances)
        json.beginObject()
            .text("instance", instance.instance)
            .text("state", instance.state)
            .text("message", instance.message)
            .integer("latency_ms", instance.latencyMs)
            .text("proof", instance.proof)
            .endObject();
    json.endArray().text("proof", action.proof).text("approver", action.approver);
    json.integer("start_ms", action.startMs).flag("until_recovered", action.untilRecovered);
    json.integer("lease", action.lease).integer("reverts", action.reverts).key("effect");
    if (action.effect)
        writeEffect(json, *action.effect);
    else
        json.null();
    json.endObject();
}

void writePlan(JsonWriter& json, const control::Plan& plan)
{
    json.beginObject().text("control", plan.control).text("from", plan.from).text("to", plan.to);
    json.integer("instances", plan.instances).text("sentence", plan.sentence).text("hold", plan.hold);
    json.texts("requests", plan.requests);
    json.key("lines").beginArray();
    for (const control::PlanLine& line : plan.lines)
        json.beginObject().text("kind", line.kind).text("text", line.text).endObject();
    json.endArray().key("preview").beginArray();
    for (const control::PlanLine& line : plan.lines)
        json.string(line.text);
    json.endArray().flag("releases", plan.releases).text("approval", plan.approval).integer("read_ms", plan.readMs);
    json.number("refused_per_s", plan.refusedPerS).number("share", plan.share);
    json.number("users_at_most", plan.usersAtMost).number("relief", plan.relief);
    json.number("headroom_now", plan.headroomNow).number("headroom_then", plan.headroomThen);
    json.text("fallback", plan.fallback);
    json.texts("overrides", plan.overrides);
    json.text("blast", plan.blast).text("type_name", plan.typeName);
    json.text("expected_revision", plan.expectedRevision);
    json.texts("warnings", plan.warnings);
    json.endObject();
}

void writeAuditRow(JsonWriter& json, const control::AuditRow& row)
{
    json.beginObject().integer("id", row.id).integer("at_ms", row.atMs).integer("action", row.action);
    json.text("step", row.step).text("actor", row.actor).text("os_user", row.osUser).text("host", row.host);
    json.text("control", row.control).text("instance", row.instance).text("reason", row.reason);
    json.integer("incident", row.incident).key("before").raw(row.before.empty() ? "{}" : row.before);
    json.key("wanted").raw(row.wanted.empty() ? "{}" : row.wanted);
    json.key("after").raw(row.after.empty() ? "{}" : row.after);
    json.key("requests").raw(row.requests.empty() ? "[]" : row.requests);
    json.text("outcome", row.outcome).integer("lease", row.lease).integer("reverts", row.reverts);
    json.text("prev_hash", row.prevHash).text("hash", row.hash).endObject();
}

}  // namespace holdfast::api
