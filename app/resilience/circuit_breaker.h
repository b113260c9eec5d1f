#pragma once

#include "app/base/clock.h"
#include "app/base/mutex.h"
#include "app/resilience/call_window.h"
#include "app/resilience/lease.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace holdfast::resilience {

enum class BreakerMode { Auto, ForcedOpen, ForcedClosed, Disabled };
enum class BreakerState { Closed, Open, HalfOpen, ForcedOpen, ForcedClosed, Disabled };
enum class CallResult {
    Success,
    Failure,
    Ignored,  ///< says nothing about the callee: cancelled by us, or the caller's own mistake (4xx)
};

/// The protocol's words: "auto" "forced_open" …, "closed" "open" "half_open" …
[[nodiscard]] std::string_view word(BreakerMode mode);
[[nodiscard]] std::string_view word(BreakerState state);
[[nodiscard]] std::optional<BreakerMode> breakerMode(std::string_view word);
inline constexpr std::array allBreakerStates{BreakerState::Closed,       BreakerState::Open,
                                             BreakerState::HalfOpen,     BreakerState::ForcedOpen,
                                             BreakerState::ForcedClosed, BreakerState::Disabled};

struct BreakerConfig {
    WindowKind window = WindowKind::Time;
    std::size_t windowSize = 10;       ///< seconds or calls
    std::uint32_t minimumCalls = 10;   ///< in the window, before a rate says anything
    double failureRate = 0.5;          ///< opens at this share of failed calls or above, (0, 1]
    double slowRate = 1.0;             ///< opens at this share of slow calls or above, (0, 1]
    std::int64_t slowCallMs = 60'000;  ///< a call is slow from this duration on
    std::int64_t openMs = 5'000;       ///< stays open so long before it probes
    std::uint32_t probes = 3;          ///< calls that half-open lets through; all of them decide
};

/// What one breaker is and has counted; counters since it was made.
struct BreakerSnapshot {
    std::string name;
    std::string callee;
    BreakerMode mode = BreakerMode::Auto;
    BreakerState state = BreakerState::Closed;
    std::int64_t sinceMs = 0;  ///< wall time of the last change of state
    std::uint64_t revision = 0;
    std::optional<Lease> lease;
    double failureRatio = 0;  ///< over the window, 0 when it is empty
    double slowRatio = 0;
    std::uint32_t calls = 0;  ///< in the window
    std::uint64_t successful = 0;
    std::uint64_t failed = 0;
    std::uint64_t slowSuccessful = 0;
    std::uint64_t slowFailed = 0;
    std::uint64_t ignored = 0;
    std::uint64_t notPermitted = 0;
};

/// Stops calls to a callee that fails or has become slow, so that its callers keep their threads and it gets air.
///
///   closed --record(): failure or slow rate reached, minimum calls seen--> open
///   open --acquire(): openMs passed--> half-open
///   half-open --record(): the last probe came in, rates below the limits--> closed
///   half-open --record(): … rates reached--> open          half-open: probes all taken → refused
///   any --setMode(m)--> forced open | forced closed | disabled     those --setMode(auto), lease ends--> closed, window
///   empty
///
/// Invariants
///  1. In half-open at most `probes` permits are out or recorded; a permit dropped without a result gives its place
///  back.
///  2. A result counts only for the stretch of time (generation) in which its permit was given: late answers from
///  before
///     an opening neither close nor open anything.
///  3. Forced closed lets everything through and goes on counting; disabled lets everything through and counts no
///  rates.
///     Nothing but setMode() or the end of the lease leaves the three set modes.
///  4. A refused call never touches the callee and is counted in notPermitted only.
/// Source: M. Nygard, Release It!, "Circuit Breaker"; rates, windows and special states as in Resilience4j's
/// CircuitBreaker. Thread-safe; no call waits for anything but a short lock.
class CircuitBreaker {
public:
    /// Leave for one call. Movable; destroyed without a result it is given back as CallResult::Ignored.
    class Permit {
    public:
        Permit(Permit&& other) noexcept
            : m_breaker(std::exchange(other.m_breaker, nullptr)), m_generation(other.m_generation)
        {
        }
        Permit& operator=(Permit&& other) noexcept;
        ~Permit() { done(CallResult::Ignored, 0); }

        /// The call's result, once. durationMs ≥ 0.
        void done(CallResult result, std::int64_t durationMs);

    private:
        friend class CircuitBreaker;
        Permit(CircuitBreaker& breaker, std::uint64_t generation) : m_breaker(&breaker), m_generation(generation) {}
        CircuitBreaker* m_breaker;
        std::uint64_t m_generation;
    };

    /// `clock` must outlive it.
    CircuitBreaker(std::string name, std::string callee, BreakerConfig config, const Clock& clock);

    /// Leave for one call, or nothing: then do not call, and answer with the fallback.
    [[nodiscard]] std::optional<Permit> acquire() HF_EXCLUDES(m_mutex);

    /// Without lease the mode stays until the next setMode().
    void setMode(BreakerMode mode, std::optional<Lease> lease = std::nullopt) HF_EXCLUDES(m_mutex);

    [[nodiscard]] BreakerState state() const HF_EXCLUDES(m_mutex);
    [[nodiscard]] BreakerSnapshot snapshot() const HF_EXCLUDES(m_mutex);
    [[nodiscard]] const std::string& name() const { return m_name; }
    [[nodiscard]] const std::string& callee() const { return m_callee; }
    /// Milliseconds until an open breaker probes; 0 in every other state. For Retry-After.
    [[nodiscard]] std::int64_t untilProbeMs() const HF_EXCLUDES(m_mutex);

private:
    void record(std::uint64_t generation, CallResult result, std::int64_t durationMs) HF_EXCLUDES(m_mutex);
    void count(CallResult result, bool slow) HF_REQUIRES(m_mutex);
    void decide(std::int64_t nowS) HF_REQUIRES(m_mutex);
    void enter(BreakerState state) const HF_REQUIRES(m_mutex);
    void expireLease() const HF_REQUIRES(m_mutex);
    [[nodiscard]] bool limitReached(const WindowTotals& totals) const;
    [[nodiscard]] std::int64_t windowSecond() const;

    const std::string m_name;
    const std::string m_callee;
    const BreakerConfig m_config;
    const Clock& m_clock;

    mutable Mutex m_mutex;
    mutable Leased<BreakerMode> m_mode HF_GUARDED_BY(m_mutex);
    mutable BreakerState m_state HF_GUARDED_BY(m_mutex) = BreakerState::Closed;
    mutable std::uint64_t m_generation HF_GUARDED_BY(m_mutex) = 0;
    mutable std::int64_t m_sinceMs HF_GUARDED_BY(m_mutex);
    mutable std::int64_t m_openedNs HF_GUARDED_BY(m_mutex) = 0;
    mutable std::uint32_t m_probesOut HF_GUARDED_BY(m_mutex) = 0;
    mutable WindowTotals m_probeTotals HF_GUARDED_BY(m_mutex);
    mutable CallWindow m_window HF_GUARDED_BY(m_mutex);
    std::uint64_t m_successful HF_GUARDED_BY(m_mutex) = 0;
    std::uint64_t m_failed HF_GUARDED_BY(m_mutex) = 0;
    std::uint64_t m_slowSuccessful HF_GUARDED_BY(m_mutex) = 0;
    std::uint64_t m_slowFailed HF_GUARDED_BY(m_mutex) = 0;
    std::uint64_t m_ignored HF_GUARDED_BY(m_mutex) = 0;
    std::uint64_t m_notPermitted HF_GUARDED_BY(m_mutex) = 0;
};

}  // namespace holdfast::resilience
