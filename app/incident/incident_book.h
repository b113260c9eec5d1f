#pragma once

#include "app/incident/event.h"
#include "app/incident/incident_service.h"
#include "app/incident/record.h"
#include "app/incident/shelf.h"
#include "app/incident/topology.h"
#include "app/rules/active_alert.h"

#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace holdfast::incident {

/// What one step changed, to be written to the journal and told to others.
struct BookChanges {
    std::set<std::int64_t> incidents;  ///< changed or new
    std::set<std::int64_t> opened;     ///< events of their services from before belong to them
    std::vector<Event> events;
    bool shelves = false;   ///< the shelf book changed
    bool standing = false;  ///< the standing alerts changed
};

/// All incidents that can still change, the waiting groups, what is shelved or standing, and the recent past.
/// Does no I/O. Sources: incident_book.cpp (evaluation and placing), book_signals.cpp (signals that are known),
/// book_story.cpp (opening, merging, title and evidence).
///
/// Times: milliseconds since the epoch. One thread at a time.
class IncidentBook {
public:
    explicit IncidentBook(std::vector<Record> stored, std::vector<Event> recentChanges);

    void setTopology(Topology topology) { m_topology = std::move(topology); }
    [[nodiscard]] const Topology& topology() const { return m_topology; }

    /// The alerts among these that would be new signals at t, with onset = activeAt; at most `most`.
    [[nodiscard]] std::vector<IncidentSignal> newSignals(std::int64_t t, const std::vector<rules::ActiveAlert>& alerts,
                                                         std::size_t most) const;

    /// Takes the alerts of one evaluation into account. `onsets`: better onsets of new signals, by fingerprint.
    [[nodiscard]] BookChanges evaluate(std::int64_t t, const std::vector<rules::ActiveAlert>& alerts,
                                       const std::unordered_map<std::string, std::int64_t>& onsets,
                                       const std::vector<OverrideInForce>& overrides);

    /// The open incident that an event of these services belongs to.
    [[nodiscard]] std::optional<std::int64_t> incidentOf(const Event& event) const;
    /// Remembers deploys, flag changes and restarts for the ranking.
    void noteChange(const Event& event);

    [[nodiscard]] Record* find(std::int64_t id);
    [[nodiscard]] const Record* find(std::int64_t id) const;
    [[nodiscard]] const std::map<std::int64_t, Record>& records() const { return m_records; }
    [[nodiscard]] ShelfBook& shelves() { return m_shelves; }
    [[nodiscard]] const ShelfBook& shelves() const { return m_shelves; }
    /// Alerts that fire for more than 24 h, by fingerprint: they belong to no incident any more.
    using Standing = std::map<std::string, IncidentSignal>;
    [[nodiscard]] const Standing& standing() const { return m_standing; }
    void restoreStanding(Standing standing) { m_standing = std::move(standing); }

    /// Moves the signals of `from` into `into`, which becomes or stays the older story; `from` is closed.
    void merge(Record& into, Record& from, std::int64_t t, BookChanges& changes, const std::string& actor);
    /// A new incident from one signal, now.
    Record& openWith(IncidentSignal signal, std::int64_t t, BookChanges& changes);
    /// Title, origin, evidence, severity and inhibition from the signals.
    void refresh(Record& record) const;

private:
    using Firing = std::unordered_map<std::string, const rules::ActiveAlert*>;

    [[nodiscard]] IncidentSignal signalOf(const rules::ActiveAlert& alert) const;
    [[nodiscard]] std::vector<Record*> active(std::int64_t t);
    void updateKnown(std::int64_t t, Firing& firing, const std::set<std::string>& standing, BookChanges& changes);
    void updateSignal(Record& record, IncidentSignal& signal, std::int64_t t, Firing& firing,
                      const std::set<std::string>& standing, BookChanges& changes);
    /// Takes those out of `firing` that are shelved or stand for a day.
    void putAside(std::int64_t t, Firing& firing, BookChanges& changes);
    void endStanding(const Firing& all, BookChanges& changes);
    void tellShelves(std::int64_t t, BookChanges& changes);
    void place(IncidentSignal signal, std::int64_t t, BookChanges& changes);
    void countNew(Record& record, std::int64_t t, BookChanges& changes);
    void gatherFlood(std::int64_t t);
    void joinOthers(Record& into, const std::vector<Record*>& others, std::int64_t t, BookChanges& changes);
    void gatherOffline(std::int64_t t, BookChanges& changes);
    void openWaiting(std::int64_t t, BookChanges& changes);
    Record& open(Record waiting, std::int64_t t, BookChanges& changes);
    void forgetOld();
    void transition(Record& record, const IncidentSignal& signal, std::int64_t t, bool on, BookChanges& changes);
    static void stateEvent(const Record& record, std::int64_t t, std::string text, std::string actor,
                           BookChanges& changes);

    Topology m_topology;
    std::map<std::int64_t, Record> m_records;
    std::vector<std::unique_ptr<Record>> m_waiting;  ///< id 0; openedMs: since when
    std::int64_t m_nextId = 1;
    std::int64_t m_firstMs = 0;  ///< of the first evaluation of this run; ms since the epoch
    ShelfBook m_shelves;
    Standing m_standing;
    std::deque<Event> m_changes;                                              ///< of the last hour
    std::unordered_map<std::string, std::deque<std::int64_t>> m_transitions;  ///< of the last minute, by fingerprint
};

}  // namespace holdfast::incident
