#pragma once

#include "app/control/action.h"
#include "app/control/control_book.h"

#include <optional>
#include <string>
#include <vector>

namespace holdfast::control {

/// One instance's part in carrying out an action.
struct WorkItem {
    EndpointState endpoint;
    std::string mode;  ///< to be set on this instance
    std::int64_t ttlS = 0;
    std::string keep;  ///< of the reading that is put back
    bool send = true;
    bool relayed = false;  ///< of a cluster: another endpoint gets the change, this one must show it too
    std::optional<Reading> before;
    Receipt receipt;
    std::optional<Reading> after;
    InstanceOutcome outcome;  ///< state empty while nothing is decided
};

/// An action under way.
struct Work {
    ActionRecord record;
    std::vector<WorkItem> items;
    std::optional<LeaseRecord> lease;  ///< the hold that is extended or put back
    std::string step = "outcome";      ///< of the closing audit row
    Scope scope = Scope::Instance;
};

/// What is sent to, or awaited of, one instance.
[[nodiscard]] Change changeFor(const Work& work, const WorkItem& item);

/// Reads every instance; one that cannot be read is decided at once (unreachable, denied), and nothing is sent to it.
void readBefore(Work& work);
/// Sends each change once, in parallel.
void sendChanges(Work& work);
/// Where somebody else was faster, reads what they set, so that the message can tell it.
void readConflicts(Work& work);
/// Reads the instances that may have changed, up to `tries` times with a pause, until they agree; decides every item.
void readBack(Work& work, int tries, std::int64_t pauseMs);
/// Asks the adapter's other path and the group's verifier about what was read back as in force, up to `tries` times;
/// where they disagree to the end the item is contradicted.
void prove(Work& work, int tries, std::int64_t pauseMs);
/// "3 instances", "1 server"
[[nodiscard]] std::string instancesText(std::size_t count, Scope scope);
/// The action's state, k and message from those of its items.
void conclude(Work& work);

}  // namespace holdfast::control
