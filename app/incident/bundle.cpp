#include "app/incident/bundle.h"

#include "app/store/store.h"

#include <nlohmann/json.hpp>

#include <array>
#include <utility>

namespace holdfast::incident {

namespace {

using nlohmann::json;

constexpr std::uint64_t kMostSamples = 20'000'000;
constexpr std::size_t kBatch = 200'000;
constexpr std::size_t kRowsAtOnce = 2000;

/// A table of the journal: which rows belong to the span. ?1 start, ?2 end, ?3 the incident.
struct Table {
    const char* name;
    const char* columns;
    const char* where;
};

constexpr std::array<Table, 7> kTables{
    {{"event", "id,at_ms,known_ms,kind,service,subject,actor,text,data_json,incident_id,starred,replaces",
      "at_ms BETWEEN ?1 AND ?2 OR incident_id=?3"},
     {"incident",
      "id,opened_ms,acked_ms,mitigated_ms,resolved_ms,closed_ms,state,severity,title,origin,owner,ack_until_ms,last_"
      "signal_ms,data_json",
      "id=?3 OR (opened_ms<=?2 AND coalesce(resolved_ms,?2)>=?1)"},
     {"incident_signal",
      "incident_id,fingerprint,alert,service,severity,labels_json,onset_ms,fired_ms,cleared_ms,peak,transitions",
      "incident_id=?3 OR incident_id IN (SELECT id FROM incident WHERE opened_ms<=?2 AND "
      "coalesce(resolved_ms,?2)>=?1)"},
     {"incident_version", "id,incident_id,known_ms,opened_ms,data_json",
      "known_ms BETWEEN ?1 AND ?2 OR incident_id=?3"},
     {"action", "id,created_ms,updated_ms,state,control,actor,reason,incident_id,data_json",
      "created_ms BETWEEN ?1 AND ?2 OR incident_id=?3"},
     {"lease", "id,action_id,control,state,until_ms,keeper,data_json",
      "action_id IN (SELECT id FROM action WHERE created_ms BETWEEN ?1 AND ?2 OR incident_id=?3)"},
     {"audit",
      "id,at_ms,action_id,step,actor,os_user,host,control,instance,reason,incident_id,before_json,wanted_json,after_"
      "json,requests_json,outcome,lease_id,reverts,prev_hash,hash",
      "at_ms BETWEEN ?1 AND ?2 OR incident_id=?3"}}};

LabelSet redactedLabels(const LabelSet& labels, Redactor& redactor)
{
    std::vector<Label> out;
    for (const auto& label : labels)
        out.push_back(
            {.name = label.name,
             .value = label.name == kMetricName || label.name == "le" ? label.value : redactor.text(label.value)});
    return LabelSet(std::move(out));
}

Result<void> copySamples(const store::Querier& from, TimeRange span, bool redacts, Redactor& redactor,
                         store::Store& into)
{
    store::ReadLimits limits;
    limits.maxSamples = kMostSamples;
    HF_TRY(const store::SeriesSet set, from.select({}, span, {}, limits));
    Batch batch{.origin = "bundle", .samples = {}, .metadata = from.metadata({}), .exemplars = {}};
    const auto flush = [&]() -> Result<void> {
        if (batch.samples.empty() && batch.metadata.empty())
            return {};
        HF_TRY([[maybe_unused]] const auto report,
               into.appendDurably(
                   std::exchange(batch, {.origin = "bundle", .samples = {}, .metadata = {}, .exemplars = {}})));
        return {};
    };
    for (const store::SeriesView& view : set.series) {
        HF_TRY(const SeriesId id, into.series(redacts ? redactedLabels(*view.labels, redactor) : *view.labels));
        for (std::size_t i = 0; i < view.times.size(); ++i)
            batch.samples.push_back({.series = id, .t = view.times[i], .v = view.values[i]});
        if (batch.samples.size() >= kBatch)
            HF_CHECK(flush());
    }
    return flush();
}

store::SqlValue redactedCell(store::SqlValue value, Redactor& redactor)
{
    if (const auto* text = std::get_if<std::string>(&value))
        return redactor.text(*text);
    return value;
}

/// People are known by what they did: their names are learnt before anything is replaced.
Result<void> learnNames(const store::Journal& from, TimeRange span, Redactor& redactor)
{
    HF_TRY(const auto actors,
           from.read({"SELECT DISTINCT actor FROM event WHERE at_ms BETWEEN ? AND ? UNION SELECT DISTINCT actor FROM "
                      "action UNION SELECT DISTINCT owner FROM incident UNION SELECT DISTINCT os_user FROM audit",
                      {span.start, span.end}}));
    for (const auto& row : actors)
        redactor.addPerson(row.text(0));
    HF_TRY(const auto hosts,
           from.read({"SELECT DISTINCT host FROM audit UNION SELECT DISTINCT instance FROM audit", {}}));
    for (const auto& row : hosts)
        redactor.addHost(row.text(0));
    return {};
}

Result<void> copyTable(const store::Journal& from, const Table& table, const BundleManifest& manifest, bool redacts,
                       Redactor& redactor, store::Store& into)
{
    HF_TRY(auto rows,
           from.read({std::string("SELECT ") + table.columns + " FROM " + table.name + " WHERE " + table.where,
                      {manifest.span.start, manifest.span.end, manifest.incident}}));
    std::vector<store::SqlStatement> statements;
    for (auto& row : rows) {
        store::SqlStatement insert{
            std::string("INSERT OR REPLACE INTO ") + table.name + "(" + table.columns + ") VALUES(", {}};
        for (auto& cell : row.cells) {
            insert.sql += insert.values.empty() ? "?" : ",?";
            insert.values.push_back(redacts ? redactedCell(std::move(cell), redactor) : std::move(cell));
        }
        insert.sql += ")";
        statements.push_back(std::move(insert));
        if (statements.size() >= kRowsAtOnce) {
            HF_TRY([[maybe_unused]] const auto written, into.write(std::exchange(statements, {})));
        }
    }
    if (!statements.empty()) {
        HF_TRY([[maybe_unused]] const auto written, into.write(std::move(statements)));
    }
    return {};
}

}  // namespace

Result<void> writeBundle(const std::string& file, const store::Querier& samples, const store::Journal& journal,
                         const BundleManifest& manifest, Redactor& redactor, const Clock& clock, Log& log)
{
    store::StoreOptions options;
    options.path = file;
    options.outOfOrderMs = store::kAnyAge;
    options.futureMs = store::kAnyAge;
    HF_TRY(const auto bundle, store::Store::open(std::move(options), clock, log));
    const bool redacts = !manifest.redacted.empty();
    if (redacts)
        HF_CHECK(learnNames(journal, manifest.span, redactor));
    HF_CHECK(copySamples(samples, manifest.span, redacts, redactor, *bundle));
    for (const Table& table : kTables)
        HF_CHECK(copyTable(journal, table, manifest, redacts, redactor, *bundle).in(table.name));
    const json data{{"format", manifest.format},
                    {"version", manifest.version},
                    {"incident", manifest.incident},
                    {"at_ms", manifest.atMs},
                    {"start_ms", manifest.span.start},
                    {"end_ms", manifest.span.end},
                    {"made_ms", manifest.madeMs},
                    {"redacted", manifest.redacted},
                    {"config", redactor.text(manifest.configYaml)}};
    HF_TRY([[maybe_unused]] const auto row,
           bundle->write({{"INSERT OR REPLACE INTO setting(key,value_json,updated_ms) VALUES(?,?,?)",
                           {kBundleKey, data.dump(-1, ' ', false, json::error_handler_t::replace), manifest.madeMs}}}));
    HF_CHECK(bundle->closeChunks());
    HF_CHECK(bundle->compact());
    return bundle->close();
}

Result<BundleManifest> readBundleManifest(const store::Journal& journal)
{
    HF_TRY(const auto rows, journal.read({"SELECT value_json FROM setting WHERE key=?", {kBundleKey}}));
    if (rows.empty())
        return Error{.message = "this database is no bundle", .kind = ErrorKind::NotFound};
    const json data = json::parse(rows.front().text(0), nullptr, false);
    const auto number = [&](const char* key) {
        const auto found = data.find(key);
        return found != data.end() && found->is_number_integer() ? found->get<std::int64_t>() : std::int64_t{0};
    };
    const auto text = [&](const char* key) {
        const auto found = data.find(key);
        return found != data.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    if (!data.is_object())
        return Error{.message = "the bundle's manifest is damaged", .kind = ErrorKind::Corrupt};
    BundleManifest out;
    out.format = static_cast<int>(number("format"));
    if (out.format > kBundleFormat)
        return Error{.message = "the bundle was written by a newer Holdfast (" + text("version")
                                + "); this one cannot read it",
                     .kind = ErrorKind::BadInput};
    out.version = text("version");
    out.incident = number("incident");
    out.atMs = number("at_ms");
    out.span = {number("start_ms"), number("end_ms")};
    out.madeMs = number("made_ms");
    out.redacted = text("redacted");
    out.configYaml = text("config");
    return out;
}

}  // namespace holdfast::incident
