#include "app/resilience/circuit_breaker.h"

#include <algorithm>

namespace holdfast::resilience {

namespace {

BreakerState stateOf(BreakerMode mode)
{
    switch (mode) {
    case BreakerMode::ForcedOpen: return BreakerState::ForcedOpen;
    case BreakerMode::ForcedClosed: return BreakerState::ForcedClosed;
    case BreakerMode::Disabled: return BreakerState::Disabled;
    case BreakerMode::Auto: break;
    }
    return BreakerState::Closed;
}

double ratio(std::uint32_t part, std::uint32_t whole)
{
    return whole == 0 ? 0 : static_cast<double>(part) / whole;
}

}  // namespace

std::string_view word(BreakerMode mode)
{
    switch (mode) {
    case BreakerMode::ForcedOpen: return "forced_open";
    case BreakerMode::ForcedClosed: return "forced_closed";
    case BreakerMode::Disabled: return "disabled";
    case BreakerMode::Auto: break;
    }
    return "auto";
}

std::string_view word(BreakerState state)
{
    switch (state) {
    case BreakerState::Open: return "open";
    case BreakerState::HalfOpen: return "half_open";
    case BreakerState::ForcedOpen: return "forced_open";
    case BreakerState::ForcedClosed: return "forced_closed";
    case BreakerState::Disabled: return "disabled";
    case BreakerState::Closed: break;
    }
    return "closed";
}

std::optional<BreakerMode> breakerMode(std::string_view text)
{
    for (const BreakerMode mode :
         {BreakerMode::Auto, BreakerMode::ForcedOpen, BreakerMode::ForcedClosed, BreakerMode::Disabled})
        if (word(mode) == text)
            return mode;
    return std::nullopt;
}

CircuitBreaker::Permit& CircuitBreaker::Permit::operator=(Permit&& other) noexcept
{
    if (this != &other) {
        done(CallResult::Ignored, 0);
        m_breaker = std::exchange(other.m_breaker, nullptr);
        m_generation = other.m_generation;
    }
    return *this;
}

void CircuitBreaker::Permit::done(CallResult result, std::int64_t durationMs)
{
    if (CircuitBreaker* breaker = std::exchange(m_breaker, nullptr))
        breaker->record(m_generation, result, durationMs);
}

CircuitBreaker::CircuitBreaker(std::string name, std::string callee, BreakerConfig config, const Clock& clock)
    : m_name(std::move(name)),
      m_callee(std::move(callee)),
      m_config(config),
      m_clock(clock),
      m_sinceMs(clock.wallMs()),
      m_window(config.window, config.windowSize)
{
}

std::optional<CircuitBreaker::Permit> CircuitBreaker::acquire()
{
    const MutexLock lock(m_mutex);
    expireLease();
    if (m_state == BreakerState::Open && m_clock.monotonicNs() - m_openedNs >= m_config.openMs * 1'000'000)
        enter(BreakerState::HalfOpen);
    const bool refused = m_state == BreakerState::Open || m_state == BreakerState::ForcedOpen
                         || (m_state == BreakerState::HalfOpen && m_probesOut + m_probeTotals.calls >= m_config.probes);
    if (refused) {
        ++m_notPermitted;
        return std::nullopt;
    }
    if (m_state == BreakerState::HalfOpen)
        ++m_probesOut;
    return Permit(*this, m_generation);
}

void CircuitBreaker::setMode(BreakerMode mode, std::optional<Lease> lease)
{
    const MutexLock lock(m_mutex);
    expireLease();
    if (mode == BreakerMode::Auto && m_mode.mode() == BreakerMode::Auto)
        return;
    m_mode.set(mode, std::move(lease), m_clock);
    if (stateOf(mode) != m_state)
        enter(stateOf(mode));
}

BreakerState CircuitBreaker::state() const
{
    const MutexLock lock(m_mutex);
    expireLease();
    return m_state;
}

BreakerSnapshot CircuitBreaker::snapshot() const
{
    const MutexLock lock(m_mutex);
    expireLease();
    const WindowTotals totals = m_state == BreakerState::HalfOpen ? m_probeTotals : m_window.totals(windowSecond());
    return {.name = m_name,
            .callee = m_callee,
            .mode = m_mode.mode(),
            .state = m_state,
            .sinceMs = m_sinceMs,
            .revision = m_mode.revision(),
            .lease = m_mode.lease(),
            .failureRatio = ratio(totals.failed, totals.calls),
            .slowRatio = ratio(totals.slow, totals.calls),
            .calls = totals.calls,
            .successful = m_successful,
            .failed = m_failed,
            .slowSuccessful = m_slowSuccessful,
            .slowFailed = m_slowFailed,
            .ignored = m_ignored,
            .notPermitted = m_notPermitted};
}

std::int64_t CircuitBreaker::untilProbeMs() const
{
    const MutexLock lock(m_mutex);
    expireLease();
    if (m_state != BreakerState::Open)
        return 0;
    return std::max<std::int64_t>(0, m_config.openMs - (m_clock.monotonicNs() - m_openedNs) / 1'000'000);
}

void CircuitBreaker::record(std::uint64_t generation, CallResult result, std::int64_t durationMs)
{
    const MutexLock lock(m_mutex);
    const bool slow = durationMs >= m_config.slowCallMs;
    count(result, slow);
    if (generation != m_generation || m_state == BreakerState::Disabled)
        return;
    if (m_state == BreakerState::HalfOpen)
        --m_probesOut;
    if (result == CallResult::Ignored)
        return;
    const std::int64_t nowS = windowSecond();
    if (m_state == BreakerState::HalfOpen)
        m_probeTotals = {m_probeTotals.calls + 1, m_probeTotals.failed + (result == CallResult::Failure ? 1U : 0U),
                         m_probeTotals.slow + (slow ? 1U : 0U)};
    else
        m_window.add(result == CallResult::Failure, slow, nowS);
    decide(nowS);
}

void CircuitBreaker::count(CallResult result, bool slow)
{
    switch (result) {
    case CallResult::Success: ++(slow ? m_slowSuccessful : m_successful); break;
    case CallResult::Failure: ++(slow ? m_slowFailed : m_failed); break;
    case CallResult::Ignored: ++m_ignored; break;
    }
}

void CircuitBreaker::decide(std::int64_t nowS)
{
    if (m_state == BreakerState::Closed) {
        const WindowTotals totals = m_window.totals(nowS);
        if (totals.calls >= m_config.minimumCalls && limitReached(totals))
            enter(BreakerState::Open);
    } else if (m_state == BreakerState::HalfOpen && m_probeTotals.calls >= m_config.probes) {
        enter(limitReached(m_probeTotals) ? BreakerState::Open : BreakerState::Closed);
    }
}

void CircuitBreaker::enter(BreakerState state) const
{
    m_state = state;
    ++m_generation;
    m_sinceMs = m_clock.wallMs();
    m_probesOut = 0;
    m_probeTotals = {};
    if (state == BreakerState::Open)
        m_openedNs = m_clock.monotonicNs();
    else if (state != BreakerState::HalfOpen)
        m_window.clear();
}

void CircuitBreaker::expireLease() const
{
    if (m_mode.hasEnd() && m_mode.expire(m_clock))
        enter(BreakerState::Closed);
}

bool CircuitBreaker::limitReached(const WindowTotals& totals) const
{
    return ratio(totals.failed, totals.calls) >= m_config.failureRate
           || ratio(totals.slow, totals.calls) >= m_config.slowRate;
}

std::int64_t CircuitBreaker::windowSecond() const
{
    return m_config.window == WindowKind::Time ? m_clock.monotonicNs() / 1'000'000'000 : 0;
}

}  // namespace holdfast::resilience
