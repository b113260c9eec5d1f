#pragma once

#include "app/incident/effect_history.h"
#include "app/incident/record.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace holdfast::incident {

struct Deed {
    std::int64_t atMs = 0;
    std::string text;
    std::string effect;  ///< a verdict of ChangeEffect, "confounded", or empty where nothing was measured
};

/// An earlier incident that looks like this one, and what was done then.
struct SimilarIncident {
    std::int64_t id = 0;
    std::string title;
    std::int64_t openedMs = 0;
    std::optional<std::int64_t> resolvedMs;
    std::vector<std::string> why;  ///< for people, the strongest first
    int score = 0;
    std::vector<Deed> done;
};

/// Points: same origin +4, a breaker in common +3, an alert of the same service in common +1 each, at most 3. At least
/// 3 points are needed. Best first, of equal ones the newest; at most `limit`. Without deeds.
[[nodiscard]] std::vector<SimilarIncident> similarIncidents(const Record& record, const std::vector<Record>& others,
                                                            std::size_t limit);

/// What was done in an incident, with the measured effect; only what was known by then.
[[nodiscard]] Result<std::vector<Deed>> deedsOf(const store::Journal& journal, std::int64_t incident,
                                                std::int64_t knownMs = INT64_MAX);

}  // namespace holdfast::incident
