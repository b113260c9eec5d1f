#pragma once

#include "app/base/clock.h"
#include "app/base/mutex.h"

#include <cstdint>
#include <optional>
#include <utility>

namespace holdfast::resilience {

/// The last good answer of a callee, for the hour when it gives none: an old answer that says how old it is often beats
/// no answer. What is too old to be of use is not handed out.
///
///   empty --put--> kept --put--> kept;  kept, older than maxAgeMs: get() gives nothing
///
/// Source: "stale-if-error" of RFC 5861, for values instead of HTTP answers. Thread-safe; copies under a short lock, so
/// keep what is large behind a shared_ptr.
template <typename T>
class LastGood {
public:
    struct Aged {
        T value;
        std::int64_t ageMs = 0;  ///< say it to whoever gets the value: HTTP has the header Age, in seconds
    };

    /// maxAgeMs ≥ 0: the oldest that is still of use
    LastGood(std::int64_t maxAgeMs, const Clock& clock) : m_maxAgeMs(maxAgeMs), m_clock(clock) {}

    void put(T value) HF_EXCLUDES(m_mutex)
    {
        const MutexLock lock(m_mutex);
        m_value = std::move(value);
        m_sinceMs = m_clock.monotonicMs();
    }

    [[nodiscard]] std::optional<Aged> get() const HF_EXCLUDES(m_mutex)
    {
        const MutexLock lock(m_mutex);
        const std::int64_t ageMs = m_clock.monotonicMs() - m_sinceMs;
        if (!m_value || ageMs > m_maxAgeMs)
            return std::nullopt;
        return Aged{*m_value, ageMs};
    }

private:
    const std::int64_t m_maxAgeMs;
    const Clock& m_clock;
    mutable Mutex m_mutex;
    std::optional<T> m_value HF_GUARDED_BY(m_mutex);
    std::int64_t m_sinceMs HF_GUARDED_BY(m_mutex) = 0;
};

}  // namespace holdfast::resilience
