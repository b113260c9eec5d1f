#pragma once

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/mutex.h"
#include "app/base/result.h"
#include "app/control/audit_log.h"
#include "app/control/control_book.h"
#include "app/control/control_service.h"
#include "app/control/hold_samples.h"
#include "app/control/interlock.h"
#include "app/control/state_samples.h"
#include "app/control/work_item.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace holdfast::control {

/// All of control but its threads: ControlService calls pollOnce() every few seconds, tick() five times a second, and
/// carryOut() for every id that takePending() hands out. Thread-safe; no lock is held while a network or a disk is
/// waited for, but the audit's own.
///
/// Invariants
///  1. An action is on disk with state "intent" before anything else of it happens, and with state "sent" before its
///     first byte leaves.
///  2. One action at a time for a control.
///  3. An instance gets a change of one action at most once; what became of it is decided by reading.
///  4. A hold is put back only where the value is still ours.
class ControlCore {
public:
    ControlCore(store::Journal& journal, const Clock& clock, Log& log, ControlDoors doors, ControlOptions options,
                std::shared_ptr<const config::Config> config);

    /// Takes over what an earlier life left open.
    [[nodiscard]] Result<void> start();
    void configure(std::shared_ptr<const config::Config> config);

    void pollOnce();
    void tick();
    [[nodiscard]] std::vector<std::int64_t> takePending();
    void carryOut(std::int64_t action);

    [[nodiscard]] PointMap points() const;
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> pollBreakers() const;
    [[nodiscard]] std::shared_ptr<const PointMap> snapshot() const;  ///< the same, not copied
    [[nodiscard]] std::vector<LeaseView> leases() const;
    [[nodiscard]] Result<std::vector<Action>> actions(int limit, std::string_view control) const;
    [[nodiscard]] Result<Action> action(std::int64_t id) const;
    [[nodiscard]] Result<std::vector<AuditRow>> audit(int limit, const AuditFilter& filter = {}) const
    {
        return m_audit.read(limit, filter);
    }
    [[nodiscard]] std::vector<ArmedGroup> armed() const;
    [[nodiscard]] HoldSummary holds() const;
    [[nodiscard]] Result<EffectView> effect(std::int64_t action) const;

    [[nodiscard]] Result<ArmedGroup> arm(const std::string& group, std::int64_t forS, const std::string& actor);
    [[nodiscard]] Result<Plan> plan(const PlanRequest& request);
    [[nodiscard]] Result<Action> act(const ActionRequest& request);
    [[nodiscard]] Result<Action> approve(std::int64_t action, const std::string& approver, const std::string& token);
    [[nodiscard]] Result<Action> cancel(std::int64_t action, const std::string& actor, const std::string& reason);
    [[nodiscard]] Result<Action> revert(std::int64_t lease, const std::string& actor, const std::string& reason);
    [[nodiscard]] Result<Action> extend(std::int64_t lease, const std::string& actor, std::int64_t byS);
    [[nodiscard]] Result<Action> reapply(std::int64_t lease, const std::string& actor);
    [[nodiscard]] Result<RevertAll> revertAll(const std::string& actor, const std::string& reason);

private:
    struct DueEffect {
        std::int64_t action = 0;
        std::int64_t dueMs = 0;
    };
    /// A verified action whose metrics have not yet been heard.
    struct DueProof {
        std::int64_t action = 0;
        std::int64_t dueMs = 0;
        std::map<std::string, Reading> after;  ///< instance → what was read back
    };
    struct Unwritten {
        std::vector<AuditRow> rows;
        std::vector<store::SqlStatement> statements;
    };

    // Observation.
    void rebuildPoints() HF_REQUIRES(m_mutex);
    [[nodiscard]] bool isArmed(const std::string& group, std::int64_t nowMs) const HF_REQUIRES(m_mutex);
    void watchLeases(std::vector<ControlEvent>& events, std::vector<LeaseRecord>& lost) HF_REQUIRES(m_mutex);
    void endLost(const std::vector<LeaseRecord>& lost);
    [[nodiscard]] std::vector<EndpointState> endpointsOf(const std::string& control, std::string& group) const
        HF_REQUIRES(m_mutex);

    // What would happen.
    void readInto(Plan& plan, const ControlPoint& point, const std::vector<EndpointState>& endpoints,
                  const PlanRequest& request) const;
    void foresee(Plan& plan, const ControlPoint& point) const;
    void addOverrides(Plan& plan, const ControlPoint& point, const std::vector<std::string>& path) const;
    void addLastTime(Plan& plan, const ControlPoint& point) const;

    // Before an action begins.
    [[nodiscard]] Result<Action> park(ActionRecord record, const char* state, const char* step);
    [[nodiscard]] Result<Action> launch(ActionRecord record);
    [[nodiscard]] Result<Action> end(ActionRecord record, const char* state, const char* step, const std::string& actor,
                                     const std::string& why);
    [[nodiscard]] Result<ActionRecord> takeWaiting(std::int64_t action);
    [[nodiscard]] ActionRecord recordOf(const LeaseRecord& lease, ActionRecord::Purpose purpose) const;
    [[nodiscard]] const config::ControlGroupConfig* groupNamed(const std::string& name) const HF_REQUIRES(m_mutex);

    // Life of an action.
    [[nodiscard]] Result<Action> begin(ActionRecord record, bool isNew = true);
    void prepare(Work& work);
    void prepareAct(Work& work);
    void prepareRevert(Work& work);
    void prepareExtend(Work& work);
    void prepareReapply(Work& work);
    [[nodiscard]] bool recordSent(Work& work);
    void close(Work& work);
    void expectProof(const Work& work) HF_REQUIRES(m_mutex);
    void settleLease(Work& work, std::vector<AuditRow>& rows, std::vector<store::SqlStatement>& statements);
    [[nodiscard]] AuditRow rowOf(const ActionRecord& record, const char* step) const;
    void writeOrKeep(std::vector<AuditRow> rows, std::vector<store::SqlStatement> statements);
    void announceOutcome(const Work& work);

    // Time.
    void recoverOpen();
    void endDueHolds();
    void endRecoveredHolds();
    void startScheduled();
    void resumeAfterwork();
    void finishEffects();
    /// The signals up to endMs against those before the act.
    [[nodiscard]] Effect measure(const ActionRecord& record, std::int64_t endMs) const;
    /// When an act ended and by whom; 0 while it holds.
    [[nodiscard]] std::pair<std::int64_t, std::string> endOf(const ActionRecord& record) const;
    void checkProofs();
    void hearMetrics();
    void settleProof(const DueProof& due, ActionRecord record, bool last);
    void retryUnwritten();

    void tell(const ControlEvent& event) const;
    void hint(const char* kind, const std::string& id) const;
    [[nodiscard]] LeaseRecord* findLease(std::int64_t id) HF_REQUIRES(m_mutex);
    [[nodiscard]] Result<const LeaseRecord*> leaseFor(std::int64_t id, const std::string& actor, bool mustBeArmed)
        HF_REQUIRES(m_mutex);

    store::Journal& m_journal;
    const Clock& m_clock;
    Log& m_log;
    const ControlDoors m_doors;
    const ControlOptions m_options;
    AuditLog m_audit;
    HoldSamples m_holdSamples;    ///< the polling thread's own
    StateSamples m_stateSamples;  ///< the polling thread's own

    mutable Mutex m_mutex;
    std::shared_ptr<const config::Config> m_config HF_GUARDED_BY(m_mutex);
    EndpointMap m_endpoints HF_GUARDED_BY(m_mutex);
    std::map<std::string, std::string> m_problems HF_GUARDED_BY(m_mutex);  ///< group → why it cannot be used
    MetricView m_metrics HF_GUARDED_BY(m_mutex);
    std::shared_ptr<const PointMap> m_points HF_GUARDED_BY(m_mutex) = std::make_shared<const PointMap>();
    std::map<std::string, std::int64_t> m_armedUntil HF_GUARDED_BY(m_mutex);
    std::vector<LeaseRecord> m_leases HF_GUARDED_BY(m_mutex);
    std::map<std::int64_t, ActionRecord> m_running HF_GUARDED_BY(m_mutex);
    std::vector<std::int64_t> m_pending HF_GUARDED_BY(m_mutex);
    std::set<std::string> m_busy HF_GUARDED_BY(m_mutex);         ///< controls with an action under way
    std::vector<ActionRecord> m_open HF_GUARDED_BY(m_mutex);     ///< of an earlier life, not yet closed
    std::vector<ActionRecord> m_waiting HF_GUARDED_BY(m_mutex);  ///< scheduled, or waiting for approval
    std::vector<DueEffect> m_effects HF_GUARDED_BY(m_mutex);
    std::vector<DueProof> m_proofs HF_GUARDED_BY(m_mutex);
    std::vector<Unwritten> m_unwritten HF_GUARDED_BY(m_mutex);
    RateLimit m_rate HF_GUARDED_BY(m_mutex);
    std::int64_t m_lastAction HF_GUARDED_BY(m_mutex) = 0;
    std::int64_t m_lastLease HF_GUARDED_BY(m_mutex) = 0;
    std::int64_t m_startedMs HF_GUARDED_BY(m_mutex) = 0;
    std::int64_t m_heardMs HF_GUARDED_BY(m_mutex) = 0;  ///< when the metrics were last asked for a proof alone
    bool m_polled HF_GUARDED_BY(m_mutex) = false;
};

}  // namespace holdfast::control
