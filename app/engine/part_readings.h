#pragma once

#include "app/api/own_metrics.h"
#include "app/store/store.h"
#include "collectors/scrape/scrape_counters.h"
#include "collectors/scrape/target_status.h"

#include <string>
#include <vector>

namespace holdfast::engine {

// The figures of the engine's parts under their names on /metrics.
[[nodiscard]] std::vector<api::OwnMetrics::Reading> storeReadings(const store::StoreStats& stats);
[[nodiscard]] std::vector<api::OwnMetrics::Reading> scrapeReadings(const scrape::ScrapeCounters& counters);

/// A breaker around calls of the engine to others.
struct OwnBreaker {
    std::string name;   ///< the same for breakers of which only the worst matters
    std::string state;  ///< closed, half_open, open
};
[[nodiscard]] std::vector<OwnBreaker> breakersOf(const scrape::TargetsSnapshot& targets);
/// The worst breaker of each name, one-hot by state.
[[nodiscard]] std::vector<api::OwnMetrics::Reading> breakerReadings(const std::vector<OwnBreaker>& breakers);

}  // namespace holdfast::engine
