#include "app/incident/incident_past.h"

#include "app/incident/grouping.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace holdfast::incident {

namespace {

using nlohmann::json;

constexpr std::size_t kMostSignals = 200;
constexpr std::int64_t kAroundMs = 30LL * 60'000;
constexpr std::int64_t kKeptMs = 180LL * 86'400'000;
constexpr std::int64_t kNeverMs = INT64_MAX / 2;

std::string text(const json& item, const char* key)
{
    const auto found = item.find(key);
    return found != item.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<std::int64_t> moment(const json& item, const char* key)
{
    const auto found = item.find(key);
    return found != item.end() && found->is_number_integer() ? std::optional(found->get<std::int64_t>()) : std::nullopt;
}

bool flag(const json& item, const char* key)
{
    const auto found = item.find(key);
    return found != item.end() && found->is_boolean() && found->get<bool>();
}

void put(json& item, const char* key, const std::optional<std::int64_t>& value)
{
    if (value)
        item[key] = *value;
}

template <typename Enum>
Enum wordOf(const std::string& word, std::initializer_list<Enum> all, const char* (*words)(Enum), Enum otherwise)
{
    for (const Enum one : all) {
        if (word == words(one))
            return one;
    }
    return otherwise;
}

PastRecord recordFrom(std::int64_t id, const std::string& data)
{
    PastRecord out;
    Record& record = out.record;
    record.id = id;
    const json item = json::parse(data, nullptr, false);
    if (!item.is_object())
        return out;
    record.state = wordOf(text(item, "state"),
                          {IncidentState::New, IncidentState::Acked, IncidentState::Mitigated, IncidentState::Resolved,
                           IncidentState::Closed},
                          &incidentStateWord, IncidentState::Closed);
    record.severity =
        wordOf(text(item, "severity"), {Severity::Sev1, Severity::Sev2, Severity::Sev3}, &severityWord, Severity::Sev2);
    record.title = text(item, "title");
    record.origin = text(item, "origin");
    record.owner = text(item, "owner");
    record.openedMs = moment(item, "opened_ms").value_or(0);
    record.ackedMs = moment(item, "acked_ms");
    record.mitigatedMs = moment(item, "mitigated_ms");
    record.resolvedMs = moment(item, "resolved_ms");
    record.closedMs = moment(item, "closed_ms");
    record.ackUntilMs = moment(item, "ack_until_ms");
    record.lastSignalMs = moment(item, "last_signal_ms").value_or(0);
    record.mergedInto = moment(item, "merged_into");
    record.floodUntilMs = flag(item, "flood") ? kNeverMs : 0;
    record.offline = flag(item, "offline");
    out.signals = static_cast<std::size_t>(moment(item, "count").value_or(0));
    if (const auto evidence = item.find("evidence"); evidence != item.end() && evidence->is_array()) {
        for (const auto& line : *evidence) {
            if (line.is_string())
                record.evidence.push_back(line.get<std::string>());
        }
    }
    if (const auto signals = item.find("signals"); signals != item.end() && signals->is_array()) {
        for (const auto& signal : *signals)
            record.add(signalFrom(signal));
    }
    return out;
}

}  // namespace

json signalJson(const IncidentSignal& signal)
{
    json out{{"fingerprint", signal.fingerprint}, {"alert", signal.alert},     {"service", signal.service},
             {"severity", signal.severity},       {"kind", signal.kind},       {"subject", signal.subject},
             {"labels", signal.labelsJson},       {"summary", signal.summary}, {"onset_ms", signal.onsetMs},
             {"fired_ms", signal.firedMs},        {"peak", signal.peak},       {"transitions", signal.transitions}};
    put(out, "cleared_ms", signal.clearedMs);
    for (const auto& [name, value] : {std::pair{"muted", signal.muted}, std::pair{"maybe", signal.maybeUnrelated},
                                      std::pair{"shelved", signal.shelved}, std::pair{"standing", signal.standing}}) {
        if (value)
            out[name] = true;
    }
    return out;
}

IncidentSignal signalFrom(const json& item)
{
    IncidentSignal out;
    if (!item.is_object())
        return out;
    out.fingerprint = text(item, "fingerprint");
    out.alert = text(item, "alert");
    out.service = text(item, "service");
    out.severity = text(item, "severity");
    out.kind = text(item, "kind");
    out.subject = text(item, "subject");
    out.labelsJson = text(item, "labels");
    out.summary = text(item, "summary");
    out.onsetMs = moment(item, "onset_ms").value_or(0);
    out.firedMs = moment(item, "fired_ms").value_or(0);
    out.clearedMs = moment(item, "cleared_ms");
    if (const auto peak = item.find("peak"); peak != item.end() && peak->is_number())
        out.peak = peak->get<double>();
    out.transitions = static_cast<int>(moment(item, "transitions").value_or(1));
    out.muted = flag(item, "muted");
    out.maybeUnrelated = flag(item, "maybe");
    out.shelved = flag(item, "shelved");
    out.standing = flag(item, "standing");
    out.places = placesOf(out.labelsJson);
    out.unsaved = false;
    return out;
}

store::SqlStatement saveVersion(const Record& record, std::int64_t now)
{
    json item{{"state", incidentStateWord(record.state)},
              {"severity", severityWord(record.severity)},
              {"title", record.title},
              {"origin", record.origin},
              {"owner", record.owner},
              {"opened_ms", record.openedMs},
              {"last_signal_ms", record.lastSignalMs},
              {"evidence", record.evidence},
              {"count", record.signals.size()},
              {"flood", record.floodUntilMs != 0},
              {"offline", record.offline}};
    put(item, "acked_ms", record.ackedMs);
    put(item, "mitigated_ms", record.mitigatedMs);
    put(item, "resolved_ms", record.resolvedMs);
    put(item, "closed_ms", record.closedMs);
    put(item, "ack_until_ms", record.ackUntilMs);
    put(item, "merged_into", record.mergedInto);
    auto& signals = item["signals"] = json::array();
    for (std::size_t i = 0; i < std::min(record.signals.size(), kMostSignals); ++i)
        signals.push_back(signalJson(record.signals[i]));
    return {"INSERT INTO incident_version(incident_id,known_ms,opened_ms,data_json) VALUES(?,?,?,?)",
            {record.id, now, record.openedMs, item.dump(-1, ' ', false, json::error_handler_t::replace)}};
}

store::SqlStatement keepSpan(const Record& record)
{
    const std::int64_t end = record.isOpen() ? kNeverMs : record.resolvedMs.value_or(record.openedMs) + kAroundMs;
    return {"INSERT OR REPLACE INTO kept_span(owner,start_ms,end_ms,until_ms) VALUES(?,?,?,?)",
            {"incident/" + std::to_string(record.id), std::min(record.firstOnset(), record.openedMs) - kAroundMs, end,
             record.openedMs + kKeptMs}};
}

Result<std::vector<PastRecord>> recordsKnownAt(const store::Journal& journal, std::int64_t t, std::size_t limit)
{
    HF_TRY(
        const auto rows,
        journal.read({"SELECT incident_id,data_json FROM incident_version WHERE id IN (SELECT max(id) FROM "
                      "incident_version WHERE known_ms<=? AND opened_ms<=? GROUP BY incident_id ORDER BY incident_id "
                      "DESC LIMIT ?) ORDER BY incident_id DESC",
                      {t, t, static_cast<std::int64_t>(limit)}}));
    std::vector<PastRecord> out;
    for (const auto& row : rows)
        out.push_back(recordFrom(row.integer(0), row.text(1)));
    return out;
}

Result<PastRecord> recordKnownAt(const store::Journal& journal, std::int64_t id, std::int64_t t)
{
    HF_TRY(const auto rows, journal.read({"SELECT data_json FROM incident_version WHERE incident_id=? AND known_ms<=? "
                                          "ORDER BY id DESC LIMIT 1",
                                          {id, t}}));
    if (rows.empty())
        return Error{.message = "INC-" + std::to_string(id) + " was not known then", .kind = ErrorKind::NotFound};
    return recordFrom(id, rows.front().text(0));
}

}  // namespace holdfast::incident
