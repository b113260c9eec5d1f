#pragma once

#include "app/config/config.h"

#include <cstdint>
#include <string>
#include <vector>

namespace holdfast::signals {

/// Jobs that are scraped equally often share a rate window, and so one query.
struct ScrapeClass {
    std::int64_t intervalMs = 0;
    std::int64_t windowMs = 0;
    std::string match;  ///< matchers on job; empty where the class is everything
};

/// max(4 × interval, 10 s): four scrapes, so that one lost scrape leaves a rate, and enough requests to speak of.
[[nodiscard]] std::int64_t rateWindowMs(std::int64_t intervalMs);

/// The classes of a configuration, the most common interval first; jobs it does not know (imports, remote write) belong
/// to that first class. Never empty.
[[nodiscard]] std::vector<ScrapeClass> scrapeClasses(const config::Config& config);

}  // namespace holdfast::signals
