#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

namespace holdfast::incident {

/// State of a breaker over its instances at one instant.
struct BreakerObservation {
    std::string service;
    std::string callee;
    std::string state;  ///< worst: closed half_open open forced_open forced_closed disabled unknown
    int k = 0;          ///< instances in that state
    int n = 0;
    bool operator==(const BreakerObservation&) const = default;
};

/// One breaker's line in the timeline: told when it opens, probes, closes, is forced or released, and not when merely
/// another number of its instances is in the same state.
///
/// Open and half-open taking turns are told three times within a minute (or six times at all), then once as probing,
/// then not until it closes or is forced. Forcing is told once all instances are forced, or ten seconds later with as
/// many as there are; the moment told is when it began. One thread at a time.
class BreakerStory {
public:
    struct Line {
        std::int64_t atMs = 0;
        std::string text;
    };

    explicit BreakerStory(const BreakerObservation& first, std::int64_t t);

    /// t: ms since the epoch, ascending.
    [[nodiscard]] std::optional<Line> observe(const BreakerObservation& now, std::int64_t t);

private:
    [[nodiscard]] std::optional<Line> forced(const BreakerObservation& now, std::int64_t t);
    [[nodiscard]] std::optional<Line> free(const BreakerObservation& now, std::int64_t t);

    std::string m_state;
    std::int64_t m_sinceMs = 0;
    bool m_told = true;               ///< that it is forced
    bool m_probing = false;           ///< told; changes between open and half-open are not told any more
    int m_turns = 0;                  ///< between open and half-open since it was last closed or forced
    std::deque<std::int64_t> m_last;  ///< of these, those of the last minute
};

}  // namespace holdfast::incident
