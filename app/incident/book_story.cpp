#include "app/incident/incident_book.h"
#include "app/incident/origin_ranking.h"

#include <algorithm>

namespace holdfast::incident {

namespace {

constexpr std::size_t kMostRanked = 100;  // services; a flood has no chain of causes to look through

std::string name(const Record& record)
{
    return "INC-" + std::to_string(record.id);
}

/// What changed first, as a record of its own.
Record earliest(const Record& record)
{
    std::vector<std::pair<std::int64_t, std::string>> services;
    for (const auto& [service, onset] : record.onsets)
        services.emplace_back(onset, service);
    std::ranges::sort(services);
    services.resize(std::min(services.size(), kMostRanked));
    std::set<std::string> kept;
    for (auto& [onset, service] : services)
        kept.insert(std::move(service));
    Record out;
    out.openedMs = record.openedMs;
    for (const auto& signal : record.signals) {
        if (kept.contains(signal.service))
            out.add(signal);
    }
    return out;
}

}  // namespace

void IncidentBook::stateEvent(const Record& record, std::int64_t t, std::string text, std::string actor,
                              BookChanges& changes)
{
    if (record.id == 0)
        return;
    Event event;
    event.atMs = t;
    event.knownMs = t;
    event.kind = "state";
    event.service = record.origin;
    event.subject = incidentStateWord(record.state);
    event.actor = std::move(actor);
    event.text = std::move(text);
    event.incident = record.id;
    changes.events.push_back(std::move(event));
    changes.incidents.insert(record.id);
}

void IncidentBook::merge(Record& into, Record& from, std::int64_t t, BookChanges& changes, const std::string& actor)
{
    for (const auto& signal : from.signals) {
        const auto same = std::ranges::find(into.signals, signal.fingerprint, &IncidentSignal::fingerprint);
        if (same != into.signals.end())
            continue;
        into.add(signal);
        into.signals.back().unsaved = true;
    }
    into.lastSignalMs = std::max(into.lastSignalMs, from.lastSignalMs);
    into.mergeWith.reset();
    into.offline = into.offline || from.offline;
    from.mergedInto = into.id;
    from.state = IncidentState::Closed;
    from.resolvedMs = from.resolvedMs.value_or(t);
    from.closedMs = t;
    for (auto& signal : from.signals) {
        signal.clearedMs = signal.clearedMs.value_or(std::max(t, signal.firedMs));
        signal.unsaved = true;
    }
    stateEvent(from, t, "Merged into " + name(into), actor, changes);
    stateEvent(into, t, name(from) + " (" + from.title + ") merged into this one", actor, changes);
    refresh(into);
}

Record& IncidentBook::open(Record waiting, std::int64_t t, BookChanges& changes)
{
    waiting.id = m_nextId++;
    waiting.openedMs = t;
    waiting.state = IncidentState::New;
    refresh(waiting);
    Record& record = m_records.insert_or_assign(waiting.id, std::move(waiting)).first->second;
    changes.opened.insert(record.id);
    stateEvent(record, t,
               name(record) + " opened: " + record.title + " (" + std::to_string(record.signals.size())
                   + (record.signals.size() == 1 ? " signal)" : " signals)"),
               {}, changes);
    return record;
}

Record& IncidentBook::openWith(IncidentSignal signal, std::int64_t t, BookChanges& changes)
{
    Record record;
    record.lastSignalMs = std::max(signal.firedMs, std::int64_t{0});
    signal.unsaved = true;
    record.add(std::move(signal));
    return open(std::move(record), t, changes);
}

void IncidentBook::refresh(Record& record) const
{
    std::set<std::string> down;
    for (const auto& signal : record.signals) {
        if (signal.kind == "target" && !signal.clearedMs)
            down.insert(signal.service);
    }
    for (auto& signal : record.signals) {
        if (const bool muted = signal.kind != "target" && down.contains(signal.service); muted != signal.muted) {
            signal.muted = muted;
            signal.unsaved = true;
        }
    }

    const std::vector<Event> recent(m_changes.begin(), m_changes.end());
    const auto ranked = record.onsets.size() <= kMostRanked ? rankOrigins(record, m_topology, recent)
                                                            : rankOrigins(earliest(record), m_topology, recent);
    record.evidence.clear();
    std::string explained = record.fixedOrigin;
    if (!record.fixedOrigin.empty()) {
        record.origin = record.fixedOrigin;
        record.evidence.push_back(record.fixedOrigin + ": set as the origin by hand");
    } else if (!ranked.empty()) {
        // Who only reports that its calls fail is not to blame, even where nobody else has a signal yet.
        explained = ranked.front().service;
        record.origin = std::ranges::any_of(record.signals, isSymptom) ? explained : std::string();
    }
    for (const IncidentSignal& signal : record.signals) {
        if (signal.kind == kReportedByHand)
            record.evidence.push_back(signal.service + ": people see that " + signal.summary);
    }
    for (const auto& candidate : ranked) {
        if (candidate.service == explained)
            std::ranges::copy(candidate.evidence, std::back_inserter(record.evidence));
    }
    for (const Event& event : recent) {
        const auto onset = record.onset(event.service);
        if (event.kind == "deploy" && onset && event.atMs < *onset - 10 * 60'000)
            record.evidence.push_back("not " + event.text + ": " + std::to_string((*onset - event.atMs) / 60'000)
                                      + " min earlier");
    }
    for (auto& signal : record.signals) {
        if (signal.service == explained)
            signal.maybeUnrelated = false;
    }
    const bool onlyByHand =
        !record.signals.empty() && std::ranges::all_of(record.signals, [](const IncidentSignal& signal) {
            return signal.kind == kReportedByHand;
        });
    record.title = onlyByHand ? record.signals.front().summary : incidentTitle(record, m_topology, explained);

    if (record.fixedSeverity)
        return;
    for (const auto& signal : record.signals) {
        if (signal.severity != "page")
            continue;
        const bool users = signal.kind == "errors" || signal.kind == "latency";
        const auto own = users && m_topology.tier(signal.service) == 1 ? Severity::Sev1 : Severity::Sev2;
        record.severity = std::min(record.severity, own);
    }
}

}  // namespace holdfast::incident
