#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace holdfast::control {

struct InstanceOutcome {
    std::string instance;
    std::string state;  ///< verified accepted failed denied conflict unreachable ambiguous contradicted unverifiable
    std::string message;
    std::optional<std::int64_t> latencyMs;
    std::string proof;  ///< of the second path: agrees disagrees silent; empty: not asked (yet)
};

struct EffectLine {
    std::string signal;  ///< "errors", "payments p99"
    std::optional<double> before, now;
    std::string verdict;  ///< improved worse no_clear_change too_early
    std::optional<double> z;
};

struct Effect {
    std::string state = "too_early";  ///< too_early ready confounded
    std::vector<EffectLine> lines;
};

/// One act and its story, as `action` row of the journal.
struct Action {
    std::int64_t id = 0;
    std::string control, service, kind;
    std::string from, to;  ///< modes
    std::string state;     ///< words of the journal's table action
    int k = 0, n = 0;
    std::string actor, reason;
    std::int64_t createdMs = 0, updatedMs = 0;
    std::optional<std::int64_t> incident;
    std::string message;  ///< one sentence
    std::vector<InstanceOutcome> instances;
    std::optional<std::int64_t> lease;
    std::optional<std::int64_t> reverts;  ///< the action this one puts back
    std::optional<Effect> effect;
    std::optional<std::int64_t> startMs;  ///< scheduled: when it is to begin
    bool untilRecovered = false;          ///< the hold ends with the trouble
    std::string approver;                 ///< who said yes, where the group wants a second person
    std::string proof;                    ///< "API ✓ metrics ✓"; empty while nothing is verified
};

/// What somebody asks for.
struct ActionRequest {
    std::string control;
    std::string to;          ///< a mode from ControlPoint::options
    std::int64_t holdS = 0;  ///< seconds; not used for the resting mode; the longest where untilRecovered
    std::string reason;      ///< at least 3 characters
    std::string actor;
    std::optional<std::int64_t> incident;
    std::string expected;         ///< the mode that was shown; empty: not checked
    std::string typedName;        ///< needed for high blast
    std::int64_t startMs = 0;     ///< wall clock; 0 or past: now
    std::int64_t untilMs = 0;     ///< wall clock, instead of holdS; 0: holdS counts
    bool untilRecovered = false;  ///< put back as soon as the signals are within their objective for stableS
    std::int64_t stableS = 180;
    bool dryRun = false;  ///< everything but the sending; answered with state "dry_run", not journalled
};

struct PlanRequest {
    std::string control;
    std::string to;
    std::int64_t holdS = 0;
    std::string actor;  ///< who looks; empty: nobody in particular
    bool untilRecovered = false;
};

/// One line of what will happen.
struct PlanLine {
    std::string kind;  ///< refused users fallback relief headroom overrides last effect note
    std::string text;
};

/// What would happen, and how it would be put back. All sentences are final: whoever shows them changes nothing.
struct Plan {
    std::string control, from, to;
    int instances = 0;
    bool releases = false;              ///< `to` lets the system decide: no hold, nothing to type, no approval
    std::string sentence;               ///< "Open breaker on 3 instances for 15 min"
    std::string hold;                   ///< "kept in the service: …" or "kept by this computer: …"
    std::vector<std::string> requests;  ///< redacted
    std::vector<PlanLine> lines;
    std::string blast;     ///< low, high
    std::string typeName;  ///< to be typed where blast is high
    std::string expectedRevision;
    std::vector<std::string> warnings;
    std::string approval;     ///< "second": it waits for another person
    std::int64_t readMs = 0;  ///< when the instances were read
    // The numbers behind the lines; nothing where they cannot be had. Shares are [0, 1], rates 1/s.
    std::optional<double> refusedPerS, share, usersAtMost, relief, headroomNow, headroomThen;
    std::string fallback;
    std::vector<std::string> overrides;  ///< ids of controls that are held on the same path
};

/// What an emergency "revert everything" began.
struct RevertAll {
    std::vector<Action> begun;
    std::vector<Action> cancelled;       ///< scheduled, or waiting for approval
    std::vector<std::string> following;  ///< sentences: holds that are put back as soon as what runs on them ends
};

/// Which rows of the audit; what is 0 or empty does not narrow.
struct AuditFilter {
    std::int64_t action = 0;
    std::string control;
    std::int64_t before = 0;   ///< rows with a lower id, for reading on
    std::int64_t untilMs = 0;  ///< rows written then or before
};

struct AuditRow {
    std::int64_t id = 0, atMs = 0, action = 0;
    std::string step, actor, osUser, host, control, instance, reason;
    std::optional<std::int64_t> incident;
    std::string before, wanted, after, requests;  ///< JSON
    std::string outcome;
    std::optional<std::int64_t> lease, reverts;
    std::string prevHash, hash;
};

}  // namespace holdfast::control
