#pragma once

#include "app/base/clock.h"

#include <atomic>

namespace holdfast {

/// A clock that stands until told: replay, rule unit tests and hermetic tests. Thread-safe.
class ManualClock final : public Clock {
public:
    explicit ManualClock(std::int64_t wallMs = 0) : m_wallMs(wallMs) {}

    [[nodiscard]] std::int64_t wallMs() const override { return m_wallMs.load(); }
    [[nodiscard]] std::int64_t monotonicNs() const override { return m_monotonicNs.load(); }

    /// Both clocks go on together, as they do in a healthy computer.
    void advanceMs(std::int64_t ms)
    {
        m_wallMs += ms;
        m_monotonicNs += ms * 1'000'000;
    }
    /// Only the wall clock jumps (NTP step, operator, suspend bug).
    void jumpWallMs(std::int64_t ms) { m_wallMs += ms; }

private:
    std::atomic<std::int64_t> m_wallMs;
    std::atomic<std::int64_t> m_monotonicNs{0};
};

}  // namespace holdfast
