#pragma once

#include "app/api/own_metrics.h"
#include "app/store/store.h"
#include "collectors/scrape/scrape_counters.h"
#include "collectors/scrape/target_status.h"

#include <vector>

namespace holdfast::engine {

// The figures of the engine's parts under their names on /metrics.
[[nodiscard]] std::vector<api::OwnMetrics::Reading> storeReadings(const store::StoreStats& stats);
[[nodiscard]] std::vector<api::OwnMetrics::Reading> scrapeReadings(const scrape::ScrapeCounters& counters);
/// The worst breaker of each job, one-hot by state.
[[nodiscard]] std::vector<api::OwnMetrics::Reading> breakerReadings(const scrape::TargetsSnapshot& targets);

}  // namespace holdfast::engine
