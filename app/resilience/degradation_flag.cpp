#include "app/resilience/degradation_flag.h"

#include <utility>

namespace holdfast::resilience {

std::string_view word(FlagMode mode)
{
    switch (mode) {
    case FlagMode::ForcedOn: return "forced_on";
    case FlagMode::ForcedOff: return "forced_off";
    case FlagMode::Auto: break;
    }
    return "auto";
}

std::string_view word(FlagKind kind)
{
    switch (kind) {
    case FlagKind::Feature: return "feature";
    case FlagKind::Fault: return "fault";
    case FlagKind::Degradation: break;
    }
    return "degradation";
}

std::optional<FlagMode> flagMode(std::string_view text)
{
    for (const FlagMode mode : {FlagMode::Auto, FlagMode::ForcedOn, FlagMode::ForcedOff})
        if (word(mode) == text)
            return mode;
    return std::nullopt;
}

DegradationFlag::DegradationFlag(FlagConfig config, const Clock& clock)
    : m_config(std::move(config)), m_clock(clock), m_sinceMs(clock.wallMs()), m_on(m_config.defaultOn)
{
}

bool DegradationFlag::on() const
{
    if (m_leased.load(std::memory_order_acquire)) {
        const MutexLock lock(m_mutex);
        settle();
    }
    return m_on.load(std::memory_order_acquire);
}

void DegradationFlag::setPressure(double pressure)
{
    const MutexLock lock(m_mutex);
    if (!m_pressed && pressure >= m_config.onAt) {
        m_pressed = true;
        m_pressedMs = m_clock.monotonicMs();
    } else if (m_pressed && pressure <= m_config.offAt && m_clock.monotonicMs() - m_pressedMs >= m_config.leastMs) {
        m_pressed = false;
    }
    settle();
}

void DegradationFlag::setMode(FlagMode mode, std::optional<Lease> lease)
{
    const MutexLock lock(m_mutex);
    m_mode.expire(m_clock);
    if (mode != FlagMode::Auto || m_mode.mode() != FlagMode::Auto)
        m_mode.set(mode, std::move(lease), m_clock);
    settle();
}

FlagSnapshot DegradationFlag::snapshot() const
{
    const MutexLock lock(m_mutex);
    settle();
    return {.name = m_config.name,
            .kind = m_config.kind,
            .mode = m_mode.mode(),
            .on = m_on.load(),
            .defaultOn = m_config.defaultOn,
            .sinceMs = m_sinceMs,
            .revision = m_mode.revision(),
            .lease = m_mode.lease(),
            .effect = m_config.effect};
}

void DegradationFlag::settle() const
{
    m_mode.expire(m_clock);
    m_leased.store(m_mode.hasEnd(), std::memory_order_release);
    const bool automatic = m_config.defaultOn || m_pressed;
    const bool on = m_mode.mode() == FlagMode::Auto ? automatic : m_mode.mode() == FlagMode::ForcedOn;
    if (m_on.exchange(on, std::memory_order_acq_rel) != on)
        m_sinceMs = m_clock.wallMs();
}

}  // namespace holdfast::resilience
