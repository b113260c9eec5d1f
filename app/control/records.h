#pragma once

#include "app/base/result.h"
#include "app/control/action.h"
#include "app/control/adapter.h"
#include "app/store/journal.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace holdfast::control {

/// What one instance had before it was changed: what it is put back to.
struct Before {
    std::string mode;
    std::string revision;
    std::int64_t holdEndsMs = 0;  ///< of a foreign hold that was in force
    std::string keep;             ///< Reading::keep
};

/// An action with what carrying it out and recovering it needs.
struct ActionRecord {
    Action action;
    enum class Purpose { Act, Revert, Extend, Reapply } purpose = Purpose::Act;
    std::string group, name, callee;
    Kind kind = Kind::Breaker;
    std::string resting;  ///< ControlShape::resting
    std::int64_t holdS = 0;
    std::int64_t stableS = 0;
    std::string requestId;
    std::map<std::string, std::string> shownMode;  ///< instance → mode when the act was asked for
    std::map<std::string, Before> before;          ///< instance → what was read right before sending
    std::int64_t sentMs = 0;
};

/// One instance under a hold of ours.
struct HeldInstance {
    Before before;
    bool ours = true;  ///< as of the last reading
};

/// A hold of ours. States: holding → reverting → reverted | foreign | revert_failed (tried again);
/// holding → lost (no instance holds it any more).
struct LeaseRecord {
    std::int64_t id = 0, action = 0;
    std::string control, group, service, name, callee;
    Kind kind = Kind::Breaker;
    std::string state = "holding";
    std::string wanted;
    std::string resting;          ///< ControlShape::resting
    bool untilRecovered = false;  ///< ends with the trouble, at untilMs at the latest
    std::int64_t stableS = 0;
    std::int64_t untilMs = 0;
    std::int64_t untilNs =
        0;               ///< monotonic, 0 where the hold was taken over from an earlier life; the earlier clock wins
    std::string keeper;  ///< service, engine
    std::string actor, reason;
    std::optional<std::int64_t> incident;
    std::vector<std::string> requestIds;
    std::map<std::string, HeldInstance> instances;
    std::int64_t verifiedMs = 0;
    std::string endedBy, endReason;  ///< somebody asked for the end while something else ran on the control
    std::int64_t calmSinceMs = 0;    ///< untilRecovered: since when the signals are within their objective; 0: not
    int lostReadings = 0;            ///< in a row, in which no instance held it
    std::int64_t nextTryMs = 0;      ///< revert_failed: when to try again
};

[[nodiscard]] store::SqlStatement insertAction(const ActionRecord& record);
[[nodiscard]] store::SqlStatement updateAction(const ActionRecord& record);
[[nodiscard]] store::SqlStatement saveLease(const LeaseRecord& lease);  ///< inserts or replaces

/// Newest first. where  SQL condition over table action, empty for all
[[nodiscard]] Result<std::vector<ActionRecord>> readActions(const store::Journal& journal, const std::string& where,
                                                            std::vector<store::SqlValue> values, int limit);
/// Those that are not put back yet.
[[nodiscard]] Result<std::vector<LeaseRecord>> readOpenLeases(const store::Journal& journal);
/// The highest id of a table, 0 for an empty one.
[[nodiscard]] Result<std::int64_t> highestId(const store::Journal& journal, const std::string& table);

/// What an instance is put back to.
struct WayBack {
    std::string mode;
    std::int64_t ttlS = 0;  ///< rest of a foreign hold that was in force, where the system keeps holds itself
    std::string keep;
};
[[nodiscard]] WayBack wayBack(const LeaseRecord& lease, const Before& before, std::int64_t nowMs);

/// {"INSTANCE":"MODE",…} for the audit.
[[nodiscard]] std::string modesJson(const std::map<std::string, Before>& before);

}  // namespace holdfast::control
