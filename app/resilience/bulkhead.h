#pragma once

#include "app/base/clock.h"
#include "app/base/mutex.h"
#include "app/resilience/deadline.h"

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace holdfast::resilience {

struct BulkheadSnapshot {
    std::string name;
    std::size_t inUse = 0;
    std::size_t capacity = 0;
    std::size_t waiting = 0;
    std::uint64_t refused = 0;  ///< no permit within the time
};

/// A bounded number of permits for one resource (connections, calls to one callee, memory), so that one slow dependency
/// cannot take everything. Waiting is bounded too, in number and in time.
///
/// Invariant: inUse ≤ capacity, waiting ≤ maxWaiting. Permits go to whoever wakes first; order is not promised.
/// Source: M. Nygard, Release It!, "Bulkheads"; a counting semaphore (Dijkstra) with bounds.
/// Thread-safe. acquire() waits; tryAcquire() never does.
class Bulkhead {
public:
    /// Given back when destroyed. Must not outlive the bulkhead.
    class Permit {
    public:
        explicit Permit(Bulkhead& bulkhead) : m_bulkhead(&bulkhead) {}
        Permit(Permit&& other) noexcept : m_bulkhead(std::exchange(other.m_bulkhead, nullptr)) {}
        Permit& operator=(Permit&& other) noexcept
        {
            std::swap(m_bulkhead, other.m_bulkhead);
            return *this;
        }
        ~Permit()
        {
            if (m_bulkhead)
                m_bulkhead->release();
        }

    private:
        Bulkhead* m_bulkhead;
    };

    Bulkhead(std::string name, std::size_t capacity, std::size_t maxWaiting, const Clock& clock)
        : m_name(std::move(name)), m_capacity(capacity), m_maxWaiting(maxWaiting), m_clock(clock)
    {
    }

    [[nodiscard]] std::optional<Permit> tryAcquire() HF_EXCLUDES(m_mutex);
    /// Nothing when the deadline passed or maxWaiting wait already. A deadline that is not set waits for ever.
    [[nodiscard]] std::optional<Permit> acquire(Deadline deadline) HF_NO_THREAD_SAFETY_ANALYSIS;
    [[nodiscard]] BulkheadSnapshot snapshot() const HF_EXCLUDES(m_mutex);

private:
    void release() HF_EXCLUDES(m_mutex);

    const std::string m_name;
    const std::size_t m_capacity;
    const std::size_t m_maxWaiting;
    const Clock& m_clock;
    mutable Mutex m_mutex;
    std::condition_variable_any m_freed;
    std::size_t m_inUse HF_GUARDED_BY(m_mutex) = 0;
    std::size_t m_waiting HF_GUARDED_BY(m_mutex) = 0;
    std::uint64_t m_refused HF_GUARDED_BY(m_mutex) = 0;
};

}  // namespace holdfast::resilience
