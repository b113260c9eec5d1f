#pragma once

#include "app/signals/bucket_quantile.h"
#include "app/signals/fleet_model.h"
#include "app/signals/scrape_classes.h"
#include "app/signals/slow_facts.h"

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace holdfast::signals {

/// What the queries of all profiles told of one service; each signal from the first profile that knows it.
struct ServiceParts {
    std::string profile;  ///< that gave requests, or the first that gave anything
    std::optional<double> requests, errors, mean, retries;
    Buckets buckets;  ///< seconds → 1/s
    std::map<std::string, double> utilisation, ceilings, queues;
    std::map<std::string, std::string> errorOf;  ///< signal → why its query failed
    std::vector<SignalOrigin> origins;
    std::int64_t windowMs = 0;
};

struct Parts {
    std::map<std::string, ServiceParts> services;
    std::vector<BreakerReading> breakers;  ///< sorted by service, name
    std::vector<FlagReading> flags;
    std::vector<Edge> meshEdges;
    std::vector<std::string> failures;  ///< "micrometer: errors: 1:5: parse error …"
    bool answered = false;              ///< at least one query could be run
};

/// Runs every expression of the active profiles once a scrape class, for all services together.
[[nodiscard]] Parts readParts(const SeriesReader& reader, const std::vector<const Profile*>& profiles,
                              std::span<const ScrapeClass> classes, const ServiceNames& names);

}  // namespace holdfast::signals
