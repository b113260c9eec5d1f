#pragma once

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/result.h"
#include "app/config/config.h"
#include "app/control/action.h"
#include "app/control/control_doors.h"
#include "app/control/control_point.h"
#include "app/control/effect_view.h"
#include "app/store/journal.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace holdfast::control {

struct ControlOptions {
    std::int64_t pollMs = 5'000;  ///< between readings of all control endpoints
    std::int64_t requestTimeoutMs = 5'000;
    std::int64_t verifyForMs = 10'000;       ///< how long read-back may take to agree
    std::int64_t proveForMs = 12'000;        ///< how long the metrics may take to agree, besides two scrapes
    std::int64_t approvalForMs = 1'800'000;  ///< a request that nobody approved is over
    std::int64_t effectAfterMs = 90'000;     ///< after the act; lines are "too_early" before 30 s
    std::string osUser;                      ///< for the audit; empty: asked of the system
    std::string host;                        ///< the same
};

struct ControlFilter {
    std::string service;
    std::string kind;  ///< breaker, flag, action; empty: all
    std::string text;  ///< in id, name, callee or group
};

struct ArmedGroup {
    std::string group;
    std::int64_t untilMs = 0;  ///< 0: armed by the configuration, without end
};

struct HoldSummary {
    int count = 0;
    std::optional<std::int64_t> nextEndMs;
    int overdue = 0;
    int keptByEngine = 0;  ///< of all; the others end in their services, without the engine
};

/// Acts on running systems: one intent, one audit record before it, one read-back after it, one way back.
///
/// States of an action: intent → sent → verifying → verified | partial | contradicted | unverifiable | ambiguous |
/// failed; refused is never sent. Before them may stand waiting_approval and scheduled, after them reverted,
/// revert_failed or, where the metrics say otherwise, contradicted; cancelled and expired were never sent. A request
/// that could not be journalled is not sent. start() reads open intents and leases of an earlier life first: intents
/// are closed by reading the state, leases overdue are reverted at once. stop() ends within the request timeout and
/// reverts nothing: holds outlive us. Reading doors answer at once from the newest snapshot; changing doors wait for
/// the control thread, at most the request timeout. Thread-safe.
class ControlService {
public:
    ControlService(store::Journal& journal, const Clock& clock, Log& log, ControlDoors doors, ControlOptions options,
                   std::shared_ptr<const config::Config> config);
    ~ControlService();

    [[nodiscard]] Result<void> start();
    void stop();
    void configure(std::shared_ptr<const config::Config> config);

    // Reading.
    [[nodiscard]] std::vector<ControlPoint> controls(const ControlFilter& filter = {}) const;
    [[nodiscard]] Result<ControlPoint> control(std::string_view id) const;
    [[nodiscard]] std::vector<LeaseView> leases() const;  ///< in force, or not yet put back
    [[nodiscard]] Result<std::vector<Action>> actions(int limit,
                                                      std::string_view control = {}) const;  ///< newest first
    [[nodiscard]] Result<Action> action(std::int64_t id) const;
    /// What it does to the signals, as of now.
    [[nodiscard]] Result<EffectView> effect(std::int64_t action) const;
    [[nodiscard]] Result<std::vector<AuditRow>> audit(int limit,
                                                      const AuditFilter& filter = {}) const;  ///< newest first
    [[nodiscard]] std::vector<ArmedGroup> armed() const;
    [[nodiscard]] HoldSummary holds() const;
    /// Group and breaker state, closed half_open open, of every endpoint that is polled.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> pollBreakers() const;

    // Changing.
    /// forS 0 disarms. Answers with the group as it is then.
    [[nodiscard]] Result<ArmedGroup> arm(const std::string& group, std::int64_t forS, const std::string& actor);
    /// Reads the control anew and says what would be sent. Changes nothing.
    [[nodiscard]] Result<Plan> plan(const PlanRequest& request);
    /// Interlock, journal, then off it goes: returns with state "intent" (or "dry_run"), the rest follows on its own.
    [[nodiscard]] Result<Action> act(const ActionRequest& request);
    [[nodiscard]] Result<Action> revert(std::int64_t lease, const std::string& actor, const std::string& reason);
    [[nodiscard]] Result<Action> extend(std::int64_t lease, const std::string& actor, std::int64_t byS);
    /// Sends the wanted mode again to instances that lost it or never had it; what others set is left alone.
    [[nodiscard]] Result<Action> reapply(std::int64_t lease, const std::string& actor);
    /// The emergency way back: every hold, also of groups that are not armed; what is scheduled is cancelled.
    [[nodiscard]] Result<RevertAll> revertAll(const std::string& actor, const std::string& reason);
    /// A second person's yes. Errors  Denied for a wrong token or the same person, NotFound, Conflict
    [[nodiscard]] Result<Action> approve(std::int64_t action, const std::string& approver, const std::string& token);
    /// Ends an action that is scheduled or waits for approval.
    [[nodiscard]] Result<Action> cancel(std::int64_t action, const std::string& actor, const std::string& reason);
    /// Asks for a reading of all endpoints now; returns at once.
    void poll();

private:
    struct State;
    const std::unique_ptr<State> m_state;
};

}  // namespace holdfast::control
