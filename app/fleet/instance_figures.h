#pragma once

#include "app/base/mutex.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <vector>

namespace holdfast::fleet {

/// What each instance may take, as a container's limits would say. Guessed for a shop on one small computer.
inline constexpr double cpuLimitCores = 0.25;
inline constexpr std::size_t memoryLimitBytes = 48ULL << 20;

/// What the instances of one process hold beyond their equal share of it. Thread-safe.
struct MemoryShare {
    std::atomic<std::int64_t> extraBytes{0};
    std::atomic<int> instances{0};
};

/// CPU and memory of one instance, with their limits, and its pauses, under the names of the Prometheus client
/// libraries. All instances of the fleet are one process, so CPU is that of the instance's own threads (workers and
/// event thread; exact, from their thread clocks), and memory is an equal share of the process plus what this instance
/// alone keeps (measured).
/// Thread-safe; update() one thread at a time.
class InstanceFigures {
public:
    InstanceFigures(prometheus::Registry& registry, MemoryShare& share);
    ~InstanceFigures();
    InstanceFigures(const InstanceFigures&) = delete;
    InstanceFigures& operator=(const InstanceFigures&) = delete;

    /// The calling thread's CPU time counts from now on, until leave().
    void enter() HF_EXCLUDES(m_mutex);
    /// To be called by a thread that ends before this object.
    void leave() HF_EXCLUDES(m_mutex);
    void paused(double seconds);
    /// Reads all anew. ownBytes: what the instance keeps beyond its share.
    void update(std::size_t ownBytes) HF_EXCLUDES(m_mutex);

private:
    MemoryShare& m_share;
    Mutex m_mutex;
    std::vector<clockid_t> m_threads HF_GUARDED_BY(m_mutex);
    double m_endedSeconds HF_GUARDED_BY(m_mutex) = 0;
    std::int64_t m_ownBytes = 0;
    double m_recentAt HF_GUARDED_BY(m_mutex) = 0;
    double m_recentSeconds HF_GUARDED_BY(m_mutex) = 0;
    prometheus::Counter& m_cpuSeconds;
    prometheus::Gauge& m_recentCores;
    prometheus::Gauge& m_residentBytes;
    prometheus::Counter& m_pauses;
    prometheus::Counter& m_pauseSeconds;
};

}  // namespace holdfast::fleet
