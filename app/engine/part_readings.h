#pragma once

#include "app/api/own_metrics.h"
#include "app/store/store.h"
#include "collectors/scrape/scrape_counters.h"

#include <vector>

namespace holdfast::engine {

// The figures of the engine's parts under their names on /metrics.
[[nodiscard]] std::vector<api::OwnMetrics::Reading> storeReadings(const store::StoreStats& stats);
[[nodiscard]] std::vector<api::OwnMetrics::Reading> scrapeReadings(const scrape::ScrapeCounters& counters);

}  // namespace holdfast::engine
