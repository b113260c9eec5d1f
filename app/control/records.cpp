#include "app/control/records.h"

#include <nlohmann/json.hpp>

#include <utility>

namespace holdfast::control {

namespace {

using nlohmann::json;

std::string dumped(const json& object)
{
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string text(const json& object, const char* key)
{
    return object.value(key, std::string());
}

template <typename T>
void setOptional(json& object, const char* key, const std::optional<T>& value)
{
    if (value)
        object[key] = *value;
}

template <typename T>
std::optional<T> getOptional(const json& object, const char* key)
{
    const auto found = object.find(key);
    return found == object.end() || !found->is_number() ? std::nullopt : std::optional<T>(found->get<T>());
}

json beforeJson(const Before& before)
{
    return {{"mode", before.mode},
            {"revision", before.revision},
            {"hold_ends_ms", before.holdEndsMs},
            {"keep", before.keep}};
}

Before beforeFrom(const json& object)
{
    return {.mode = text(object, "mode"),
            .revision = text(object, "revision"),
            .holdEndsMs = object.value("hold_ends_ms", std::int64_t{0}),
            .keep = text(object, "keep")};
}

json effectJson(const Effect& effect)
{
    json lines = json::array();
    for (const EffectLine& line : effect.lines) {
        json item{{"signal", line.signal}, {"verdict", line.verdict}};
        setOptional(item, "before", line.before);
        setOptional(item, "now", line.now);
        setOptional(item, "z", line.z);
        lines.push_back(std::move(item));
    }
    return {{"state", effect.state}, {"lines", std::move(lines)}};
}

Effect effectFrom(const json& object)
{
    Effect effect{.state = text(object, "state"), .lines = {}};
    for (const json& item : object.value("lines", json::array()))
        effect.lines.push_back({.signal = text(item, "signal"),
                                .before = getOptional<double>(item, "before"),
                                .now = getOptional<double>(item, "now"),
                                .verdict = text(item, "verdict"),
                                .z = getOptional<double>(item, "z")});
    return effect;
}

const char* purposeWord(ActionRecord::Purpose purpose)
{
    switch (purpose) {
    case ActionRecord::Purpose::Act: return "act";
    case ActionRecord::Purpose::Revert: return "revert";
    case ActionRecord::Purpose::Extend: return "extend";
    case ActionRecord::Purpose::Reapply: return "reapply";
    }
    return "act";
}

std::string actionData(const ActionRecord& record)
{
    const Action& action = record.action;
    json data{{"service", action.service},
              {"kind", action.kind},
              {"from", action.from},
              {"to", action.to},
              {"k", action.k},
              {"n", action.n},
              {"message", action.message},
              {"group", record.group},
              {"name", record.name},
              {"callee", record.callee},
              {"hold_s", record.holdS},
              {"request_id", record.requestId},
              {"sent_ms", record.sentMs},
              {"purpose", purposeWord(record.purpose)},
              {"resting", record.resting},
              {"stable_s", record.stableS},
              {"until_recovered", action.untilRecovered},
              {"approver", action.approver},
              {"proof", action.proof}};
    setOptional(data, "start_ms", action.startMs);
    setOptional(data, "lease", action.lease);
    setOptional(data, "reverts", action.reverts);
    json instances = json::array();
    for (const InstanceOutcome& outcome : action.instances) {
        json item{{"instance", outcome.instance}, {"state", outcome.state}, {"message", outcome.message}};
        if (!outcome.proof.empty())
            item["proof"] = outcome.proof;
        setOptional(item, "latency_ms", outcome.latencyMs);
        instances.push_back(std::move(item));
    }
    data["instances"] = std::move(instances);
    data["shown"] = record.shownMode;
    json before = json::object();
    for (const auto& [instance, value] : record.before)
        before[instance] = beforeJson(value);
    data["before"] = std::move(before);
    if (action.effect)
        data["effect"] = effectJson(*action.effect);
    return dumped(data);
}

ActionRecord actionFrom(const store::SqlRow& row)
{
    ActionRecord record;
    Action& action = record.action;
    action.id = row.integer(0);
    action.createdMs = row.integer(1);
    action.updatedMs = row.integer(2);
    action.state = row.text(3);
    action.control = row.text(4);
    action.actor = row.text(5);
    action.reason = row.text(6);
    if (!row.isNull(7))
        action.incident = row.integer(7);
    const json data = json::parse(row.text(8), nullptr, false);
    if (!data.is_object())
        return record;
    action.service = text(data, "service");
    action.kind = text(data, "kind");
    action.from = text(data, "from");
    action.to = text(data, "to");
    action.k = data.value("k", 0);
    action.n = data.value("n", 0);
    action.message = text(data, "message");
    action.lease = getOptional<std::int64_t>(data, "lease");
    action.reverts = getOptional<std::int64_t>(data, "reverts");
    for (const json& item : data.value("instances", json::array()))
        action.instances.push_back({.instance = text(item, "instance"),
                                    .state = text(item, "state"),
                                    .message = text(item, "message"),
                                    .latencyMs = getOptional<std::int64_t>(item, "latency_ms"),
                                    .proof = text(item, "proof")});
    if (data.contains("effect"))
        action.effect = effectFrom(data["effect"]);
    record.group = text(data, "group");
    record.name = text(data, "name");
    record.callee = text(data, "callee");
    record.kind = kindOf(action.kind);
    record.resting = data.value("resting", std::string("auto"));
    record.stableS = data.value("stable_s", std::int64_t{0});
    action.untilRecovered = data.value("until_recovered", false);
    action.approver = text(data, "approver");
    action.proof = text(data, "proof");
    action.startMs = getOptional<std::int64_t>(data, "start_ms");
    record.holdS = data.value("hold_s", std::int64_t{0});
    record.requestId = text(data, "request_id");
    record.sentMs = data.value("sent_ms", std::int64_t{0});
    const std::string purpose = text(data, "purpose");
    record.purpose = purpose == "revert"    ? ActionRecord::Purpose::Revert
                     : purpose == "extend"  ? ActionRecord::Purpose::Extend
                     : purpose == "reapply" ? ActionRecord::Purpose::Reapply
                                            : ActionRecord::Purpose::Act;
    record.shownMode = data.value("shown", std::map<std::string, std::string>());
    const json before = data.value("before", json::object());
    for (const auto& [instance, value] : before.items())
        record.before[instance] = beforeFrom(value);
    return record;
}

LeaseRecord leaseFrom(const store::SqlRow& row)
{
    LeaseRecord lease;
    lease.id = row.integer(0);
    lease.action = row.integer(1);
    lease.control = row.text(2);
    lease.state = row.text(3);
    lease.untilMs = row.integer(4);
    lease.keeper = row.text(5);
    const json data = json::parse(row.text(6), nullptr, false);
    if (!data.is_object())
        return lease;
    lease.group = text(data, "group");
    lease.service = text(data, "service");
    lease.name = text(data, "name");
    lease.callee = text(data, "callee");
    lease.kind = kindOf(text(data, "kind"));
    lease.wanted = text(data, "wanted");
    lease.resting = data.value("resting", std::string("auto"));
    lease.untilRecovered = data.value("until_recovered", false);
    lease.stableS = data.value("stable_s", std::int64_t{0});
    lease.endedBy = text(data, "ended_by");
    lease.endReason = text(data, "end_reason");
    lease.actor = text(data, "actor");
    lease.reason = text(data, "reason");
    lease.incident = getOptional<std::int64_t>(data, "incident");
    lease.requestIds = data.value("request_ids", std::vector<std::string>());
    lease.verifiedMs = data.value("verified_ms", std::int64_t{0});
    const json instances = data.value("instances", json::object());
    for (const auto& [instance, item] : instances.items())
        lease.instances[instance] = {.before = beforeFrom(item), .ours = item.value("ours", true)};
    return lease;
}

}  // namespace

store::SqlStatement insertAction(const ActionRecord& record)
{
    const Action& action = record.action;
    return {.sql = "INSERT INTO action(id,created_ms,updated_ms,state,control,actor,reason,incident_id,data_json) "
                   "VALUES(?,?,?,?,?,?,?,?,?)",
            .values = {action.id, action.createdMs, action.updatedMs, action.state, action.control, action.actor,
                       action.reason, action.incident ? store::SqlValue(*action.incident) : store::SqlValue(),
                       actionData(record)}};
}

store::SqlStatement updateAction(const ActionRecord& record)
{
    return {.sql = "UPDATE action SET updated_ms=?, state=?, data_json=? WHERE id=?",
            .values = {record.action.updatedMs, record.action.state, actionData(record), record.action.id}};
}

store::SqlStatement saveLease(const LeaseRecord& lease)
{
    json instances = json::object();
    for (const auto& [instance, held] : lease.instances) {
        json item = beforeJson(held.before);
        item["ours"] = held.ours;
        instances[instance] = std::move(item);
    }
    json data{{"group", lease.group},
              {"service", lease.service},
              {"name", lease.name},
              {"callee", lease.callee},
              {"kind", word(lease.kind)},
              {"wanted", lease.wanted},
              {"resting", lease.resting},
              {"until_recovered", lease.untilRecovered},
              {"stable_s", lease.stableS},
              {"ended_by", lease.endedBy},
              {"end_reason", lease.endReason},
              {"actor", lease.actor},
              {"reason", lease.reason},
              {"request_ids", lease.requestIds},
              {"verified_ms", lease.verifiedMs},
              {"instances", std::move(instances)}};
    setOptional(data, "incident", lease.incident);
    return {
        .sql =
            "INSERT OR REPLACE INTO lease(id,action_id,control,state,until_ms,keeper,data_json) VALUES(?,?,?,?,?,?,?)",
        .values = {lease.id, lease.action, lease.control, lease.state, lease.untilMs, lease.keeper, dumped(data)}};
}

Result<std::vector<ActionRecord>> readActions(const store::Journal& journal, const std::string& where,
                                              std::vector<store::SqlValue> values, int limit)
{
    values.push_back(std::int64_t{limit});
    HF_TRY(const auto rows,
           journal.read(
               {.sql = "SELECT id,created_ms,updated_ms,state,control,actor,reason,incident_id,data_json FROM action"
                       + (where.empty() ? std::string() : " WHERE " + where) + " ORDER BY id DESC LIMIT ?",
                .values = std::move(values)}));
    std::vector<ActionRecord> records;
    try {
        for (const auto& row : rows)
            records.push_back(actionFrom(row));
    } catch (const json::exception& error) {
        return Error{std::string("table action holds something else than was written: ") + error.what(),
                     ErrorKind::Corrupt};
    }
    return records;
}

Result<std::vector<LeaseRecord>> readOpenLeases(const store::Journal& journal)
{
    HF_TRY(const auto rows,
           journal.read({.sql = "SELECT id,action_id,control,state,until_ms,keeper,data_json FROM lease "
                                "WHERE state IN ('holding','reverting','revert_failed') ORDER BY until_ms",
                         .values = {}}));
    std::vector<LeaseRecord> leases;
    try {
        for (const auto& row : rows)
            leases.push_back(leaseFrom(row));
    } catch (const json::exception& error) {
        return Error{std::string("table lease holds something else than was written: ") + error.what(),
                     ErrorKind::Corrupt};
    }
    return leases;
}

Result<std::int64_t> highestId(const store::Journal& journal, const std::string& table)
{
    HF_TRY(const auto rows, journal.read({.sql = "SELECT coalesce(max(id),0) FROM " + table, .values = {}}));
    return rows.empty() ? std::int64_t{0} : rows.front().integer(0);
}

WayBack wayBack(const LeaseRecord& lease, const Before& before, std::int64_t nowMs)
{
    if (lease.keeper != "service" || lease.resting.empty())
        return {.mode = before.mode.empty() ? lease.resting : before.mode, .ttlS = 0, .keep = before.keep};
    const std::int64_t leftS = (before.holdEndsMs - nowMs) / 1000;
    if (before.mode != lease.resting && leftS > 0)
        return {.mode = before.mode, .ttlS = leftS, .keep = before.keep};
    return {.mode = lease.resting, .ttlS = 0, .keep = before.keep};
}

std::string modesJson(const std::map<std::string, Before>& before)
{
    json object = json::object();
    for (const auto& [instance, value] : before)
        object[instance] = value.mode;
    return dumped(object);
}

}  // namespace holdfast::control
