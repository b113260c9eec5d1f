#pragma once

#include "app/base/clock.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace holdfast::resilience {

/// The header in which the time left travels, whole milliseconds. A remaining time, not a point in time, so that clocks
/// of different computers need not agree; the way itself is not subtracted.
/// Source: Envoy's router filter sends and reads it under this name; gRPC's grpc-timeout works alike.
inline constexpr std::string_view deadlineHeader = "x-envoy-expected-rq-timeout-ms";

/// Until when somebody waits for an answer, on the monotonic clock of this process. Work past it is wasted: check
/// before each step that costs something, and hand on what is left. Value type, immutable.
class Deadline {
public:
    /// Nobody set one.
    [[nodiscard]] static constexpr Deadline none() { return Deadline(forever); }
    /// `ms` from now; 0 and below is already expired.
    [[nodiscard]] static Deadline after(std::int64_t ms, const Clock& clock)
    {
        return Deadline(clock.monotonicNs() + std::clamp<std::int64_t>(ms, 0, longestMs) * 1'000'000);
    }

    [[nodiscard]] constexpr bool isSet() const { return m_ns != forever; }
    [[nodiscard]] bool expired(const Clock& clock) const { return isSet() && clock.monotonicNs() >= m_ns; }
    /// Milliseconds left, rounded down, never below 0; the largest number without deadline.
    [[nodiscard]] std::int64_t remainingMs(const Clock& clock) const
    {
        return isSet() ? std::max<std::int64_t>(0, m_ns - clock.monotonicNs()) / 1'000'000 : forever;
    }
    /// The earlier of this one and `ms` from now: a call may be given less time than its caller has, never more.
    [[nodiscard]] Deadline within(std::int64_t ms, const Clock& clock) const
    {
        return Deadline(std::min(m_ns, after(ms, clock).m_ns));
    }

    friend constexpr bool operator==(Deadline a, Deadline b) { return a.m_ns == b.m_ns; }

private:
    static constexpr std::int64_t forever = std::numeric_limits<std::int64_t>::max();
    static constexpr std::int64_t longestMs = 366LL * 86'400'000;
    explicit constexpr Deadline(std::int64_t ns) : m_ns(ns) {}
    std::int64_t m_ns;
};

/// The header's value for what is left: "350". Without deadline: empty, send no header.
[[nodiscard]] std::string formatDeadline(Deadline deadline, const Clock& clock);

/// What a received header value means: digits only, at most ten; nothing when it is anything else (then the receiver's
/// own limit holds).
[[nodiscard]] std::optional<Deadline> parseDeadline(std::string_view value, const Clock& clock);

}  // namespace holdfast::resilience
