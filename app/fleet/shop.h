#pragma once

#include "app/fleet/instance.h"
#include "app/fleet/service.h"

#include <string>
#include <vector>

namespace holdfast::fleet {

/// One row of the shop: what runs, how often, how bounded, and what an operator should know of it.
struct ServiceSpec {
    std::string name;
    int instances = 2;
    int tier = 2;  ///< 1 is the most important
    std::string version;
    MakeService make;
    int workers = 8;
    std::size_t queue = 64;
    std::int64_t queueMs = 1'500;
    std::int64_t latencyMs = 500;  ///< objective for p99
    double availability = 0.99;    ///< objective
    std::vector<std::string> dependsOn{};
    std::string fallback{};  ///< what users see while the breaker to it is open
    std::vector<FaultConfig> faults{};
};

/// The shop, callers before callees.
[[nodiscard]] const std::vector<ServiceSpec>& shop();

}  // namespace holdfast::fleet
