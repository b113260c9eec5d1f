#pragma once

#include "app/base/mutex.h"

#include <cmath>
#include <cstdint>
#include <random>

namespace holdfast::fleet {

/// Chance with a seed, shared by the threads of one instance. Thread-safe.
class Random {
public:
    explicit Random(std::uint64_t seed) : m_engine(seed) {}

    /// Uniform in [0, 1).
    [[nodiscard]] double uniform() HF_EXCLUDES(m_mutex)
    {
        const MutexLock lock(m_mutex);
        return std::uniform_real_distribution<double>(0, 1)(m_engine);
    }
    [[nodiscard]] bool chance(double probability) { return uniform() < probability; }

    /// Log-normal, as service times are: most near the median, a long tail to the right.
    /// sigma 0.3 gives p99 ≈ 2 × median, 0.5 gives p99 ≈ 3.2 × median.
    [[nodiscard]] double logNormal(double median, double sigma) HF_EXCLUDES(m_mutex)
    {
        const MutexLock lock(m_mutex);
        return median * std::exp(sigma * std::normal_distribution<double>(0, 1)(m_engine));
    }

    /// Time to the next arrival of a Poisson stream; perSecond > 0. Seconds.
    [[nodiscard]] double untilNext(double perSecond) HF_EXCLUDES(m_mutex)
    {
        const MutexLock lock(m_mutex);
        return std::exponential_distribution<double>(perSecond)(m_engine);
    }

private:
    Mutex m_mutex;
    std::mt19937_64 m_engine HF_GUARDED_BY(m_mutex);
};

}  // namespace holdfast::fleet
