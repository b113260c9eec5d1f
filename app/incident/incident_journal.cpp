#include "app/incident/incident_journal.h"

#include "app/incident/grouping.h"
#include "app/incident/incident_past.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace holdfast::incident {

namespace {

using store::SqlRow;
using store::SqlStatement;
using store::SqlValue;

SqlValue optional(const std::optional<std::int64_t>& value)
{
    return value ? SqlValue(*value) : SqlValue(std::monostate{});
}

std::optional<std::int64_t> optional(const SqlRow& row, std::size_t i)
{
    return row.isNull(i) ? std::nullopt : std::optional(row.integer(i));
}

std::string dump(const nlohmann::json& json)
{
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

nlohmann::json parseObject(const std::string& text)
{
    auto json = nlohmann::json::parse(text, nullptr, false);
    return json.is_object() ? json : nlohmann::json::object();
}

std::string stringOf(const nlohmann::json& json, const char* key)
{
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<std::int64_t> integerOf(const nlohmann::json& json, const char* key)
{
    const auto found = json.find(key);
    return found != json.end() && found->is_number_integer() ? std::optional(found->get<std::int64_t>()) : std::nullopt;
}

bool flagOf(const nlohmann::json& json, const char* key)
{
    const auto found = json.find(key);
    return found != json.end() && found->is_boolean() && found->get<bool>();
}

/// What has no column of its own.
std::string dataOf(const Record& record)
{
    nlohmann::json data{{"members", record.members()}, {"evidence", record.evidence}};
    if (!record.fixedOrigin.empty())
        data["fixed_origin"] = record.fixedOrigin;
    if (record.fixedSeverity)
        data["fixed_severity"] = true;
    if (record.offline)
        data["offline"] = true;
    if (record.mergedInto)
        data["merged_into"] = *record.mergedInto;
    if (record.continues)
        data["continues"] = *record.continues;
    if (record.mergeWith)
        data["merge_with"] = *record.mergeWith;
    if (record.quietSinceMs)
        data["quiet_since_ms"] = *record.quietSinceMs;
    if (record.overridesSeenMs > 0)
        data["overrides_seen_ms"] = record.overridesSeenMs;
    if (!record.splitFrom.empty())
        data["split_off"] = record.splitFrom;
    if (record.mitigatedByHand)
        data["mitigated_by_hand"] = true;
    if (record.floodUntilMs != 0)
        data["flood_until_ms"] = record.floodUntilMs;
    if (record.untold > 0)
        data["untold"] = record.untold;
    if (record.reopened > 0)
        data["reopened"] = record.reopened;
    auto& signals = data["signals"] = nlohmann::json::object();
    for (const auto& signal : record.signals) {
        auto& entry = signals[signal.fingerprint] = {
            {"summary", signal.summary}, {"kind", signal.kind}, {"subject", signal.subject}};
        if (signal.muted)
            entry["muted"] = true;
        if (signal.maybeUnrelated)
            entry["maybe_unrelated"] = true;
        if (signal.shelved)
            entry["shelved"] = true;
        if (signal.standing)
            entry["standing"] = true;
    }
    return dump(data);
}

IncidentState stateFrom(std::string_view word)
{
    for (const auto state : {IncidentState::New, IncidentState::Acked, IncidentState::Mitigated,
                             IncidentState::Resolved, IncidentState::Closed}) {
        if (word == incidentStateWord(state))
            return state;
    }
    return IncidentState::Closed;
}

Severity severityFrom(std::string_view word)
{
    return word == "sev1" ? Severity::Sev1 : word == "sev3" ? Severity::Sev3 : Severity::Sev2;
}

constexpr const char* kIncidentColumns =
    "id,opened_ms,acked_ms,mitigated_ms,resolved_ms,closed_ms,state,severity,title,"
    "origin,owner,ack_until_ms,last_signal_ms,data_json";

Record recordFrom(const SqlRow& row, nlohmann::json& data)
{
    Record out;
    out.id = row.integer(0);
    out.openedMs = row.integer(1);
    out.ackedMs = optional(row, 2);
    out.mitigatedMs = optional(row, 3);
    out.resolvedMs = optional(row, 4);
    out.closedMs = optional(row, 5);
    out.state = stateFrom(row.text(6));
    out.severity = severityFrom(row.text(7));
    out.title = row.text(8);
    out.origin = row.text(9);
    out.owner = row.text(10);
    out.ackUntilMs = optional(row, 11);
    out.lastSignalMs = row.integer(12);
    data = parseObject(row.text(13));
    const auto texts = [&](const char* key) {
        std::vector<std::string> list;
        const auto found = data.find(key);
        if (found != data.end() && found->is_array()) {
            for (const auto& item : *found) {
                if (item.is_string())
                    list.push_back(item.get<std::string>());
            }
        }
        return list;
    };
    out.evidence = texts("evidence");
    for (auto& fingerprint : texts("split_off"))
        out.splitFrom.insert(std::move(fingerprint));
    out.fixedOrigin = stringOf(data, "fixed_origin");
    out.fixedSeverity = flagOf(data, "fixed_severity");
    out.offline = flagOf(data, "offline");
    out.mergedInto = integerOf(data, "merged_into");
    out.continues = integerOf(data, "continues");
    out.mergeWith = integerOf(data, "merge_with");
    out.quietSinceMs = integerOf(data, "quiet_since_ms");
    out.overridesSeenMs = integerOf(data, "overrides_seen_ms").value_or(0);
    out.mitigatedByHand = flagOf(data, "mitigated_by_hand");
    out.floodUntilMs = integerOf(data, "flood_until_ms").value_or(0);
    out.untold = static_cast<std::size_t>(integerOf(data, "untold").value_or(0));
    out.reopened = static_cast<std::size_t>(integerOf(data, "reopened").value_or(0));
    return out;
}

Result<void> loadSignals(const store::Journal& journal, Record& record, const nlohmann::json& data)
{
    HF_TRY(const auto rows,
           journal.read({"SELECT fingerprint,alert,service,severity,labels_json,onset_ms,fired_ms,cleared_ms,peak,"
                         "transitions FROM incident_signal WHERE incident_id=? ORDER BY fired_ms,fingerprint",
                         {record.id}}));
    const auto details = data.find("signals");
    for (const auto& row : rows) {
        IncidentSignal signal;
        signal.fingerprint = row.text(0);
        signal.alert = row.text(1);
        signal.service = row.text(2);
        signal.severity = row.text(3);
        signal.labelsJson = row.text(4);
        signal.onsetMs = row.integer(5);
        signal.firedMs = row.integer(6);
        signal.clearedMs = optional(row, 7);
        signal.peak = row.number(8);
        signal.transitions = static_cast<int>(row.integer(9));
        signal.summary = signal.alert;
        if (details != data.end() && details->is_object()) {
            const auto found = details->find(signal.fingerprint);
            if (found != details->end() && found->is_object()) {
                signal.summary = stringOf(*found, "summary");
                signal.kind = stringOf(*found, "kind");
                signal.subject = stringOf(*found, "subject");
                signal.muted = flagOf(*found, "muted");
                signal.maybeUnrelated = flagOf(*found, "maybe_unrelated");
                signal.shelved = flagOf(*found, "shelved");
                signal.standing = flagOf(*found, "standing");
            }
        }
        signal.places = placesOf(signal.labelsJson);
        signal.unsaved = false;
        record.add(std::move(signal));
    }
    return {};
}

Result<std::vector<Record>> recordsOf(const store::Journal& journal, const SqlStatement& statement)
{
    HF_TRY(const auto rows, journal.read(statement));
    std::vector<Record> out;
    for (const auto& row : rows) {
        nlohmann::json data;
        Record record = recordFrom(row, data);
        HF_CHECK(loadSignals(journal, record, data));
        out.push_back(std::move(record));
    }
    return out;
}

}  // namespace

std::vector<SqlStatement> saveRecord(Record& record, std::int64_t now)
{
    std::vector<SqlStatement> out;
    out.push_back(
        {std::string("INSERT OR REPLACE INTO incident(") + kIncidentColumns + ") VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
         {record.id, record.openedMs, optional(record.ackedMs), optional(record.mitigatedMs),
          optional(record.resolvedMs), optional(record.closedMs), incidentStateWord(record.state),
          severityWord(record.severity), record.title, record.origin, record.owner, optional(record.ackUntilMs),
          record.lastSignalMs, dataOf(record)}});
    out.push_back(saveVersion(record, now));
    out.push_back(keepSpan(record));
    for (auto& signal : record.signals) {
        if (!std::exchange(signal.unsaved, false))
            continue;
        out.push_back({"INSERT OR REPLACE INTO incident_signal(incident_id,fingerprint,alert,service,severity,"
                       "labels_json,onset_ms,fired_ms,cleared_ms,peak,transitions) VALUES(?,?,?,?,?,?,?,?,?,?,?)",
                       {record.id, signal.fingerprint, signal.alert, signal.service, signal.severity, signal.labelsJson,
                        signal.onsetMs, signal.firedMs, optional(signal.clearedMs), signal.peak,
                        std::int64_t{signal.transitions}}});
    }
    return out;
}

SqlStatement removeSignal(std::int64_t incident, std::string_view fingerprint)
{
    return {"DELETE FROM incident_signal WHERE incident_id=? AND fingerprint=?", {incident, std::string(fingerprint)}};
}

SqlStatement insertEvent(const Event& event)
{
    return {"INSERT INTO event(at_ms,known_ms,kind,service,subject,actor,text,data_json,incident_id,starred,replaces) "
            "VALUES(?,?,?,?,?,?,?,?,?,?,?)",
            {event.atMs, event.knownMs, event.kind, event.service, event.subject, event.actor, event.text,
             event.dataJson, optional(event.incident), std::int64_t{event.starred ? 1 : 0}, optional(event.replaces)}};
}

SqlStatement adoptEvents(std::int64_t incident, const std::set<std::string>& services, std::int64_t sinceMs)
{
    SqlStatement out{"UPDATE event SET incident_id=? WHERE incident_id IS NULL AND at_ms>=? AND service IN (",
                     {incident, sinceMs}};
    for (const auto& service : services) {
        out.sql += out.values.size() > 2 ? ",?" : "?";
        out.values.emplace_back(service);
    }
    out.sql += ")";
    return out;
}

Result<std::vector<Record>> loadRecords(const store::Journal& journal, std::size_t limit)
{
    return recordsOf(journal, {std::string("SELECT ") + kIncidentColumns
                                   + " FROM incident WHERE state IN ('new','acked','mitigated') OR id IN "
                                     "(SELECT id FROM incident ORDER BY id DESC LIMIT ?) ORDER BY id",
                               {static_cast<std::int64_t>(limit)}});
}

Result<std::vector<Record>> loadRecordsBefore(const store::Journal& journal, std::int64_t id, std::size_t limit)
{
    HF_TRY(auto out, recordsOf(journal, {std::string("SELECT ") + kIncidentColumns
                                             + " FROM incident WHERE id<? ORDER BY id DESC LIMIT ?",
                                         {id, static_cast<std::int64_t>(limit)}}));
    std::ranges::reverse(out);
    return out;
}

Result<Record> loadRecord(const store::Journal& journal, std::int64_t id)
{
    HF_TRY(auto records,
           recordsOf(journal, {std::string("SELECT ") + kIncidentColumns + " FROM incident WHERE id=?", {id}}));
    if (records.empty())
        return Error{.message = "there is no incident " + std::to_string(id), .kind = ErrorKind::NotFound};
    return std::move(records.front());
}

namespace {

constexpr const char* kEventColumns =
    "SELECT id,at_ms,known_ms,kind,service,subject,actor,text,data_json,incident_id,starred,replaces FROM event ";

Result<std::vector<Event>> eventsOf(const store::Journal& journal, const SqlStatement& statement)
{
    HF_TRY(const auto rows, journal.read(statement));
    std::vector<Event> out;
    for (const auto& row : rows) {
        Event event;
        event.id = row.integer(0);
        event.atMs = row.integer(1);
        event.knownMs = row.integer(2);
        event.kind = row.text(3);
        event.service = row.text(4);
        event.subject = row.text(5);
        event.actor = row.text(6);
        event.text = row.text(7);
        event.dataJson = row.text(8);
        event.incident = optional(row, 9);
        event.starred = row.integer(10) != 0;
        event.replaces = optional(row, 11);
        out.push_back(std::move(event));
    }
    return out;
}

}  // namespace

Result<std::vector<Event>> loadChanges(const store::Journal& journal, std::int64_t notOfIncident,
                                       const std::set<std::string>& services, TimeRange span)
{
    SqlStatement statement{std::string(kEventColumns)
                               + "WHERE at_ms>=? AND at_ms<=? AND (incident_id IS NULL OR incident_id<>?) AND kind IN "
                                 "('flag','deploy','restart','action','target') AND service IN (",
                           {span.start, span.end, notOfIncident}};
    for (const auto& service : services) {
        statement.sql += statement.values.size() > 3 ? ",?" : "?";
        statement.values.emplace_back(service);
    }
    statement.sql += ") ORDER BY at_ms, id LIMIT 1000";
    return eventsOf(journal, statement);
}

Result<std::vector<Event>> loadEvents(const store::Journal& journal, const EventQuery& query)
{
    SqlStatement statement{std::string(kEventColumns) + "WHERE at_ms>=? AND at_ms<=?", {query.startMs, query.endMs}};
    if (!query.service.empty()) {
        statement.sql += " AND service=?";
        statement.values.emplace_back(query.service);
    }
    if (query.incident) {
        statement.sql += " AND incident_id=?";
        statement.values.emplace_back(*query.incident);
    }
    if (query.knownMs != INT64_MAX) {
        statement.sql += " AND known_ms<=?";
        statement.values.emplace_back(query.knownMs);
    }
    for (std::size_t i = 0; i < query.kinds.size(); ++i) {
        statement.sql += i == 0 ? " AND kind IN (?" : ",?";
        statement.values.emplace_back(query.kinds[i]);
    }
    if (!query.kinds.empty())
        statement.sql += ")";
    statement.sql += " ORDER BY at_ms DESC, id DESC LIMIT ?";
    statement.values.emplace_back(static_cast<std::int64_t>(query.limit));
    HF_TRY(auto out, eventsOf(journal, statement));
    std::ranges::reverse(out);
    return out;
}

Result<Event> loadEvent(const store::Journal& journal, std::int64_t id)
{
    HF_TRY(auto events, eventsOf(journal, {std::string(kEventColumns) + "WHERE id=?", {id}}));
    if (events.empty())
        return Error{.message = "there is no event " + std::to_string(id), .kind = ErrorKind::NotFound};
    return std::move(events.front());
}

std::string standingJson(const std::map<std::string, IncidentSignal>& standing)
{
    auto root = nlohmann::json::array();
    for (const auto& [fingerprint, signal] : standing)
        root.push_back(signalJson(signal));
    return dump(root);
}

std::map<std::string, IncidentSignal> standingFrom(const std::string& json)
{
    std::map<std::string, IncidentSignal> out;
    const auto root = nlohmann::json::parse(json, nullptr, false);
    if (!root.is_array())
        return out;
    for (const auto& item : root) {
        IncidentSignal signal = signalFrom(item);
        out.emplace(signal.fingerprint, std::move(signal));
    }
    return out;
}

}  // namespace holdfast::incident
