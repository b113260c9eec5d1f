#include "app/incident/incident_service.h"

#include "app/incident/grouping.h"
#include "app/incident/incident_book.h"
#include "app/incident/incident_journal.h"
#include "app/incident/lanes.h"
#include "app/incident/markdown.h"
#include "app/incident/onset.h"

#include <algorithm>

namespace holdfast::incident {

namespace {

constexpr std::size_t kLoaded = 500;              // newest incidents kept in memory
constexpr std::size_t kMostOnsets = 50;           // queries one evaluation may cost; in a flood alert times do
constexpr std::size_t kTimeline = 5000;           // events of one incident shown
constexpr std::int64_t kBeforeOnsetMs = 600'000;  // events before the first onset that belong to the story
constexpr std::size_t kMostText = 16U << 10U;

IncidentSummary summaryOf(const Record& record, const std::vector<OverrideInForce>& overrides)
{
    IncidentSummary out;
    out.id = record.id;
    out.title = record.title;
    out.state = record.state;
    out.severity = record.severity;
    out.openedMs = record.openedMs;
    out.ackedMs = record.ackedMs;
    out.mitigatedMs = record.mitigatedMs;
    out.resolvedMs = record.resolvedMs;
    out.closedMs = record.closedMs;
    out.ackUntilMs = record.ackUntilMs;
    out.lastSignalMs = record.lastSignalMs;
    out.signals = record.signals.size();
    out.firing = record.firing();
    for (const auto& [service, onset] : record.onsets)
        out.services.push_back(service);
    out.origin = record.origin;
    out.owner = record.owner;
    if (record.isOpen())
        out.overrides = static_cast<std::size_t>(std::ranges::count_if(
            overrides, [&](const OverrideInForce& o) { return record.onsets.contains(o.service); }));
    return out;
}

Error noIncident(std::int64_t id)
{
    return {.message = "there is no incident " + std::to_string(id), .kind = ErrorKind::NotFound};
}

Error overAlready(const Record& record)
{
    return {.message = "INC-" + std::to_string(record.id) + " is " + incidentStateWord(record.state) + " already",
            .kind = ErrorKind::Conflict};
}

Result<void> checkActor(std::string_view actor)
{
    if (actor.empty() || actor.size() > 200)
        return Error{.message = "who does it? an actor of at most 200 bytes is needed", .kind = ErrorKind::BadInput};
    return {};
}

std::string suggestionFor(const Record& record, std::int64_t now)
{
    if (record.mergeWith)
        return "Merge with INC-" + std::to_string(*record.mergeWith) + "? A signal fits both.";
    if (record.isOpen() && record.state != IncidentState::Mitigated && now - record.openedMs >= 3'600'000)
        return "Not mitigated for an hour: declare an incident, or call a second person?";
    return {};
}

Event eventOf(const Record& record, std::int64_t now, const char* kind, std::string_view actor, std::string text)
{
    Event out;
    out.atMs = now;
    out.knownMs = now;
    out.kind = kind;
    out.service = record.origin;
    out.subject = incidentStateWord(record.state);
    out.actor = actor;
    out.text = std::move(text);
    out.incident = record.id;
    return out;
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
    const MutexLock lock(out->m_mutex);
    out->m_book = std::make_unique<IncidentBook>(std::move(records), std::move(recent));
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

/// Everything of one step in one transaction. What could not be written is kept and goes with the next step.
Result<std::int64_t> IncidentService::persist(const BookChanges& changes)
{
    auto statements = std::exchange(m_unwritten, {});
    for (const std::int64_t id : changes.incidents) {
        if (const Record* record = m_book->find(id))
            std::ranges::move(saveRecord(*record), std::back_inserter(statements));
    }
    for (const Event& event : changes.events)
        statements.push_back(insertEvent(event));
    for (const std::int64_t id : changes.opened) {
        const Record* record = m_book->find(id);
        if (record && !record->onsets.empty())
            statements.push_back(adoptEvents(id, record->members(), record->firstOnset() - kBeforeOnsetMs));
    }
    if (statements.empty())
        return std::int64_t{0};
    auto kept = statements;
    auto written = m_journal.write(std::move(statements));
    if (!written.ok())
        m_unwritten = std::move(kept);
    return written;
}

void IncidentService::onEvaluation(std::int64_t t, const std::vector<rules::ActiveAlert>& alerts)
{
    std::vector<IncidentSignal> fresh;
    {
        const MutexLock lock(m_mutex);
        fresh = m_book->newSignals(alerts);
    }
    std::unordered_map<std::string, std::int64_t> onsets;
    for (std::size_t i = 0; m_engine && i < std::min(fresh.size(), kMostOnsets); ++i)
        onsets[fresh[i].fingerprint] = findOnset(*m_engine, fresh[i]);
    const auto overrides = overridesInForce();
    std::set<std::int64_t> changed;
    {
        const MutexLock lock(m_mutex);
        auto changes = m_book->evaluate(t, alerts, onsets, overrides);
        const auto written = persist(changes);
        if (!written.ok())
            m_log.error("incident",
                        "the journal takes no incidents, they are kept in memory: " + written.error().message);
        changed = std::move(changes.incidents);
    }
    tellChanged(changed);
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
    if (event.incident)
        tellChanged({*event.incident});
    return id;
}

Result<std::vector<Event>> IncidentService::events(const EventQuery& query) const
{
    return loadEvents(m_journal, query);
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
    std::ranges::stable_sort(out.timeline, {}, &Event::atMs);
    return out;
}

Result<std::string> IncidentService::exportMarkdown(std::int64_t id) const
{
    HF_TRY(const auto incident, detail(id));
    return incidentMarkdown(incident, m_clock.wallMs());
}

Result<IncidentSummary> IncidentService::change(std::int64_t id, std::string_view actor,
                                                const std::function<Result<void>(Record&, BookChanges&)>& act)
{
    HF_CHECK(checkActor(actor));
    const auto overrides = overridesInForce();
    IncidentSummary out;
    std::set<std::int64_t> changed;
    {
        const MutexLock lock(m_mutex);
        Record* record = m_book->find(id);
        if (!record)
            return noIncident(id);
        BookChanges changes;
        HF_CHECK(act(*record, changes));
        changes.incidents.insert(id);
        m_book->refresh(*record);
        const auto written = persist(changes);
        if (!written.ok())
            return Error(written.error()).in("kept in memory, but not on disk yet");
        out = summaryOf(*record, overrides);
        changed = std::move(changes.incidents);
    }
    tellChanged(changed);
    return out;
}

Result<IncidentSummary> IncidentService::acknowledge(std::int64_t id, std::string_view actor, std::int64_t forMs)
{
    const std::int64_t now = m_clock.wallMs();
    return change(id, actor, [&](Record& record, BookChanges& changes) -> Result<void> {
        if (!record.isOpen())
            return overAlready(record);
        const std::int64_t hold = forMs > 0 ? std::min(forMs, kLongestIncidentMs) : kReopenMs;
        record.owner = actor;
        record.ackedMs = record.ackedMs.value_or(now);
        if (record.state == IncidentState::New)
            record.state = IncidentState::Acked;
        record.ackUntilMs = now + hold;
        changes.events.push_back(
            eventOf(record, now, "ack", actor, "acknowledged for " + std::to_string(hold / 60'000) + " min"));
        return {};
    });
}

Result<Event> IncidentService::note(std::int64_t id, std::string_view actor, std::string_view text, bool starred)
{
    HF_CHECK(checkActor(actor));
    if (text.empty() || text.size() > kMostText)
        return Error{.message = "a note has between 1 byte and 16 KiB", .kind = ErrorKind::BadInput};
    Event event;
    {
        const MutexLock lock(m_mutex);
        const Record* record = m_book->find(id);
        if (record)
            event = eventOf(*record, m_clock.wallMs(), "note", actor, std::string(text));
    }
    if (!event.incident) {
        HF_TRY(const auto old, loadRecord(m_journal, id));
        event = eventOf(old, m_clock.wallMs(), "note", actor, std::string(text));
    }
    event.starred = starred;
    HF_TRY(event.id, m_journal.write({insertEvent(event)}));
    tellChanged({id});
    return event;
}

Result<IncidentSummary> IncidentService::resolve(std::int64_t id, std::string_view actor)
{
    const std::int64_t now = m_clock.wallMs();
    return change(id, actor, [&](Record& record, BookChanges& changes) -> Result<void> {
        if (!record.isOpen())
            return overAlready(record);
        record.state = IncidentState::Resolved;
        record.resolvedMs = now;
        record.ackUntilMs.reset();
        changes.events.push_back(
            eventOf(record, now, "state", actor,
                    record.firing() > 0
                        ? "resolved by hand while " + std::to_string(record.firing()) + " signals were still firing"
                        : "resolved by hand"));
        return {};
    });
}

Result<IncidentSummary> IncidentService::close(std::int64_t id, std::string_view actor)
{
    const std::int64_t now = m_clock.wallMs();
    return change(id, actor, [&](Record& record, BookChanges& changes) -> Result<void> {
        if (record.state != IncidentState::Resolved)
            return Error{.message = "only a resolved incident can be closed", .kind = ErrorKind::Conflict};
        record.state = IncidentState::Closed;
        record.closedMs = now;
        changes.events.push_back(eventOf(record, now, "state", actor, "reviewed and closed"));
        return {};
    });
}

Result<IncidentSummary> IncidentService::setSeverity(std::int64_t id, Severity severity, std::string_view actor,
                                                     std::string_view reason)
{
    const std::int64_t now = m_clock.wallMs();
    return change(id, actor, [&](Record& record, BookChanges& changes) -> Result<void> {
        if (reason.empty() || reason.size() > kMostText)
            return Error{.message = "why? a changed severity needs a reason", .kind = ErrorKind::BadInput};
        const std::string before = severityWord(record.severity);
        record.severity = severity;
        record.fixedSeverity = true;
        changes.events.push_back(
            eventOf(record, now, "state", actor,
                    "severity " + before + " → " + severityWord(severity) + ": " + std::string(reason)));
        return {};
    });
}

Result<IncidentSummary> IncidentService::setOrigin(std::int64_t id, std::string_view service, std::string_view actor)
{
    const std::int64_t now = m_clock.wallMs();
    return change(id, actor, [&](Record& record, BookChanges& changes) -> Result<void> {
        if (!record.onsets.contains(std::string(service)))
            return Error{.message = std::string(service) + " has no signal in this incident",
                         .kind = ErrorKind::BadInput};
        const std::string before = record.origin;
        record.fixedOrigin = service;
        changes.events.push_back(
            eventOf(record, now, "state", actor, "origin set: " + before + " → " + std::string(service)));
        return {};
    });
}

Result<IncidentSummary> IncidentService::merge(std::int64_t id, std::int64_t other, std::string_view actor)
{
    const std::int64_t now = m_clock.wallMs();
    return change(id, actor, [&](Record& record, BookChanges& changes) HF_NO_THREAD_SAFETY_ANALYSIS -> Result<void> {
        Record* from = m_book->find(other);
        if (!from)
            return noIncident(other);
        if (from == &record || !record.isOpen() || from->mergedInto)
            return Error{.message = "merge an incident into another one that is open", .kind = ErrorKind::Conflict};
        m_book->merge(record, *from, now, changes, std::string(actor));
        return {};
    });
}

Result<IncidentSummary> IncidentService::splitOff(std::int64_t id, std::string_view fingerprint, std::string_view actor)
{
    const std::int64_t now = m_clock.wallMs();
    std::int64_t made = 0;
    HF_TRY(const auto rest,
           change(id, actor, [&](Record& record, BookChanges& changes) HF_NO_THREAD_SAFETY_ANALYSIS -> Result<void> {
               if (record.signals.size() < 2)
                   return Error{.message = "an incident needs a signal; this is its only one",
                                .kind = ErrorKind::Conflict};
               auto signal = record.remove(fingerprint);
               if (!signal)
                   return Error{.message = "this incident has no such signal", .kind = ErrorKind::NotFound};
               record.splitFrom.insert(signal->fingerprint);
               m_unwritten.push_back(removeSignal(id, fingerprint));
               const std::string what = signal->service + " " + signal->alert;
               made = m_book->openWith(std::move(*signal), now, changes).id;
               changes.events.push_back(
                   eventOf(record, now, "state", actor, what + " split off into INC-" + std::to_string(made)));
               return {};
           }));
    const auto overrides = overridesInForce();
    const MutexLock lock(m_mutex);
    return summaryOf(*m_book->find(made), overrides);
}

}  // namespace holdfast::incident
