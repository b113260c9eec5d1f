#pragma once

#include "app/base/mutex.h"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <optional>
#include <stop_token>
#include <utility>

namespace holdfast {

/// First-in-first-out hand-over between threads with a bound.
///
/// Full: push() refuses at once and says so; the caller counts it and leaves a visible gap. Nothing waits for room.
/// Closed: push() refuses, pop() hands out what is left and then nothing.
/// Thread-safe.
template <typename T>
class BoundedQueue {
public:
    explicit BoundedQueue(std::size_t capacity) : m_capacity(capacity) {}

    /// False, and `item` untouched, when the queue is full or closed.
    [[nodiscard]] bool push(T&& item) HF_EXCLUDES(m_mutex)
    {
        {
            const MutexLock lock(m_mutex);
            if (m_closed || m_items.size() >= m_capacity)
                return false;
            m_items.push_back(std::move(item));
        }
        m_changed.notify_one();
        return true;
    }

    /// The oldest item; nothing when `timeout` passed, `stop` was requested, or the queue is closed and empty.
    [[nodiscard]] std::optional<T> pop(std::chrono::nanoseconds timeout,
                                       std::stop_token stop = {}) HF_NO_THREAD_SAFETY_ANALYSIS
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait_for(lock, stop, timeout,
                           [this]() HF_NO_THREAD_SAFETY_ANALYSIS { return m_closed || !m_items.empty(); });
        if (m_items.empty())
            return std::nullopt;
        std::optional<T> item(std::move(m_items.front()));
        m_items.pop_front();
        return item;
    }

    void close() HF_EXCLUDES(m_mutex)
    {
        {
            const MutexLock lock(m_mutex);
            m_closed = true;
        }
        m_changed.notify_all();
    }

    [[nodiscard]] std::size_t size() const HF_EXCLUDES(m_mutex)
    {
        const MutexLock lock(m_mutex);
        return m_items.size();
    }
    [[nodiscard]] std::size_t capacity() const { return m_capacity; }

private:
    const std::size_t m_capacity;
    mutable Mutex m_mutex;
    std::condition_variable_any m_changed;
    std::deque<T> m_items HF_GUARDED_BY(m_mutex);
    bool m_closed HF_GUARDED_BY(m_mutex) = false;
};

}  // namespace holdfast
