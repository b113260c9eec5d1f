#pragma once

#include "app/incident/breaker_story.h"
#include "app/incident/event.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace holdfast::incident {

struct FlagObservation {
    std::string service;
    std::string flag;
    bool on = false;
    bool operator==(const FlagObservation&) const = default;
};

struct TargetObservation {
    std::string job;
    std::string instance;
    std::string service;
    bool up = false;
    std::string error;           ///< in words, where down
    std::int64_t startedMs = 0;  ///< process start time; 0: unknown
    std::string version;         ///< empty: unknown
};

/// What the signals say at one instant. Value type.
struct Observation {
    std::int64_t t = 0;  ///< ms since the epoch
    std::vector<BreakerObservation> breakers;
    std::vector<FlagObservation> flags;
    std::vector<TargetObservation> targets;
};

/// Compares successive observations and says what happened in between: breaker changes (breaker_story.h), flags
/// switched, targets lost and back, restarts (start time moved by more than 2 s), deploys (another version). The first
/// observation says nothing, nor does a thing seen for the first time. One thread at a time.
class TransitionWatcher {
public:
    [[nodiscard]] std::vector<Event> observe(const Observation& now);

private:
    std::map<std::string, BreakerStory> m_breakers;
    std::map<std::string, bool> m_flags;
    std::map<std::string, TargetObservation> m_targets;
    std::map<std::string, std::string> m_versions;  ///< service → version last seen as a deploy
};

}  // namespace holdfast::incident
