#pragma once

#include "app/base/clock.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace holdfast::resilience {

/// Who asked for a mode, why, and until when. Value type.
struct Lease {
    std::int64_t expiresMs = 0;  ///< wall clock, milliseconds since the epoch
    std::int64_t ttlS = 0;       ///< seconds, as asked
    std::string reason;
    std::string actor;
    std::string requestId;
};

/// A mode that somebody set for a while. `Mode{}` is the mode "auto", to which it falls back by itself.
///
/// Invariants
///  1. A mode other than auto is in force together with a lease, or without one (set by code, not by a person).
///  2. The end is kept on both clocks and the earlier one wins: a wall clock that is set back must not lengthen a
///     hold, and a computer that slept must not wake into one that should have ended.
///  3. Every change of mode raises the revision, the end of a lease too.
///
///   auto --set(m, ttl)--> held(m) --set(m', ttl)--> held(m')
///   held --expire(), end reached--> auto      held --set(auto)--> auto
/// One thread at a time: the owner's lock guards it.
template <typename Mode>
class Leased {
public:
    [[nodiscard]] Mode mode() const { return m_mode; }
    [[nodiscard]] const std::optional<Lease>& lease() const { return m_lease; }
    [[nodiscard]] std::uint64_t revision() const { return m_revision; }
    [[nodiscard]] bool hasEnd() const { return m_lease.has_value(); }

    /// lease.expiresMs is computed here from lease.ttlS. Without lease: until the next set().
    void set(Mode mode, std::optional<Lease> lease, const Clock& clock)
    {
        m_mode = mode;
        m_lease = mode == Mode{} ? std::nullopt : std::move(lease);
        if (m_lease) {
            m_lease->expiresMs = clock.wallMs() + m_lease->ttlS * 1000;
            m_expiresMonotonicNs = clock.monotonicNs() + m_lease->ttlS * 1'000'000'000;
        }
        ++m_revision;
    }

    /// Falls back to auto when the end is reached; true when it did so now.
    bool expire(const Clock& clock)
    {
        if (!m_lease || (clock.monotonicNs() < m_expiresMonotonicNs && clock.wallMs() < m_lease->expiresMs))
            return false;
        m_mode = Mode{};
        m_lease.reset();
        ++m_revision;
        return true;
    }

private:
    Mode m_mode{};
    std::optional<Lease> m_lease;
    std::int64_t m_expiresMonotonicNs = 0;
    std::uint64_t m_revision = 0;
};

}  // namespace holdfast::resilience
