#pragma once

#include <cstdint>

namespace holdfast {

/// Source of time, handed in wherever time is read, so that tests need no sleep.
/// Thread-safe.
class Clock {
public:
    virtual ~Clock() = default;

    /// Wall clock, milliseconds since 1970-01-01T00:00Z. May jump either way.
    [[nodiscard]] virtual std::int64_t wallMs() const = 0;
    /// Monotonic clock, nanoseconds since an arbitrary point. Never goes back; counts suspended time.
    [[nodiscard]] virtual std::int64_t monotonicNs() const = 0;

    [[nodiscard]] std::int64_t monotonicMs() const { return monotonicNs() / 1'000'000; }
};

/// The clocks of this computer (CLOCK_REALTIME, CLOCK_BOOTTIME). Thread-safe.
class SystemClock final : public Clock {
public:
    [[nodiscard]] std::int64_t wallMs() const override;
    [[nodiscard]] std::int64_t monotonicNs() const override;
};

}  // namespace holdfast
