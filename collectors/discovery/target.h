#pragma once

#include "app/base/result.h"
#include "app/config/config.h"
#include "app/model/label_set.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace holdfast::discovery {

/// Something to be scraped. Value type.
struct Target {
    std::string scrapePool;     ///< job_name of its section
    LabelSet labels;            ///< what its series carry: job, instance and what relabeling left
    LabelSet discoveredLabels;  ///< before relabeling
    std::string url;            ///< scheme, address, path and parameters
    std::int64_t intervalMs = 0;
    std::int64_t timeoutMs = 0;
    /// Two targets with the same key are the same one, across reloads of the configuration.
    [[nodiscard]] std::string key() const { return scrapePool + '\n' + url + '\n' + labels.text(); }
};

struct TargetSet {
    std::vector<Target> active;
    std::vector<LabelSet> dropped;    ///< discovered labels of those that relabeling dropped
    std::vector<std::string> errors;  ///< why others came to nothing
};

/// What a job makes of its target groups: defaults, relabeling, checks; of equal targets the first one.
/// Source: Prometheus scrape/target.go, PopulateLabels and TargetsFromGroup (3.x: no port is added).
[[nodiscard]] TargetSet targetsOf(const config::ScrapeConfig& job, std::span<const config::TargetGroup> groups);

}  // namespace holdfast::discovery
