#pragma once

#include "app/base/clock.h"
#include "app/base/mutex.h"
#include "app/resilience/lease.h"

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace holdfast::resilience {

enum class FlagMode { Auto, ForcedOn, ForcedOff };
enum class FlagKind { Degradation, Feature, Fault };

[[nodiscard]] std::string_view word(FlagMode mode);
[[nodiscard]] std::string_view word(FlagKind kind);
[[nodiscard]] std::optional<FlagMode> flagMode(std::string_view word);

struct FlagConfig {
    std::string name;
    FlagKind kind = FlagKind::Degradation;
    std::string effect;             ///< what users notice while it is on, one sentence
    bool defaultOn = false;         ///< under auto, without pressure
    double onAt = 2;                ///< pressure from which auto switches it on; above 1: never by itself
    double offAt = 0;               ///< pressure at or below which auto switches it off again; < onAt
    std::int64_t leastMs = 10'000;  ///< stays on at least so long, so that it does not flap
};

struct FlagSnapshot {
    std::string name;
    FlagKind kind = FlagKind::Degradation;
    FlagMode mode = FlagMode::Auto;
    bool on = false;
    bool defaultOn = false;
    std::int64_t sinceMs = 0;  ///< wall time of the last change of `on`
    std::uint64_t revision = 0;
    std::optional<Lease> lease;
    std::string effect;
};

/// A part of a service that can be left out: by a person for a while, or by itself under pressure.
///
///   auto, off --setPressure(p ≥ onAt)--> auto, on --setPressure(p ≤ offAt), leastMs passed--> auto, off
///   any --setMode(forced on | forced off)--> forced --setMode(auto), lease ends--> auto
///
/// Invariants
///  1. Forced wins over pressure; pressure goes on being followed underneath, so that auto is right at once.
///  2. Between offAt and onAt nothing changes (hysteresis).
/// Source: graceful degradation with hysteresis, as in Google SRE book ch. 22 ("Load Shedding and Graceful
/// Degradation"). Thread-safe. on() is one atomic load while no lease is in force.
class DegradationFlag {
public:
    DegradationFlag(FlagConfig config, const Clock& clock);

    [[nodiscard]] bool on() const;
    /// 0 idle … 1 exhausted: whatever the service measures its need by, such as the used share of its worst resource.
    void setPressure(double pressure) HF_EXCLUDES(m_mutex);
    void setMode(FlagMode mode, std::optional<Lease> lease = std::nullopt) HF_EXCLUDES(m_mutex);
    [[nodiscard]] FlagSnapshot snapshot() const HF_EXCLUDES(m_mutex);
    [[nodiscard]] const std::string& name() const { return m_config.name; }

private:
    void settle() const HF_REQUIRES(m_mutex);

    const FlagConfig m_config;
    const Clock& m_clock;
    mutable Mutex m_mutex;
    mutable Leased<FlagMode> m_mode HF_GUARDED_BY(m_mutex);
    bool m_pressed HF_GUARDED_BY(m_mutex) = false;
    std::int64_t m_pressedMs HF_GUARDED_BY(m_mutex) = 0;
    mutable std::int64_t m_sinceMs HF_GUARDED_BY(m_mutex);
    mutable std::atomic<bool> m_on;
    mutable std::atomic<bool> m_leased{false};
};

}  // namespace holdfast::resilience
