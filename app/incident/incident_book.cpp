#include "app/incident/incident_book.h"

#include "app/incident/grouping.h"
#include "app/incident/lifecycle.h"
#include "app/incident/origin_ranking.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace holdfast::incident {

namespace {

constexpr std::size_t kMostKept = 500;            // incidents in memory; older ones are read when asked for
constexpr std::int64_t kChangesMs = 3'600'000;    // deploys and flags that the ranking may look at
constexpr std::size_t kChatteringPerMinute = 3;   // ISA-18.2: three transitions a minute
constexpr std::size_t kFewestTargetsOffline = 4;  // below, "more than half" means little

std::string jsonText(const LabelSet& labels)
{
    nlohmann::json out = nlohmann::json::object();
    for (const auto& label : labels)
        out[label.name] = label.value;
    return out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

bool onlyTargets(const Record& record)
{
    return std::ranges::all_of(record.signals, [](const IncidentSignal& s) { return s.kind == "target"; });
}

bool isWeak(Fit fit)
{
    return fit == Fit::PossibleCause || fit == Fit::SharedPlace;
}

std::string name(const Record& record)
{
    return "INC-" + std::to_string(record.id);
}

}  // namespace

IncidentBook::IncidentBook(std::vector<Record> stored, std::vector<Event> recentChanges)
{
    for (Record& record : stored) {
        m_nextId = std::max(m_nextId, record.id + 1);
        m_records.emplace(record.id, std::move(record));
    }
    for (Event& event : recentChanges)
        m_changes.push_back(std::move(event));
}

Record* IncidentBook::find(std::int64_t id)
{
    const auto found = m_records.find(id);
    return found == m_records.end() ? nullptr : &found->second;
}

const Record* IncidentBook::find(std::int64_t id) const
{
    const auto found = m_records.find(id);
    return found == m_records.end() ? nullptr : &found->second;
}

IncidentSignal IncidentBook::signalOf(const rules::ActiveAlert& alert) const
{
    const LabelSet& labels = alert.labels;
    IncidentSignal out;
    out.fingerprint = labels.text();
    out.alert = alert.name();
    out.kind = labels.get("signal");
    std::string service(labels.has("service") ? labels.get("service") : labels.get("job"));
    const auto renamed = m_topology.job.find(service);
    if (renamed != m_topology.job.end() && (out.kind == "target" || !labels.has("service")))
        service = renamed->second;
    out.service = service.empty() ? std::string(alert.name()) : service;
    out.severity = labels.has("severity") ? labels.get("severity") : "ticket";
    out.subject = labels.has("callee")     ? labels.get("callee")
                  : labels.has("instance") ? labels.get("instance")
                                           : labels.get("control");
    out.labelsJson = jsonText(labels);
    out.summary = alert.annotations.has("summary") ? alert.annotations.get("summary") : std::string_view(out.alert);
    out.onsetMs = alert.activeAt;
    out.firedMs = alert.firedAt;
    out.peak = alert.value;
    return out;
}

std::vector<IncidentSignal> IncidentBook::newSignals(const std::vector<rules::ActiveAlert>& alerts) const
{
    std::set<std::string> known;
    for (const auto& [id, record] : m_records) {
        for (const auto& signal : record.signals)
            known.insert(signal.fingerprint);
    }
    for (const auto& record : m_waiting) {
        for (const auto& signal : record->signals)
            known.insert(signal.fingerprint);
    }
    std::vector<IncidentSignal> out;
    for (const auto& alert : alerts) {
        if (alert.state != rules::AlertState::Firing)
            continue;
        auto signal = signalOf(alert);
        if (!known.contains(signal.fingerprint))
            out.push_back(std::move(signal));
    }
    return out;
}

/// Open ones first, then those that may be reopened, then the waiting groups; each kind the oldest first.
std::vector<Record*> IncidentBook::active(std::int64_t t)
{
    std::vector<Record*> out;
    for (auto& [id, record] : m_records) {
        if (record.isOpen())
            out.push_back(&record);
    }
    for (auto& [id, record] : m_records) {
        if (record.state == IncidentState::Resolved && t - record.resolvedMs.value_or(0) < kReopenMs)
            out.push_back(&record);
    }
    for (const auto& record : m_waiting)
        out.push_back(record.get());
    return out;
}

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

/// An alert_on or alert_off event; of a chattering signal only the first few a minute.
void IncidentBook::transition(Record& record, const IncidentSignal& signal, std::int64_t t, bool on,
                              BookChanges& changes)
{
    auto& recent = m_transitions[signal.fingerprint];
    while (!recent.empty() && t - recent.front() > 60'000)
        recent.pop_front();
    recent.push_back(t);
    if (record.id != 0)
        changes.incidents.insert(record.id);
    if (recent.size() > kChatteringPerMinute)
        return;
    Event event;
    event.atMs = on ? std::min(t, std::max(signal.firedMs, signal.onsetMs)) : t;
    event.knownMs = t;
    event.kind = on ? "alert_on" : "alert_off";
    event.service = signal.service;
    event.subject = signal.alert;
    event.text = on ? signal.summary : "Over: " + signal.summary;
    if (on && signal.transitions > 1) {
        event.atMs = t;
        event.text += " (again, " + std::to_string(signal.transitions) + "×)";
    }
    if (recent.size() == kChatteringPerMinute)
        event.text += "; it flaps, further changes are only counted";
    if (record.id != 0)
        event.incident = record.id;
    changes.events.push_back(std::move(event));
}

void IncidentBook::updateSignal(Record& record, IncidentSignal& signal, std::int64_t t, Firing& firing,
                                const std::set<std::string>& standing, BookChanges& changes)
{
    const auto now = firing.find(signal.fingerprint);
    if (now == firing.end()) {
        if (!signal.clearedMs && !standing.contains(signal.fingerprint)) {
            signal.clearedMs = t;
            transition(record, signal, t, false, changes);
        }
        return;
    }
    const rules::ActiveAlert& alert = *now->second;
    firing.erase(now);
    if (std::fabs(alert.value) > std::fabs(signal.peak))
        signal.peak = alert.value;
    if (!signal.clearedMs)
        return;
    signal.clearedMs.reset();
    ++signal.transitions;
    record.lastSignalMs = t;
    if (!record.isOpen())
        stateEvent(record, t, reopen(record, t).text, {}, changes);
    transition(record, signal, t, true, changes);
}

void IncidentBook::updateKnown(std::int64_t t, Firing& firing, const std::set<std::string>& standing,
                               BookChanges& changes)
{
    for (Record* record : active(t)) {
        for (IncidentSignal& signal : record->signals)
            updateSignal(*record, signal, t, firing, standing, changes);
    }
}

BookChanges IncidentBook::evaluate(std::int64_t t, const std::vector<rules::ActiveAlert>& alerts,
                                   const std::unordered_map<std::string, std::int64_t>& onsets,
                                   const std::vector<OverrideInForce>& overrides)
{
    BookChanges changes;
    Firing firing;
    std::set<std::string> standing;
    for (const auto& alert : alerts) {
        if (alert.state == rules::AlertState::Firing)
            firing.emplace(alert.labels.text(), &alert);
        else if (alert.state == rules::AlertState::Pending)
            standing.insert(alert.labels.text());
    }
    updateKnown(t, firing, standing, changes);

    std::vector<IncidentSignal> fresh;
    for (const auto& [fingerprint, alert] : firing) {
        IncidentSignal signal = signalOf(*alert);
        if (const auto better = onsets.find(fingerprint); better != onsets.end())
            signal.onsetMs = std::min(better->second, t);
        fresh.push_back(std::move(signal));
    }
    std::ranges::sort(fresh, [](const IncidentSignal& a, const IncidentSignal& b) {
        return std::tie(a.onsetMs, a.fingerprint) < std::tie(b.onsetMs, b.fingerprint);
    });
    for (auto& signal : fresh)
        place(std::move(signal), t, changes);
    gatherOffline(t, changes);
    openWaiting(t, changes);

    for (auto& [id, record] : m_records) {
        if (!record.isOpen())
            continue;
        const auto& members = record.onsets;
        const auto inForce =
            std::ranges::count_if(overrides, [&](const OverrideInForce& o) { return members.contains(o.service); });
        const IncidentState before = record.state;
        for (auto& change : advance(record, t, static_cast<std::size_t>(inForce)))
            stateEvent(record, t, std::move(change.text), std::move(change.actor), changes);
        if (record.state != before)
            changes.incidents.insert(id);
    }
    for (const std::int64_t id : changes.incidents) {
        if (Record* record = find(id); record && record->isOpen())
            refresh(*record);
    }
    forgetOld();
    return changes;
}

void IncidentBook::place(IncidentSignal signal, std::int64_t t, BookChanges& changes)
{
    Record* into = nullptr;
    Fit how = Fit::None;
    std::vector<Record*> others;
    for (Record* record : active(t)) {
        if (record->mergedInto || (record->id != 0 && t - record->openedMs > kLongestIncidentMs))
            continue;
        const Fit fits = fit(*record, signal, t, m_topology);
        if (fits == Fit::None)
            continue;
        const bool weak = isWeak(fits);
        if (!into || (isWeak(how) && !weak)) {
            into = record;
            how = fits;
        } else if (!weak) {
            others.push_back(record);
        }
    }
    if (!into) {
        m_waiting.push_back(std::make_unique<Record>());
        into = m_waiting.back().get();
        into->openedMs = t;
        for (const auto& [id, record] : m_records) {
            if (record.isOpen() && record.onsets.contains(signal.service))
                into->continues = id;
        }
    }
    signal.maybeUnrelated = how == Fit::PossibleCause;
    into->lastSignalMs = t;
    if (into->id != 0 && !into->isOpen())
        stateEvent(*into, t, reopen(*into, t).text, {}, changes);
    transition(*into, signal, t, true, changes);
    if (into->id != 0 && !into->onsets.contains(signal.service))
        changes.opened.insert(into->id);  // what happened to the new member before belongs to the story, too
    into->add(std::move(signal));
    joinOthers(*into, others, t, changes);
}

void IncidentBook::joinOthers(Record& into, const std::vector<Record*>& others, std::int64_t t, BookChanges& changes)
{
    for (Record* other : others) {
        if (other == &into)
            continue;
        if (other->id == 0) {
            for (auto& signal : other->signals)
                into.add(std::move(signal));
            other->signals.clear();
            if (into.id != 0)
                changes.opened.insert(into.id);  // the group's events from before belong to it now
        } else if (into.id != 0 && into.isOpen() && other->isOpen()) {
            if (into.state == IncidentState::New && other->state == IncidentState::New)
                merge(into, *other, t, changes, {});
            else
                into.mergeWith = other->id;
        }
    }
    std::erase_if(m_waiting, [](const auto& record) { return record->signals.empty(); });
}

void IncidentBook::merge(Record& into, Record& from, std::int64_t t, BookChanges& changes, const std::string& actor)
{
    for (const auto& signal : from.signals) {
        const auto same = std::ranges::find(into.signals, signal.fingerprint, &IncidentSignal::fingerprint);
        if (same == into.signals.end())
            into.add(signal);
    }
    into.lastSignalMs = std::max(into.lastSignalMs, from.lastSignalMs);
    into.mergeWith.reset();
    into.offline = into.offline || from.offline;
    from.mergedInto = into.id;
    from.state = IncidentState::Closed;
    from.resolvedMs = from.resolvedMs.value_or(t);
    from.closedMs = t;
    for (auto& signal : from.signals)
        signal.clearedMs = signal.clearedMs.value_or(t);
    stateEvent(from, t, "Merged into " + name(into), actor, changes);
    stateEvent(into, t, name(from) + " (" + from.title + ") merged into this one", actor, changes);
    refresh(into);
}

/// More than half of the targets gone at once is one story: this computer or its network.
void IncidentBook::gatherOffline(std::int64_t t, BookChanges& changes)
{
    std::vector<Record*> candidates;
    std::size_t down = 0;
    for (Record* record : active(t)) {
        const bool counts = record->offline || onlyTargets(*record);
        if (!counts || (record->id != 0 && !record->isOpen()))
            continue;
        candidates.push_back(record);
        down += static_cast<std::size_t>(std::ranges::count_if(
            record->signals, [](const IncidentSignal& s) { return s.kind == "target" && !s.clearedMs; }));
    }
    if (m_topology.targets < kFewestTargetsOffline || down * 2 <= m_topology.targets || candidates.empty())
        return;
    Record* into = nullptr;
    for (Record* record : candidates) {
        if (record->offline)
            into = record;
    }
    if (!into)
        into = candidates.front();
    into->offline = true;
    for (Record* other : candidates) {
        if (other == into || (other->id != 0 && other->state != IncidentState::New))
            continue;
        joinOthers(*into, {other}, t, changes);
    }
    if (into->id != 0)
        changes.incidents.insert(into->id);
}

void IncidentBook::openWaiting(std::int64_t t, BookChanges& changes)
{
    auto waiting = std::move(m_waiting);
    m_waiting.clear();
    for (auto& group : waiting) {
        const bool important = std::ranges::any_of(group->signals, [&](const IncidentSignal& signal) {
            return signal.severity == "page" && m_topology.tier(signal.service) == 1;
        });
        const bool urgent = important && std::ranges::any_of(group->signals, isSymptom);
        const std::int64_t wait = important ? kMessengerWaitMs : kGroupWaitMs;
        if (group->firing() == 0)
            continue;  // gone before anybody was told: its events stay in the journal
        if (urgent || group->offline || t - group->openedMs >= wait || group->openedMs > t)
            open(std::move(*group), t, changes);
        else
            m_waiting.push_back(std::move(group));
    }
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
    for (auto& signal : record.signals)
        signal.muted = signal.kind != "target" && down.contains(signal.service);

    const std::vector<Event> recent(m_changes.begin(), m_changes.end());
    const auto ranked = rankOrigins(record, m_topology, recent);
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
    record.title = incidentTitle(record, m_topology, explained);

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

std::optional<std::int64_t> IncidentBook::incidentOf(const Event& event) const
{
    for (const auto& [id, record] : m_records) {
        if (record.isOpen()
            && (record.onsets.contains(event.service)
                || (event.kind == "breaker" && record.onsets.contains(event.subject))))
            return id;
    }
    return std::nullopt;
}

void IncidentBook::noteChange(const Event& event)
{
    if (event.kind != "deploy" && event.kind != "flag" && event.kind != "restart")
        return;
    m_changes.push_back(event);
    while (!m_changes.empty() && event.atMs - m_changes.front().atMs > kChangesMs)
        m_changes.pop_front();
    if (m_changes.size() > kMostKept)
        m_changes.pop_front();
}

void IncidentBook::forgetOld()
{
    for (auto it = m_records.begin(); it != m_records.end() && m_records.size() > kMostKept;)
        it = it->second.isOpen() ? std::next(it) : m_records.erase(it);
    if (m_transitions.size() > 100'000)
        m_transitions.clear();
}

}  // namespace holdfast::incident
