#pragma once

#include "app/incident/event.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace holdfast::incident {

/// NEW ─ack→ ACKED ─symptoms gone, overrides in force→ MITIGATED ─none in force, 10 min quiet→ RESOLVED ─review→ CLOSED
/// NEW, ACKED ─symptoms gone, none in force, 10 min quiet→ RESOLVED.  RESOLVED ─a signal within 30 min→ as before.
enum class IncidentState { New, Acked, Mitigated, Resolved, Closed };
enum class Severity { Sev1, Sev2, Sev3 };

[[nodiscard]] const char* incidentStateWord(IncidentState state);  ///< "new" …
[[nodiscard]] const char* severityWord(Severity severity);         ///< "sev1" …

/// The kind of a signal that a person reported: no rule clears it.
inline constexpr const char* kReportedByHand = "hand";

/// One alert as part of one incident. Times: milliseconds since the epoch.
struct IncidentSignal {
    std::string fingerprint;  ///< alert name and labels
    std::string alert;
    std::string service;
    std::string severity;  ///< "page" or "ticket"
    std::string kind;      ///< label `signal`: errors latency breaker headroom retries target override engine store
    std::string subject;   ///< callee of a breaker, instance of a target
    std::string labelsJson;
    std::string summary;
    std::int64_t onsetMs = 0;  ///< when the series changed, found in the data; activeAt where nothing was found
    std::int64_t firedMs = 0;
    std::optional<std::int64_t> clearedMs;
    double peak = 0;
    int transitions = 1;
    bool muted = false;                    ///< a TargetDown of the same service explains it
    bool maybeUnrelated = false;           ///< joined only because it could be a cause
    bool shelved = false;                  ///< put aside for a while: it keeps no incident open
    bool standing = false;                 ///< fires for more than 24 h: it keeps no incident open
    std::vector<std::string> places = {};  ///< "zone=eu-1": where it runs, from its labels
    bool unsaved = true;                   ///< differs from its row in the journal

    [[nodiscard]] bool counts() const { return !clearedMs && !shelved && !standing; }
};

/// A line of the list; `GET /holdfast/v1/incidents`.
struct IncidentSummary {
    std::int64_t id = 0;
    std::string title;
    IncidentState state = IncidentState::New;
    Severity severity = Severity::Sev2;
    std::int64_t openedMs = 0;
    std::optional<std::int64_t> ackedMs;
    std::optional<std::int64_t> mitigatedMs;
    std::optional<std::int64_t> resolvedMs;
    std::optional<std::int64_t> closedMs;
    std::optional<std::int64_t> ackUntilMs;
    std::int64_t lastSignalMs = 0;
    std::size_t signals = 0;
    std::size_t firing = 0;
    std::vector<std::string> services;
    std::string origin;
    std::string owner;
    std::size_t overrides = 0;  ///< in force now on its services
    bool flood = false;         ///< more than 10 new signals in 10 min: look at the origin and the count
    bool offline = false;       ///< most targets went at once
    std::size_t reopened = 0;   ///< how often a signal came back after it was resolved
    std::optional<std::int64_t> mergedInto;
    std::optional<std::int64_t> continues;
};

/// A lane of the incident page.
struct IncidentLane {
    std::string title;
    std::string unit;  ///< seconds ratio per_second
    std::string expr;
};

/// Everything of one incident; `GET /holdfast/v1/incidents/N`.
struct IncidentDetail {
    IncidentSummary summary;
    std::vector<std::string> evidence;
    std::vector<IncidentSignal> signals;
    std::vector<Event> timeline;  ///< ascending by time of happening
    std::vector<IncidentLane> lanes;
    std::string suggestion;  ///< "merge with 143?", "declare?", or empty
};

}  // namespace holdfast::incident
