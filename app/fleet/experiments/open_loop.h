#pragma once

#include "app/base/clock.h"
#include "app/fleet/random.h"
#include "app/resilience/retry_budget.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace holdfast::fleet {

struct LoopConfig {
    std::uint16_t port = 0;
    std::vector<std::string> paths;                  ///< asked for in equal shares
    std::function<double(double second)> perSecond;  ///< arrivals at a time since the start
    double seconds = 10;
    std::int64_t timeoutMs = 1'000;  ///< of one attempt
    int attempts = 1;
    resilience::RetryBudget* budget = nullptr;  ///< null: every retry is made
    bool sendDeadline = true;
    std::function<void(double second)> tick;  ///< every 20 ms, on the caller's thread
};

/// What became of one arrival. Value type.
struct Outcome {
    double atS = 0;        ///< seconds since the start
    std::size_t path = 0;  ///< index into LoopConfig::paths
    double tookS = 0;      ///< until the last answer, retries included; infinite when none was good
};

/// Sends Poisson arrivals whether or not answers come, repeats failures at once, and returns when the last arrival has
/// its outcome, ascending by atS. Waits. One thread at a time.
[[nodiscard]] std::vector<Outcome> runOpenLoop(const LoopConfig& config, Random& random, const Clock& clock);

}  // namespace holdfast::fleet
