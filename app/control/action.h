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
};

/// What somebody asks for.
struct ActionRequest {
    std::string control;
    std::string to;          ///< a mode from ControlPoint::options
    std::int64_t holdS = 0;  ///< seconds; not used for "auto"
    std::string reason;      ///< at least 3 characters
    std::string actor;
    std::optional<std::int64_t> incident;
    std::string expected;   ///< the mode that was shown; empty: not checked
    std::string typedName;  ///< needed for high blast
    bool dryRun = false;    ///< everything but the sending; answered with state "dry_run", not journalled
};

/// What would happen, and how it would be put back.
struct Plan {
    std::string control, from, to;
    int instances = 0;
    std::string sentence;               ///< "Open breaker on 3 instances for 15 min"
    std::string hold;                   ///< "kept in the service" or "kept by this computer …"
    std::vector<std::string> requests;  ///< redacted
    std::vector<std::string> preview;
    std::string blast;     ///< low, high
    std::string typeName;  ///< to be typed where blast is high
    std::string expectedRevision;
    std::vector<std::string> warnings;
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
