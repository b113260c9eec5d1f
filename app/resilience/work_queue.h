#pragma once

#include "app/base/clock.h"
#include "app/base/mutex.h"
#include "app/resilience/drain_rate.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

namespace holdfast::resilience {

struct WorkQueueSnapshot {
    std::string name;
    std::size_t depth = 0;
    std::size_t capacity = 0;
    double oldestSeconds = 0;
    std::uint64_t shedFull = 0;
    std::uint64_t shedLate = 0;
};

/// A bounded queue that absorbs spikes, and sheds by age when it cannot: work that waited longer than maxAgeMs is
/// handed out as Late, so that its owner can answer "no" instead of working for somebody who has left.
///
/// Full: push() refuses at once, the item untouched. Closed: push() refuses, pop() hands out what is left, then
/// nothing. Invariants: depth ≤ capacity; pushed = taken + depth; every Late and every refusal is counted once. Source:
/// bounded queue with sojourn-time limit, after K. Nichols and V. Jacobson, "Controlling Queue Delay" (2012), and
/// Facebook's "Fail at Scale" (2015); without CoDel's control law, as requests have a hard deadline anyway.
/// Thread-safe. pop() waits, push() never does.
template <typename T>
class WorkQueue {
public:
    struct Taken {
        T item;
        bool late = false;  ///< waited longer than maxAgeMs: refuse it, do not work on it
        std::int64_t waitedMs = 0;
    };

    WorkQueue(std::string name, std::size_t capacity, std::int64_t maxAgeMs, const Clock& clock)
        : m_name(std::move(name)), m_capacity(capacity), m_maxAgeMs(maxAgeMs), m_clock(clock)
    {
    }

    [[nodiscard]] bool push(T&& item) HF_EXCLUDES(m_mutex)
    {
        {
            const MutexLock lock(m_mutex);
            if (m_closed || m_items.size() >= m_capacity) {
                ++m_shedFull;
                return false;
            }
            m_items.push_back({m_clock.monotonicMs(), std::move(item)});
        }
        m_changed.notify_one();
        return true;
    }

    /// The oldest item; nothing when `timeout` passed, `stop` was requested, or the queue is closed and empty.
    [[nodiscard]] std::optional<Taken> pop(std::chrono::milliseconds timeout,
                                           std::stop_token stop = {}) HF_NO_THREAD_SAFETY_ANALYSIS
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait_for(lock, stop, timeout,
                           [this]() HF_NO_THREAD_SAFETY_ANALYSIS { return m_closed || !m_items.empty(); });
        if (m_items.empty())
            return std::nullopt;
        const std::int64_t nowMs = m_clock.monotonicMs();
        const std::int64_t waitedMs = nowMs - m_items.front().sinceMs;
        Taken taken{std::move(m_items.front().item), waitedMs > m_maxAgeMs, waitedMs};
        m_items.pop_front();
        m_drain.tookOne(nowMs);
        m_shedLate += taken.late ? 1 : 0;
        return taken;
    }

    void close() HF_EXCLUDES(m_mutex)
    {
        {
            const MutexLock lock(m_mutex);
            m_closed = true;
        }
        m_changed.notify_all();
    }

    /// Whole seconds after which somebody who was refused may find room: the time to drain what waits now, 1 to 60.
    [[nodiscard]] std::int64_t retryAfterS() const HF_EXCLUDES(m_mutex)
    {
        const MutexLock lock(m_mutex);
        const std::optional<double> perSecond = m_drain.perSecond(m_clock.monotonicMs());
        if (!perSecond)
            return 1;
        return std::clamp<std::int64_t>(static_cast<std::int64_t>(static_cast<double>(m_items.size()) / *perSecond) + 1,
                                        1, 60);
    }

    [[nodiscard]] WorkQueueSnapshot snapshot() const HF_EXCLUDES(m_mutex)
    {
        const MutexLock lock(m_mutex);
        const std::int64_t oldestMs = m_items.empty() ? 0 : m_clock.monotonicMs() - m_items.front().sinceMs;
        return {m_name, m_items.size(), m_capacity, static_cast<double>(oldestMs) / 1000, m_shedFull, m_shedLate};
    }

private:
    struct Waiting {
        std::int64_t sinceMs;
        T item;
    };
    const std::string m_name;
    const std::size_t m_capacity;
    const std::int64_t m_maxAgeMs;
    const Clock& m_clock;
    mutable Mutex m_mutex;
    std::condition_variable_any m_changed;
    std::deque<Waiting> m_items HF_GUARDED_BY(m_mutex);
    DrainRate m_drain HF_GUARDED_BY(m_mutex);
    std::uint64_t m_shedFull HF_GUARDED_BY(m_mutex) = 0;
    std::uint64_t m_shedLate HF_GUARDED_BY(m_mutex) = 0;
    bool m_closed HF_GUARDED_BY(m_mutex) = false;
};

}  // namespace holdfast::resilience
