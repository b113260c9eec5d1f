#pragma once

#include "app/base/clock.h"

namespace holdfast::engine {

/// A wall clock that stands where a replay ends; deadlines go by the real monotonic clock. Thread-safe.
class StandingClock final : public Clock {
public:
    explicit StandingClock(std::int64_t wallMs) : m_wallMs(wallMs) {}
    [[nodiscard]] std::int64_t wallMs() const override { return m_wallMs; }
    [[nodiscard]] std::int64_t monotonicNs() const override { return m_real.monotonicNs(); }

private:
    const std::int64_t m_wallMs;
    const SystemClock m_real;
};

}  // namespace holdfast::engine
