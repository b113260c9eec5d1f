#include "app/api/fleet_door.h"

#include "app/api/holdfast_answer.h"
#include "app/api/parameters.h"
#include "app/incident/fleet_hash.h"

#include <algorithm>

namespace holdfast::api {

namespace {

using signals::ServiceRow;
using signals::SignalValue;

void writeIf(JsonWriter& json, std::string_view name, std::optional<double> value)
{
    if (value)
        json.number(name, *value);
}

void writeSignal(JsonWriter& json, std::string_view name, const SignalValue& signal)
{
    json.key(name).beginObject().text("state", word(signal.state)).number("value", signal.value);
    json.text("severity", word(signal.severity)).number("limit", signal.limit);
    writeIf(json, "count", signal.count);
    writeIf(json, "lower", signal.lower);
    writeIf(json, "upper", signal.upper);
    writeIf(json, "burn", signal.burn);
    writeIf(json, "minutes", signal.minutes);
    writeIf(json, "minutes_low", signal.minutesLow);
    writeIf(json, "minutes_high", signal.minutesHigh);
    if (signal.ageMs)
        json.integer("age_ms", *signal.ageMs);
    if (!signal.resource.empty())
        json.text("resource", signal.resource);
    if (!signal.error.empty())
        json.text("error", signal.error);
    json.key("spark").beginArray();
    for (const auto& point : signal.spark) {
        if (point)
            json.number(*point);
        else
            json.null();
    }
    json.endArray().endObject();
}

void writeMap(JsonWriter& json, std::string_view name, const std::map<std::string, double>& values)
{
    json.key(name).beginObject();
    for (const auto& [key, value] : values)
        json.number(key, value);
    json.endObject();
}

/// A service page lists its instances and breakers under the names by which a row counts them.
enum class Place { Row, Page };

/// The members of a fleet row, without the braces: the service page puts its own behind them.
void writeRow(JsonWriter& json, const ServiceRow& row, Place place)
{
    json.text("name", row.name).integer("tier", row.tier).text("version", row.version).text("profile", row.profile);
    json.integer(place == Place::Row ? "instances" : "instances_total", row.instances)
        .integer("instances_up", row.instancesUp);
    json.integer("last_sample_ms", row.lastSampleMs).text("severity", word(row.severity));
    writeSignal(json, "p99", row.p99);
    writeSignal(json, "errors", row.errors);
    writeSignal(json, "requests", row.requests);
    writeSignal(json, "headroom", row.headroom);
    json.number("p50", row.p50).number("p90", row.p90).number("retries", row.retryAmplification);
    writeMap(json, "utilisation", row.utilisation);
    writeMap(json, "queue_depth", row.queueDepth);
    writeMap(json, "queue_drain_s", row.queueDrainS);
    json.key(place == Place::Row ? "breakers" : "breaker_summary")
        .beginObject()
        .integer("total", row.breakers.total)
        .integer("open", row.breakers.open);
    json.integer("half_open", row.breakers.halfOpen).integer("forced", row.breakers.forced);
    json.integer("unknown", row.breakers.unknown).text("severity", word(row.breakers.severity)).endObject();
    json.integer("flags_on", row.flagsOn);
}

void writeEdge(JsonWriter& json, const signals::Edge& edge)
{
    json.beginObject().text("caller", edge.caller).text("callee", edge.callee).text("source", edge.source);
    json.number("requests", edge.requests).number("errors", edge.errors).text("breaker", edge.breaker).endObject();
}

void writeLane(JsonWriter& json, const signals::Lane& lane)
{
    json.beginObject().text("id", lane.id).text("title", lane.title).text("unit", lane.unit);
    if (lane.limit)
        json.key("limit")
            .beginObject()
            .number("value", lane.limit->value)
            .text("text", lane.limit->text)
            .text("bad", lane.limit->bad)
            .endObject();
    json.key("queries").beginArray();
    for (const signals::LaneQuery& query : lane.queries)
        json.beginObject().text("name", query.name).text("expr", query.expr).text("role", query.role).endObject();
    json.endArray();
    if (!lane.heatmapExpr.empty())
        json.key("heatmap").beginObject().text("expr", lane.heatmapExpr).number("slo", lane.heatmapSlo).endObject();
    json.text("missing", lane.missing).endObject();
}

void writeDetail(JsonWriter& json, const signals::ServiceDetail& detail)
{
    json.beginObject();
    writeRow(json, detail.row, Place::Page);
    json.key("lanes").beginArray();
    for (const signals::Lane& lane : detail.lanes)
        writeLane(json, lane);
    json.endArray().key("breakers").beginArray();
    for (const signals::BreakerLane& lane : detail.breakers)
        json.beginObject()
            .text("control", lane.control)
            .text("name", lane.name)
            .text("callee", lane.callee)
            .text("state_expr", lane.stateExpr)
            .text("open_expr", lane.openExpr)
            .text("instances_expr", lane.instancesExpr)
            .endObject();
    json.endArray().key("flags").beginArray();
    for (const signals::FlagLane& lane : detail.flags)
        json.beginObject()
            .text("control", lane.control)
            .text("name", lane.name)
            .text("state_expr", lane.stateExpr)
            .endObject();
    json.endArray().key("instances").beginArray();
    for (const signals::InstanceRow& instance : detail.instances)
        json.beginObject()
            .text("job", instance.job)
            .text("instance", instance.instance)
            .flag("up", instance.up)
            .text("version", instance.version)
            .integer("started_ms", instance.startedMs)
            .endObject();
    json.endArray();
    json.texts("callers", detail.callers);
    json.texts("callees", detail.callees);
    json.endObject();
}

std::optional<std::int64_t> moment(const Form& form)
{
    return form.get("at").empty() ? std::nullopt : parseInteger(form.get("at"));
}

}  // namespace

void FleetDoor::addRoutes(Router& router)
{
    router.addPrivate("GET", "/holdfast/v1/fleet", Lane::Status, [this](const Call& call) { return fleet(call); });
    router.addPrivate("GET", "/holdfast/v1/services/*", Lane::Status,
                      [this](const Call& call) { return service(call); });
}

HttpResponse FleetDoor::fleet(const Call& call) const
{
    const std::int64_t range = parseInteger(call.form.get("range_s")).value_or(1800);
    const std::int64_t points = parseInteger(call.form.get("points")).value_or(60);
    if (range < 0 || range > 366LL * 86'400 || points < 0 || points > 1000)
        return errorReply(Error{"range_s must be 0 to a year and points 0 to 1000", ErrorKind::BadInput});
    const auto answer = m_signals.fleetAt(moment(call.form), range * 1000, static_cast<int>(points));
    if (!answer.ok())
        return errorReply(answer.error());
    const signals::FleetModel& model = **answer;
    return jsonReply([&](JsonWriter& json) {
        json.beginObject().integer("at_ms", model.atMs).integer("interval_ms", model.intervalMs);
        json.text("hash", incident::fleetHash(model));
        json.texts("profile_gaps", model.profileGaps);
        json.key("spark").beginObject().integer("start_ms", model.spark.startMs);
        json.integer("step_ms", model.spark.stepMs).integer("points", model.spark.points).endObject();
        json.key("services").beginArray();
        for (const ServiceRow& row : model.services) {
            json.beginObject();
            writeRow(json, row, Place::Row);
            json.endObject();
        }
        json.endArray().key("edges").beginArray();
        for (const signals::Edge& edge : model.edges)
            writeEdge(json, edge);
        json.endArray().endObject();
    });
}

HttpResponse FleetDoor::service(const Call& call) const
{
    const auto detail = m_signals.service(call.at(0), moment(call.form));
    if (!detail.ok())
        return errorReply(detail.error());
    return jsonReply([&](JsonWriter& json) { writeDetail(json, *detail); });
}

}  // namespace holdfast::api
