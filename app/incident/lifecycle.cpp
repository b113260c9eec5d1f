#include "app/incident/lifecycle.h"

#include "app/incident/grouping.h"

#include <algorithm>

namespace holdfast::incident {

namespace {

void resolveAt(Record& record, std::int64_t t)
{
    record.state = IncidentState::Resolved;
    // A clock that jumped back makes no story of negative length.
    record.resolvedMs = std::max({t, record.openedMs, record.ackedMs.value_or(t), record.mitigatedMs.value_or(t)});
    record.ackUntilMs.reset();
}

}  // namespace

std::vector<StateChange> advance(Record& record, std::int64_t t, std::size_t overrides)
{
    std::vector<StateChange> out;
    if (!record.isOpen())
        return out;
    if (record.firing() > 0) {
        record.quietSinceMs.reset();
    } else if (!record.quietSinceMs || *record.quietSinceMs > t) {
        record.quietSinceMs = t;
        for (const auto& signal : record.signals)
            record.quietSinceMs = std::min(t, std::max(signal.clearedMs.value_or(t), *record.quietSinceMs));
    }
    if (overrides > 0 || record.overridesSeenMs > t)
        record.overridesSeenMs = t;

    if (record.state == IncidentState::Mitigated && !record.quietSinceMs && !record.mitigatedByHand) {
        record.state = IncidentState::Acked;
        record.mitigatedMs.reset();
        const bool overridden = record.overridesSeenMs > 0;
        out.push_back({overrides > 0 ? "Symptoms came back although an override is in force"
                       : overridden  ? "Symptoms came back after the override ended"
                                     : "Not mitigated any more: another signal came",
                       {}});
    }
    if (record.state != IncidentState::Mitigated && record.quietSinceMs && overrides > 0) {
        record.state = IncidentState::Mitigated;
        record.mitigatedMs = std::max(t, record.openedMs);
        record.ackUntilMs.reset();
        out.push_back({"Mitigated: no symptoms while " + std::to_string(overrides)
                           + (overrides == 1 ? " override is" : " overrides are") + " in force",
                       {}});
    }
    if (record.state == IncidentState::Acked && record.ackUntilMs && t >= *record.ackUntilMs) {
        record.state = IncidentState::New;
        record.ackUntilMs.reset();
        out.push_back({"Acknowledgement by " + record.owner + " ended; is somebody still on it?", {}});
    }
    if (record.quietSinceMs && overrides == 0
        && t - std::max(*record.quietSinceMs, record.overridesSeenMs) >= kQuietMs) {
        const bool byItself = record.state == IncidentState::New && !record.ackedMs;
        resolveAt(record, t);
        out.push_back(
            {byItself ? "Resolved: it healed by itself, quiet for 10 min" : "Resolved: quiet for 10 min", {}});
    }
    return out;
}

StateChange reopen(Record& record, std::int64_t t)
{
    const std::int64_t pause = t - record.resolvedMs.value_or(t);
    record.state = record.owner.empty() ? IncidentState::New : IncidentState::Acked;
    record.resolvedMs.reset();
    record.closedMs.reset();
    record.mitigatedMs.reset();
    record.quietSinceMs.reset();
    record.mitigatedByHand = false;
    ++record.reopened;
    if (record.state == IncidentState::Acked)
        record.ackUntilMs = t + kReopenMs;
    return {"Reopened: a signal came back " + std::to_string(std::max<std::int64_t>(pause, 0) / 60'000)
                + " min after it was resolved",
            {}};
}

}  // namespace holdfast::incident
