#include "app/incident/incident_service.h"

#include "app/incident/change_effects.h"
#include "app/incident/grouping.h"
#include "app/incident/incident_book.h"
#include "app/incident/incident_journal.h"
#include "app/incident/lanes.h"
#include "app/incident/markdown.h"
#include "app/incident/onset.h"
#include "app/incident/service_words.h"
#include "app/incident/timeline.h"

#include <algorithm>

namespace holdfast::incident {

namespace {

constexpr std::size_t kLoaded = 500;              // newest incidents kept in memory
constexpr std::size_t kMostOnsets = 50;           // queries one evaluation may cost; in a flood alert times do
constexpr std::size_t kTimeline = 5000;           // events of one incident shown
constexpr std::size_t kMostSignals = 1000;        // of one incident shown, the earliest ones
constexpr std::int64_t kBeforeOnsetMs = 600'000;  // events before the first onset that belong to the story
constexpr std::int64_t kJudgedMs = 600'000;       // after a change its effect is told
constexpr std::size_t kMostToJudge = 200;
constexpr const char* kShelvesKey = "incident.shelves";
constexpr const char* kStandingKey = "incident.standing";

store::SqlStatement saveSetting(const char* key, std::string json, std::int64_t now)
{
    return {"INSERT OR REPLACE INTO setting(key,value_json,updated_ms) VALUES(?,?,?)", {key, std::move(json), now}};
}

/// Changes whose effect was still to be told when the engine ended.
Result<std::vector<Event>> unjudgedChanges(const store::Journal& journal, std::int64_t now,
                                           const std::vector<Event>& recent)
{
    EffectQuery query;
    query.startMs = now - 3'600'000;
    query.limit = 1000;
    HF_TRY(const auto told, effectHistory(journal, query));
    std::vector<Event> out;
    for (const Event& event : recent) {
        const bool young = now - event.atMs < kJudgedMs && (event.kind == "deploy" || event.kind == "flag");
        if (young && std::ranges::find(told, event.id, &ChangeEffect::ofId) == told.end())
            out.push_back(event);
    }
    return out;
}

Result<std::string> setting(const store::Journal& journal, const char* key)
{
    HF_TRY(const auto rows, journal.read({"SELECT value_json FROM setting WHERE key=?", {key}}));
    return rows.empty() ? std::string() : rows.front().text(0);
}

std::string suggestionFor(const Record& record, std::int64_t now)
{
    if (record.mergeWith)
        return "Merge with INC-" + std::to_string(*record.mergeWith) + "? A signal fits both.";
    if (record.isOpen() && record.state != IncidentState::Mitigated && now - record.openedMs >= 3'600'000)
        return "Not mitigated for an hour: declare an incident, or call a second person?";
    return {};
}

}  // namespace

IncidentService::IncidentService(store::Journal& journal, const promql::Engine* engine, const Clock& clock, Log& log)
    : m_journal(journal), m_engine(engine), m_clock(clock), m_log(log)
{
}

IncidentService::~IncidentService() = default;

Result<std::unique_ptr<IncidentService>> IncidentService::open(store::Journal& journal, const promql::Engine* engine,
                                                               const Clock& clock, Log& log)
{
    std::unique_ptr<IncidentService> out(new IncidentService(journal, engine, clock, log));
    HF_TRY(auto records, loadRecords(journal, kLoaded));
    HF_TRY(
        auto recent,
        loadEvents(
            journal,
            {.startMs = clock.wallMs() - 3'600'000, .endMs = INT64_MAX, .service = {}, .incident = {}, .limit = 1000}));
    std::erase_if(recent, [](const Event& event) {
        return event.kind != "deploy" && event.kind != "flag" && event.kind != "restart";
    });
    HF_TRY(const auto shelves, setting(journal, kShelvesKey));
    HF_TRY(const auto standing, setting(journal, kStandingKey));
    HF_TRY(auto unjudged, unjudgedChanges(journal, clock.wallMs(), recent));
    const MutexLock lock(out->m_mutex);
    out->m_toJudge = std::move(unjudged);
    out->m_book = std::make_unique<IncidentBook>(std::move(records), std::move(recent));
    out->m_book->shelves().restore(shelves);
    out->m_book->restoreStanding(standingFrom(standing));
    return out;
}

void IncidentService::setTopology(Topology topology)
{
    const MutexLock lock(m_mutex);
    m_book->setTopology(std::move(topology));
}

std::vector<OverrideInForce> IncidentService::overridesInForce() const
{
    return m_overrides ? m_overrides() : std::vector<OverrideInForce>();
}

void IncidentService::tellChanged(const std::set<std::int64_t>& ids) const
{
    if (!m_changed)
        return;
    for (const std::int64_t id : ids)
        m_changed(id);
}

/// Everything of one step, for one transaction.
std::vector<store::SqlStatement> IncidentService::statementsOf(const BookChanges& changes)
{
    const std::int64_t now = m_clock.wallMs();
    std::vector<store::SqlStatement> statements;
    for (const std::int64_t id : changes.incidents) {
        if (Record* record = m_book->find(id))
            std::ranges::move(saveRecord(*record, now), std::back_inserter(statements));
    }
    if (changes.shelves)
        statements.push_back(saveSetting(kShelvesKey, m_book->shelves().toJson(), now));
    if (changes.standing)
        statements.push_back(saveSetting(kStandingKey, standingJson(m_book->standing()), now));
    for (const Event& event : changes.events)
        statements.push_back(insertEvent(event));
    for (const std::int64_t id : changes.opened) {
        const Record* record = m_book->find(id);
        if (record && !record->onsets.empty())
            statements.push_back(adoptEvents(id, record->members(), record->firstOnset() - kBeforeOnsetMs));
    }
    return statements;
}

/// What could not be written is kept and goes with the next step.
Result<std::int64_t> IncidentService::write(std::vector<store::SqlStatement> statements)
{
    auto all = std::exchange(m_unwritten, {});
    std::ranges::move(statements, std::back_inserter(all));
    if (all.empty())
        return std::int64_t{0};
    auto kept = all;
    auto written = m_journal.write(std::move(all));
    if (!written.ok())
        m_unwritten = std::move(kept);
    return written;
}

void IncidentService::onEvaluation(std::int64_t t, const std::vector<rules::ActiveAlert>& alerts)
{
    std::vector<IncidentSignal> fresh;
    {
        const MutexLock lock(m_mutex);
        if (m_engine)
            fresh = m_book->newSignals(t, alerts, kMostOnsets);
    }
    std::unordered_map<std::string, std::int64_t> onsets;
    for (const IncidentSignal& signal : fresh)
        onsets[signal.fingerprint] = findOnset(*m_engine, signal);
    const auto overrides = overridesInForce();
    std::set<std::int64_t> changed;
    {
        const MutexLock writing(m_writing);
        std::vector<store::SqlStatement> statements;
        {
            const MutexLock lock(m_mutex);
            auto changes = m_book->evaluate(t, alerts, onsets, overrides);
            statements = statementsOf(changes);
            changed = std::move(changes.incidents);
        }
        const auto written = write(std::move(statements));
        if (!written.ok())
            m_log.error("incident",
                        "the journal takes no incidents, they are kept in memory: " + written.error().message);
    }
    tellChanged(changed);
    tellEffects(t);
}

void IncidentService::setEffectSignals(
    std::function<std::vector<control::EffectSeries>(const std::string& service, TimeRange span)> signals)
{
    m_effects = std::make_unique<ChangeEffects>(m_journal, std::move(signals));
}

void IncidentService::tellEffects(std::int64_t t)
{
    if (!m_effects)
        return;
    std::vector<Event> fresh;
    Topology topology;
    {
        const MutexLock lock(m_mutex);
        fresh.swap(m_toJudge);
        if (!fresh.empty() || m_effects->pending())
            topology = m_book->topology();
    }
    for (const Event& change : fresh)
        m_effects->note(change);
    for (Event& effect : m_effects->advance(t, topology)) {
        if (const auto recorded = recordEvent(std::move(effect)); !recorded.ok())
            m_log.warning("incident", "an effect was not recorded: " + recorded.error().message);
    }
}

Result<std::int64_t> IncidentService::recordEvent(Event event)
{
    if (!isEventKind(event.kind))
        return Error{.message = "unknown kind of event \"" + event.kind + "\"", .kind = ErrorKind::BadInput};
    if (event.text.size() > kMostText || event.dataJson.size() > kMostText)
        return Error{.message = "an event's text may have at most 16 KiB", .kind = ErrorKind::Limit};
    if (event.knownMs == 0)
        event.knownMs = m_clock.wallMs();
    if (event.atMs == 0)
        event.atMs = event.knownMs;
    {
        const MutexLock lock(m_mutex);
        if (!event.incident)
            event.incident = m_book->incidentOf(event);
        m_book->noteChange(event);
    }
    HF_TRY(const auto id, m_journal.write({insertEvent(event)}));
    if (event.kind == "deploy" || event.kind == "flag") {
        event.id = id;
        const MutexLock lock(m_mutex);
        m_toJudge.push_back(event);
        if (m_toJudge.size() > kMostToJudge)
            m_toJudge.erase(m_toJudge.begin());
    }
    if (event.incident)
        tellChanged({*event.incident});
    return id;
}

Result<std::vector<Event>> IncidentService::events(const EventQuery& query) const
{
    return loadEvents(m_journal, query);
}

std::vector<Shelf> IncidentService::shelves(bool ended) const
{
    const MutexLock lock(m_mutex);
    std::vector<Shelf> out;
    for (const Shelf& shelf : m_book->shelves().all()) {
        if (ended || !shelf.endedMs)
            out.push_back(shelf);
    }
    std::ranges::reverse(out);
    return out;
}

std::vector<IncidentSignal> IncidentService::standing() const
{
    const MutexLock lock(m_mutex);
    std::vector<IncidentSignal> out;
    for (const auto& [fingerprint, signal] : m_book->standing())
        out.push_back(signal);
    std::ranges::stable_sort(out, {}, &IncidentSignal::firedMs);
    return out;
}

std::vector<IncidentSummary> IncidentService::list(bool openOnly, std::size_t limit) const
{
    const auto overrides = overridesInForce();
    std::vector<IncidentSummary> out;
    const MutexLock lock(m_mutex);
    const auto& records = m_book->records();
    for (auto it = records.rbegin(); it != records.rend() && out.size() < limit; ++it) {
        if (!openOnly || it->second.isOpen())
            out.push_back(summaryOf(it->second, overrides));
    }
    return out;
}

Result<std::vector<IncidentSummary>> IncidentService::list(const IncidentFilter& filter) const
{
    const auto overrides = overridesInForce();
    std::vector<IncidentSummary> out;
    std::int64_t oldest = INT64_MAX;
    {
        const MutexLock lock(m_mutex);
        const auto& records = m_book->records();
        for (auto it = records.rbegin(); it != records.rend() && out.size() < filter.limit; ++it) {
            if (filter.takes(it->second))
                out.push_back(summaryOf(it->second, overrides));
        }
        if (!records.empty())
            oldest = records.begin()->first;
    }
    if (filter.openOnly || out.size() >= filter.limit)
        return out;
    HF_TRY(const auto older, loadRecordsBefore(m_journal, oldest, kLoaded));
    for (auto it = older.rbegin(); it != older.rend() && out.size() < filter.limit; ++it) {
        if (filter.takes(*it))
            out.push_back(summaryOf(*it, overrides));
    }
    return out;
}

Result<IncidentDetail> IncidentService::detail(std::int64_t id) const
{
    const auto overrides = overridesInForce();
    Record record;
    {
        const MutexLock lock(m_mutex);
        if (const Record* found = m_book->find(id))
            record = *found;
    }
    if (record.id == 0) {
        HF_TRY(record, loadRecord(m_journal, id));
    }
    IncidentDetail out;
    out.summary = summaryOf(record, overrides);
    out.evidence = record.evidence;
    out.suggestion = suggestionFor(record, m_clock.wallMs());
    out.lanes = lanesOf(record);
    std::vector<Event> before;
    if (!record.onsets.empty()) {
        HF_TRY(before,
               loadChanges(m_journal, id, record.members(),
                           {record.firstOnset() - kBeforeOnsetMs, std::max(record.openedMs, record.firstOnset())}));
    }
    out.signals = std::move(record.signals);
    std::ranges::stable_sort(out.signals, {}, &IncidentSignal::onsetMs);
    HF_TRY(
        out.timeline,
        loadEvents(m_journal, {.startMs = 0, .endMs = INT64_MAX, .service = {}, .incident = id, .limit = kTimeline}));
    std::ranges::move(before, std::back_inserter(out.timeline));
    out.timeline = toldTimeline(std::move(out.timeline), out.signals);
    if (out.signals.size() > kMostSignals)
        out.signals.resize(kMostSignals);
    return out;
}

Result<std::string> IncidentService::exportMarkdown(std::int64_t id) const
{
    HF_TRY(const auto incident, detail(id));
    EffectQuery measured;
    measured.incident = id;
    HF_TRY(auto effects, effectHistory(m_journal, measured));
    std::ranges::reverse(effects);
    return incidentMarkdown(incident, effects, m_clock.wallMs());
}

Result<IncidentSummary> IncidentService::change(std::int64_t id, std::string_view actor,
                                                const std::function<Result<void>(Record&, BookChanges&)>& act)
{
    HF_CHECK(checkActor(actor));
    const auto overrides = overridesInForce();
    IncidentSummary out;
    std::set<std::int64_t> changed;
    {
        const MutexLock writing(m_writing);
        const MutexLock lock(m_mutex);
        Record* record = m_book->find(id);
        if (!record)
            return noIncident(id);
        BookChanges changes;
        HF_CHECK(act(*record, changes));
        changes.incidents.insert(id);
        m_book->refresh(*record);
        const auto written = write(statementsOf(changes));
        if (!written.ok())
            return Error(written.error()).in("kept in memory, but not on disk yet");
        out = summaryOf(*record, overrides);
        changed = std::move(changes.incidents);
    }
    tellChanged(changed);
    return out;
}

}  // namespace holdfast::incident
