#pragma once

#include "app/base/mutex.h"

#include <optional>
#include <utility>

namespace holdfast {

/// Hand-over of the newest value: a put() replaces what was not yet taken, so it can never be full.
/// For states and pictures, where an old one is worth nothing. Thread-safe.
template <typename T>
class Mailbox {
public:
    /// True when an untaken value was replaced (the taker has been woken for that one already).
    bool put(T value) HF_EXCLUDES(m_mutex)
    {
        const MutexLock lock(m_mutex);
        const bool replaced = m_value.has_value();
        m_value = std::move(value);
        return replaced;
    }

    [[nodiscard]] std::optional<T> take() HF_EXCLUDES(m_mutex)
    {
        const MutexLock lock(m_mutex);
        return std::exchange(m_value, std::nullopt);
    }

private:
    Mutex m_mutex;
    std::optional<T> m_value HF_GUARDED_BY(m_mutex);
};

}  // namespace holdfast
