#pragma once

#include "app/base/clock.h"
#include "app/fleet/random.h"
#include "app/resilience/retry.h"
#include "app/resilience/retry_budget.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace holdfast::fleet {

/// One kind of request that arrives.
struct Page {
    std::string label;  ///< "orders"
    std::string path;
    double share = 1;  ///< of the arrivals, relative to the others
    bool post = false;
};

/// What a client does when an answer fails.
struct Persistence {
    int attempts = 1;
    bool disciplined = true;  ///< full jitter, inside a budget of a tenth of the calls, "do not retry" honoured;
                              ///< otherwise again at once
    double perCall = 0.1;     ///< the budget's tokens a call
    double burst = 10;        ///< and those it starts with
};

struct LoopConfig {
    std::vector<std::uint16_t> ports;  ///< of the instances that are asked in turn
    std::vector<Page> pages;
    std::function<double(double second)> perSecond;  ///< arrivals at a time since the start
    double seconds = 10;
    std::int64_t timeoutMs = 1'000;  ///< of one attempt
    Persistence persistence{};
    bool sendDeadline = true;
    std::function<void(double second)> tick;  ///< every 20 ms, on the caller's thread
};

/// What became of one arrival. Value type.
struct Outcome {
    double atS = 0;        ///< seconds since the start
    std::size_t page = 0;  ///< index into LoopConfig::pages
    double tookS = 0;      ///< until the last answer, retries included; infinite when none was good
    int attempts = 1;
};

/// Sends Poisson arrivals whether or not answers come, and returns when the last arrival has its outcome, ascending by
/// atS. The same seed gives the same arrivals, whatever the answers are. Waits. One thread at a time.
[[nodiscard]] std::vector<Outcome> runOpenLoop(const LoopConfig& config, std::uint64_t seed, const Clock& clock);

}  // namespace holdfast::fleet
