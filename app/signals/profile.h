#pragma once

#include "app/base/result.h"
#include "app/signals/fleet_model.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::signals {

/// Utilisation of one kind of resource; "pool $name" makes one resource of each label `name`.
struct ResourceRule {
    std::string resource;
    std::string expr;
    double ceiling = 0.9;  ///< safe utilisation, (0, 1]
};

/// One metric convention: where each signal stands, in PromQL. Keys and placeholders: resources/profiles/README.md.
/// Empty expressions mean that the convention does not have it. Value type.
struct Profile {
    std::string name;
    std::string title;
    int precedence = 50;
    std::vector<std::string> service;
    std::vector<std::string> detect;
    std::string requests, errors, latencyBuckets, latencyMean, heatmap, retries;
    double latencyScale = 1;  ///< seconds per unit of `le`
    std::string instances, version, started;
    std::string breakerState;
    std::map<std::string, BreakerState, std::less<>> breakerStates;
    std::map<double, BreakerState> breakerNumbers;
    std::string breakerCalls, breakerRefused, breakerPermitted, breakerFailed;
    std::string flagsOn, flagsForced;
    std::vector<ResourceRule> resources;
    std::string queues;
    std::string edgeRequests, edgeErrors;
};

/// Reads one profile file. Errors: BadInput with file, line and column; unknown keys are errors, so that a misspelt
/// one is not dropped in silence.
[[nodiscard]] Result<Profile> parseProfile(std::string_view text, std::string_view file);

/// The state a word of a profile stands for; Unknown for any other word.
[[nodiscard]] BreakerState breakerStateFromWord(std::string_view word);

}  // namespace holdfast::signals
