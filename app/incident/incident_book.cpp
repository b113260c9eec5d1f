#include "app/incident/incident_book.h"

#include "app/incident/grouping.h"
#include "app/incident/lifecycle.h"
#include "app/incident/origin_ranking.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string_view>
#include <unordered_set>

namespace holdfast::incident {

namespace {

constexpr std::size_t kMostKept = 500;          // incidents in memory; older ones are read when asked for
constexpr std::int64_t kChangesMs = 3'600'000;  // deploys and flags that the ranking may look at
constexpr std::size_t kMostWaiting = 50;        // guessed: groups that nothing connects; more are one flood
constexpr std::size_t kFloodSignals = 10;       // EEMUA 191: more than 10 new alarms in 10 min are a flood
constexpr std::int64_t kFloodMs = 600'000;
constexpr std::int64_t kSettleMs = 90'000;  // guessed: windows of rules have data again after the engine has been away
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
    out.places = placesOf(out.labelsJson);
    out.summary = alert.annotations.has("summary") ? alert.annotations.get("summary") : std::string_view(out.alert);
    out.onsetMs = alert.activeAt;
    out.firedMs = alert.firedAt;
    out.peak = alert.value;
    return out;
}

std::vector<IncidentSignal> IncidentBook::newSignals(std::int64_t t, const std::vector<rules::ActiveAlert>& alerts,
                                                     std::size_t most) const
{
    std::unordered_set<std::string_view> known;
    for (const auto& [fingerprint, signal] : m_standing)
        known.insert(fingerprint);
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
        if (out.size() >= most)
            break;
        if (known.contains(alert.labels.text()))
            continue;
        auto signal = signalOf(alert);
        if (!m_shelves.holds(signal, t))
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

BookChanges IncidentBook::evaluate(std::int64_t t, const std::vector<rules::ActiveAlert>& alerts,
                                   const std::unordered_map<std::string, std::int64_t>& onsets,
                                   const std::vector<OverrideInForce>& overrides)
{
    BookChanges changes;
    if (m_firstMs == 0)
        m_firstMs = t;
    Firing all;
    std::set<std::string> pending;
    for (const auto& alert : alerts) {
        if (alert.state == rules::AlertState::Firing)
            all.emplace(alert.labels.text(), &alert);
        else if (alert.state == rules::AlertState::Pending)
            pending.insert(alert.labels.text());
    }
    for (Shelf& shelf : m_shelves.all())
        shelf.firing = 0;
    Firing firing = all;
    updateKnown(t, firing, pending, changes);
    putAside(t, firing, changes);
    endStanding(all, changes);
    tellShelves(t, changes);

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
        // Rules that have just begun again do not know yet what still fires: that says nothing of earlier incidents.
        if (record.openedMs < m_firstMs && t - m_firstMs < kSettleMs && record.firing() == 0)
            continue;
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
            // What a failing call reports belongs to where its callee is.
            if ((record->id == 0 || record->isOpen()) && record->onsets.contains(signal.subject)
                && !into->onsets.contains(signal.subject))
                std::swap(into, record);
            others.push_back(record);
        }
    }
    // Two that each have a reason of their own for it only meet here: they stay two.
    if (into && explains(*into, signal, m_topology))
        std::erase_if(others, [&](const Record* other) { return explains(*other, signal, m_topology); });
    if (!into) {
        for (Record* record : active(t)) {
            if (record->floodUntilMs > t && record->onsets.size() >= kMostWaiting && !record->mergedInto)
                into = record;  // nothing connects them, but neither did anything connect the others
        }
    }
    if (!into && m_waiting.size() >= kMostWaiting) {
        gatherFlood(t);
        into = m_waiting.back().get();
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
    into->mitigatedByHand = false;
    countNew(*into, t, changes);
    transition(*into, signal, t, true, changes);
    if (into->id != 0 && !into->onsets.contains(signal.service))
        changes.opened.insert(into->id);  // what happened to the new member before belongs to the story, too
    into->add(std::move(signal));
    joinOthers(*into, others, t, changes);
}

/// Flood mode, in which the origin and the count are worth more than each signal.
void IncidentBook::countNew(Record& record, std::int64_t t, BookChanges& changes)
{
    auto& recent = record.newSignalsMs;
    std::erase_if(recent, [t](std::int64_t at) { return at > t || t - at >= kFloodMs; });
    recent.push_back(t);
    if (recent.size() <= kFloodSignals)
        return;
    recent.erase(recent.begin());
    if (record.floodUntilMs == 0)
        stateEvent(record, t,
                   "Flood: more than " + std::to_string(kFloodSignals)
                       + " signals in 10 min; look at the origin and the count",
                   {}, changes);
    record.floodUntilMs = t + kFloodMs;
}

/// So many groups at once that nothing connects are one story that no graph tells.
void IncidentBook::gatherFlood(std::int64_t t)
{
    auto gathered = std::make_unique<Record>();
    gathered->openedMs = t;
    gathered->lastSignalMs = t;
    gathered->floodUntilMs = t + kFloodMs;
    for (const auto& group : m_waiting) {
        gathered->openedMs = std::min(gathered->openedMs, group->openedMs);
        for (auto& signal : group->signals)
            gathered->add(std::move(signal));
    }
    m_waiting.clear();
    m_waiting.push_back(std::move(gathered));
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
