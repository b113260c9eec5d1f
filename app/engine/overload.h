#pragma once

#include "app/api/own_metrics.h"
#include "app/base/clock.h"
#include "app/base/mutex.h"
#include "app/resilience/degradation_flag.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace holdfast::engine {

/// How near the engine is to what it can bear; shares, 0 idle … 1 exhausted.
struct EnginePressure {
    double storeQueue = 0;   ///< samples waiting for their commit ÷ samples that may wait
    double evaluation = 0;   ///< time the last reading of the signals took ÷ time between two readings
    double lateScrapes = 0;  ///< scrapes of the last seconds that began late ÷ all of them
    double processor = 0;    ///< processor time of this process ÷ what the machine has
};

/// What the engine leaves out when it has too much to do, in this order, and takes back in the reverse:
///
///   1  slower repaint     windows redraw once a second instead of four times
///   2  wider step         windows ask for half as many points
///   3  slower scrape      services of tier 3 and below are scraped every second time
///
/// Never: actions, their audit, reverts. These have threads of their own, and the store refuses none of their records.
/// Each step is a DegradationFlag (hysteresis, on for 10 s at least) of the worst of the four shares.
/// Thread-safe; observe() belongs to one thread.
class Overload {
public:
    static constexpr std::int64_t kSlowScrapeFactor = 2;
    static constexpr int kSpareableTier = 3;

    explicit Overload(const Clock& clock);

    void observe(const EnginePressure& pressure) HF_EXCLUDES(m_mutex);

    /// Steps in force, 0 … 3.
    [[nodiscard]] int level() const;
    [[nodiscard]] bool slowScrape() const { return m_steps[2].on(); }
    /// In words what presses most, "store queue 91 % full"; empty without a step in force.
    [[nodiscard]] std::string reason() const HF_EXCLUDES(m_mutex);
    /// Names of the steps in force, in their order.
    [[nodiscard]] std::vector<std::string> steps() const;

    [[nodiscard]] std::vector<api::OwnMetrics::Reading> readings() const HF_EXCLUDES(m_mutex);

private:
    std::array<resilience::DegradationFlag, 3> m_steps;
    mutable Mutex m_mutex;
    EnginePressure m_pressure HF_GUARDED_BY(m_mutex);
};

}  // namespace holdfast::engine
