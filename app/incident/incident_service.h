#pragma once

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/mutex.h"
#include "app/base/result.h"
#include "app/control/control_doors.h"
#include "app/incident/event.h"
#include "app/incident/incident.h"
#include "app/incident/shelf.h"
#include "app/incident/topology.h"
#include "app/promql/engine.h"
#include "app/rules/active_alert.h"
#include "app/store/journal.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::incident {

class ChangeEffects;
class IncidentBook;
struct BookChanges;
struct Record;

/// An override of ours that is in force: what keeps an incident MITIGATED.
struct OverrideInForce {
    std::string service;
    std::string control;
    std::string text;  ///< "checkout → payments forced open"
    std::int64_t untilMs = 0;
};

struct EventQuery {
    std::int64_t startMs = 0;
    std::int64_t endMs = INT64_MAX;
    std::string service = {};  ///< empty: all
    std::optional<std::int64_t> incident = {};
    std::size_t limit = 500;              ///< the newest ones
    std::int64_t knownMs = INT64_MAX;     ///< only what was known then
    std::vector<std::string> kinds = {};  ///< empty: all
};

/// Which incidents a list shows; empty means any.
struct IncidentFilter {
    bool openOnly = false;
    std::vector<std::string> states = {};  ///< words of IncidentState
    std::string service = {};              ///< a member
    std::string severity = {};             ///< "sev1" …
    std::string text = {};                 ///< in title, services, owner or signals; case does not matter
    std::int64_t startMs = 0;              ///< open at some time of [startMs, endMs]
    std::int64_t endMs = INT64_MAX;
    std::size_t limit = 50;  ///< the newest ones
    [[nodiscard]] bool takes(const Record& record) const;
};

/// What a person saw before any rule did. Times: milliseconds since the epoch.
struct HandReport {
    std::string service;
    std::string text;          ///< becomes the title until signals of rules join
    std::string severity;      ///< sev1 sev2 sev3; empty: sev2
    std::int64_t startMs = 0;  ///< of the span it was seen in; 0: now
    std::int64_t endMs = 0;    ///< 0: it goes on
    std::string actor;
};

/// Turns alerts and events into incidents: one cascade, one incident, with its likely origin and its timeline.
///
/// onEvaluation() runs on the rules thread after each evaluation; everything else may be called from any thread.
/// State lives in the journal (tables incident, incident_signal, event) and is read back by open().
/// Times: milliseconds since the epoch. Thread-safe.
class IncidentService {
public:
    /// `engine`: where onsets are looked for in stored series; without it the alert's own time is taken.
    [[nodiscard]] static Result<std::unique_ptr<IncidentService>>
    open(store::Journal& journal, const promql::Engine* engine, const Clock& clock, Log& log);
    ~IncidentService();

    /// Who calls whom and how important each service is; from the signals, whenever it changes.
    void setTopology(Topology topology) HF_EXCLUDES(m_mutex);
    /// Asked at each evaluation and for each list. Set before the first evaluation.
    void setOverrides(std::function<std::vector<OverrideInForce>()> overrides) { m_overrides = std::move(overrides); }
    /// Told the id of each incident that changed, on the thread that changed it, without a lock held.
    void setOnChanged(std::function<void(std::int64_t id)> changed) { m_changed = std::move(changed); }

    /// Where the effects of deploys and flag changes are read from; without it none are told. Set before the first
    /// evaluation. Called on the rules thread.
    void setEffectSignals(
        std::function<std::vector<control::EffectSeries>(const std::string& service, TimeRange span)> signals);

    /// Takes the alerts as of t into account: opens, joins, clears, resolves.
    void onEvaluation(std::int64_t t, const std::vector<rules::ActiveAlert>& alerts) HF_EXCLUDES(m_mutex);

    /// Writes an event and gives it to the incident it belongs to, if there is one (its service is a member and the
    /// incident is open). Returns the event's id. BadInput for an unknown kind.
    [[nodiscard]] Result<std::int64_t> recordEvent(Event event) HF_EXCLUDES(m_mutex);
    [[nodiscard]] Result<std::vector<Event>> events(const EventQuery& query) const;

    /// Newest first.
    [[nodiscard]] Result<std::vector<IncidentSummary>> list(const IncidentFilter& filter) const HF_EXCLUDES(m_mutex);
    /// Newest first. openOnly: NEW, ACKED and MITIGATED.
    [[nodiscard]] std::vector<IncidentSummary> list(bool openOnly, std::size_t limit) const HF_EXCLUDES(m_mutex);
    [[nodiscard]] Result<IncidentDetail> detail(std::int64_t id) const HF_EXCLUDES(m_mutex);
    /// The story for the ticket: summary, impact, timeline, origin and evidence, what helped, follow-ups; UTC.
    [[nodiscard]] Result<std::string> exportMarkdown(std::int64_t id) const HF_EXCLUDES(m_mutex);

    // What people do: incident_acts.cpp. All need an actor (BadInput) and answer NotFound for an unknown incident,
    // Conflict where its state does not allow it.

    /// A new incident with one signal of its own, which stays until a person resolves it; signals of the service and of
    /// its neighbours join as they do with others. BadInput without service or text.
    [[nodiscard]] Result<IncidentSummary> openByHand(const HandReport& report) HF_EXCLUDES(m_mutex);
    /// The owner has it until now + forMs; then it is NEW again.
    [[nodiscard]] Result<IncidentSummary> acknowledge(std::int64_t id, std::string_view actor, std::int64_t forMs)
        HF_EXCLUDES(m_mutex);
    /// A first word as in typed_note.h says what the note is; "/deploy" is an event of kind deploy.
    [[nodiscard]] Result<Event> note(std::int64_t id, std::string_view actor, std::string_view text, bool starred)
        HF_EXCLUDES(m_mutex);
    /// A newer version of a note; the old one is kept, and left out of timelines.
    [[nodiscard]] Result<Event> editNote(std::int64_t event, std::string_view actor, std::string_view text);
    [[nodiscard]] Result<Event> star(std::int64_t event, bool starred);
    /// A person says that users no longer suffer, whatever fires; another signal takes it back.
    [[nodiscard]] Result<IncidentSummary> mitigate(std::int64_t id, std::string_view actor, std::string_view reason)
        HF_EXCLUDES(m_mutex);
    [[nodiscard]] Result<IncidentSummary> resolve(std::int64_t id, std::string_view actor) HF_EXCLUDES(m_mutex);
    [[nodiscard]] Result<IncidentSummary> close(std::int64_t id, std::string_view actor) HF_EXCLUDES(m_mutex);
    [[nodiscard]] Result<IncidentSummary> reopen(std::int64_t id, std::string_view actor, std::string_view reason)
        HF_EXCLUDES(m_mutex);
    [[nodiscard]] Result<IncidentSummary> setSeverity(std::int64_t id, Severity severity, std::string_view actor,
                                                      std::string_view reason) HF_EXCLUDES(m_mutex);
    [[nodiscard]] Result<IncidentSummary> setOrigin(std::int64_t id, std::string_view service, std::string_view actor)
        HF_EXCLUDES(m_mutex);
    /// Moves the signals of `other` into `id`; `other` is closed and says where it went.
    [[nodiscard]] Result<IncidentSummary> merge(std::int64_t id, std::int64_t other, std::string_view actor)
        HF_EXCLUDES(m_mutex);
    /// Moves one signal into an incident of its own, which is returned.
    [[nodiscard]] Result<IncidentSummary> splitOff(std::int64_t id, std::string_view fingerprint,
                                                   std::string_view actor) HF_EXCLUDES(m_mutex);
    /// A signal listed as "maybe unrelated" belongs to it after all.
    [[nodiscard]] Result<IncidentSummary> confirmSignal(std::int64_t id, std::string_view fingerprint,
                                                        std::string_view actor) HF_EXCLUDES(m_mutex);

    [[nodiscard]] Result<Shelf> shelve(const ShelveRequest& request) HF_EXCLUDES(m_mutex);
    [[nodiscard]] Result<Shelf> unshelve(std::int64_t id, std::string_view actor) HF_EXCLUDES(m_mutex);
    /// Those in force, or also those that ended in the last 30 days; newest first.
    [[nodiscard]] std::vector<Shelf> shelves(bool ended) const HF_EXCLUDES(m_mutex);
    /// Alerts that fire for more than 24 h, the oldest first.
    [[nodiscard]] std::vector<IncidentSignal> standing() const HF_EXCLUDES(m_mutex);

private:
    IncidentService(store::Journal& journal, const promql::Engine* engine, const Clock& clock, Log& log);
    void tellChanged(const std::set<std::int64_t>& ids) const;
    [[nodiscard]] std::vector<OverrideInForce> overridesInForce() const;
    [[nodiscard]] std::vector<store::SqlStatement> statementsOf(const BookChanges& changes) HF_REQUIRES(m_mutex);
    [[nodiscard]] Result<std::int64_t> write(std::vector<store::SqlStatement> statements) HF_REQUIRES(m_writing);
    void tellEffects(std::int64_t t) HF_EXCLUDES(m_mutex);
    [[nodiscard]] Result<Event> recordDeployNote(Event deploy) HF_EXCLUDES(m_mutex);
    [[nodiscard]] Result<Shelf> keepShelf(const Shelf& shelf, const std::string& text, std::string_view actor)
        HF_REQUIRES(m_writing, m_mutex);
    [[nodiscard]] Result<IncidentSummary> change(std::int64_t id, std::string_view actor,
                                                 const std::function<Result<void>(Record&, BookChanges&)>& act)
        HF_EXCLUDES(m_mutex);

    store::Journal& m_journal;
    const promql::Engine* const m_engine;
    const Clock& m_clock;
    Log& m_log;
    std::function<std::vector<OverrideInForce>()> m_overrides;
    std::function<void(std::int64_t)> m_changed;
    std::unique_ptr<ChangeEffects> m_effects;  ///< touched by the rules thread only

    // Taken before m_mutex by who changes the book, and held until it is written: a flood's ten thousand rows hold up
    // no reader, and what was changed first is written first.
    Mutex m_writing;
    std::vector<store::SqlStatement> m_unwritten HF_GUARDED_BY(m_writing);
    mutable Mutex m_mutex;
    std::unique_ptr<IncidentBook> m_book HF_GUARDED_BY(m_mutex);
    std::vector<Event> m_toJudge HF_GUARDED_BY(m_mutex);  ///< changes that m_effects does not know yet
};

}  // namespace holdfast::incident
