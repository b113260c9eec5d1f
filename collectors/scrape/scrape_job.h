#pragma once

#include "app/config/config.h"
#include "collectors/discovery/relabel.h"

#include <memory>
#include <utility>

namespace holdfast::scrape {

/// A job's section with its metric relabeling compiled; shared by its targets. Immutable.
struct ScrapeJob {
    explicit ScrapeJob(config::ScrapeConfig c) : config(std::move(c)), metricRelabeling(config.metricRelabelConfigs) {}
    config::ScrapeConfig config;
    discovery::Relabeling metricRelabeling;
};

using ScrapeJobPtr = std::shared_ptr<const ScrapeJob>;

}  // namespace holdfast::scrape
