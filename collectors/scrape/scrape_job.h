#pragma once

#include "app/config/config.h"
#include "collectors/discovery/relabel.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>

namespace holdfast::scrape {

/// A job's section with its metric relabeling compiled; shared by its targets. Immutable.
struct ScrapeJob {
    /// An hour is how far Prometheus looks back for samples with a time of their own: half of a block of two hours.
    /// Source: Prometheus tsdb/head.go, appendableMinValidTime.
    static constexpr std::int64_t shortestPastMs = 3'600'000;

    ScrapeJob(config::ScrapeConfig c, std::int64_t outOfOrderMs)
        : config(std::move(c)),
          metricRelabeling(config.metricRelabelConfigs),
          pastMs(std::max(outOfOrderMs, shortestPastMs))
    {
    }
    config::ScrapeConfig config;
    discovery::Relabeling metricRelabeling;
    std::int64_t pastMs;  ///< how far behind the scrape a sample's own time may be
};

using ScrapeJobPtr = std::shared_ptr<const ScrapeJob>;

}  // namespace holdfast::scrape
