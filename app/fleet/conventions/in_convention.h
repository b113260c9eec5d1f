#pragma once

#include "app/fleet/convention.h"

#include <prometheus/metric_family.h>

#include <cstdint>
#include <string>
#include <vector>

namespace holdfast::fleet {

/// Whose metrics they are. Value type.
struct MetricsOwner {
    std::string service;
    std::string instance;
    std::string version;
    std::int64_t startedMs = 0;  ///< wall clock
    std::int64_t nowMs = 0;      ///< wall clock
};

using Families = std::vector<prometheus::MetricFamily>;

/// The same numbers under the names, labels, units and shapes of another convention: what a program instrumented so
/// would say of the same requests. What a convention has no name for is left out. `plain` is what GoldenSignals,
/// InstanceFigures and resilience::Metrics collect.
[[nodiscard]] Families inConvention(Convention convention, Families plain, const MetricsOwner& owner);

}  // namespace holdfast::fleet
