#include "app/incident/incident_book.h"
#include "app/incident/lifecycle.h"

#include <algorithm>
#include <cmath>

namespace holdfast::incident {

namespace {

constexpr std::size_t kChatteringPerMinute = 3;         // ISA-18.2: three transitions a minute
constexpr std::size_t kMostTold = 50;                   // signals with a line of their own, in a flood
constexpr std::int64_t kStandingMs = 24LL * 3'600'000;  // ISA-18.2, EEMUA 191: standing (stale) alarms
constexpr std::size_t kMostStanding = 10'000;           // of them, kept apart

}  // namespace

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
    if (record.floodUntilMs > t && record.signals.size() >= kMostTold) {
        ++record.untold;
        return;
    }
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
                                const std::set<std::string>& pending, BookChanges& changes)
{
    if (signal.kind == kReportedByHand)
        return;
    const auto now = firing.find(signal.fingerprint);
    if (now == firing.end()) {
        if (!signal.clearedMs && !pending.contains(signal.fingerprint)) {
            signal.clearedMs = std::max(t, signal.firedMs);
            signal.shelved = signal.standing = false;
            signal.unsaved = true;
            transition(record, signal, t, false, changes);
        }
        return;
    }
    const rules::ActiveAlert& alert = *now->second;
    firing.erase(now);
    if (std::fabs(alert.value) > std::fabs(signal.peak)) {
        signal.peak = alert.value;
        signal.unsaved = true;
    }
    Shelf* const shelf = m_shelves.holding(signal, t);
    if (shelf) {
        ++shelf->firing;
        shelf->seenFiring = true;
    }
    const bool counted = signal.counts();
    if (signal.shelved != (shelf != nullptr)) {
        signal.shelved = shelf != nullptr;
        signal.unsaved = true;
        if (record.id != 0)
            changes.incidents.insert(record.id);
    }
    if (!signal.clearedMs && !signal.standing && t - signal.firedMs >= kStandingMs
        && m_standing.size() < kMostStanding) {
        signal.standing = true;
        signal.unsaved = true;
        m_standing.insert_or_assign(signal.fingerprint, signal);
        changes.standing = true;
        stateEvent(record, t, signal.service + " " + signal.alert + " fires for a day and is a standing alert now", {},
                   changes);
    }
    if (signal.clearedMs && !signal.shelved) {
        signal.clearedMs.reset();
        signal.firedMs = std::max(alert.firedAt, signal.firedMs);
        ++signal.transitions;
        signal.unsaved = true;
        record.lastSignalMs = t;
        record.mitigatedByHand = false;
        if (!record.isOpen())
            stateEvent(record, t, reopen(record, t).text, {}, changes);
        transition(record, signal, t, true, changes);
    } else if (!counted && signal.counts() && !record.isOpen()) {
        stateEvent(record, t, reopen(record, t).text, {}, changes);
    }
}

void IncidentBook::updateKnown(std::int64_t t, Firing& firing, const std::set<std::string>& pending,
                               BookChanges& changes)
{
    for (Record* record : active(t)) {
        for (IncidentSignal& signal : record->signals)
            updateSignal(*record, signal, t, firing, pending, changes);
        if (record->floodUntilMs != 0 && (t >= record->floodUntilMs || record->floodUntilMs - t > 2 * kStandingMs)) {
            record->floodUntilMs = 0;
            stateEvent(*record, t,
                       "The flood is over: " + std::to_string(record->signals.size()) + " signals, "
                           + std::to_string(record->untold) + " changes only counted",
                       {}, changes);
            record->untold = 0;
        }
    }
}

void IncidentBook::putAside(std::int64_t t, Firing& firing, BookChanges& changes)
{
    std::erase_if(firing, [&](const auto& entry) {
        if (m_standing.contains(entry.first))
            return true;
        const bool shelving = m_shelves.anyInForce();
        const bool old = t - entry.second->firedAt >= kStandingMs && entry.second->firedAt > 0;
        if (!shelving && !old)
            return false;
        IncidentSignal signal = signalOf(*entry.second);
        if (Shelf* const shelf = m_shelves.holding(signal, t)) {
            ++shelf->firing;
            shelf->seenFiring = true;
            return true;
        }
        if (!old || m_standing.size() >= kMostStanding)
            return false;
        signal.standing = true;
        m_standing.emplace(entry.first, std::move(signal));
        changes.standing = true;
        return true;
    });
}

void IncidentBook::endStanding(const Firing& all, BookChanges& changes)
{
    const auto ended = std::erase_if(m_standing, [&](const auto& entry) { return !all.contains(entry.first); });
    changes.standing = changes.standing || ended > 0;
}

void IncidentBook::tellShelves(std::int64_t t, BookChanges& changes)
{
    for (auto& change : m_shelves.advance(t)) {
        Event event;
        event.atMs = t;
        event.knownMs = t;
        event.kind = "state";
        event.service = change.shelf.service;
        event.subject = "shelved";
        event.text = std::move(change.text);
        event.incident = incidentOf(event);
        changes.events.push_back(std::move(event));
        changes.shelves = true;
    }
}

}  // namespace holdfast::incident
