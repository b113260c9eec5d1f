#include "app/fleet/faults.h"

#include "app/fleet/nap.h"

#include <algorithm>

namespace holdfast::fleet {

namespace {

const char* nameOf(FaultKind kind)
{
    switch (kind) {
    case FaultKind::Slow: return "fault-slow";
    case FaultKind::Errors: return "fault-errors";
    case FaultKind::Down: return "fault-down";
    case FaultKind::Stall: return "fault-stall";
    case FaultKind::Refuse: break;
    }
    return "fault-refuse";
}

}  // namespace

Faults::Faults(const std::vector<FaultConfig>& configs, Parts& parts) : m_parts(parts)
{
    for (const FaultConfig& config : configs) {
        auto flag = std::make_unique<resilience::DegradationFlag>(
            resilience::FlagConfig{
                .name = nameOf(config.kind), .kind = resilience::FlagKind::Fault, .effect = config.effect},
            parts.clock);
        parts.registry.add(*flag);
        m_faults.push_back({config, std::move(flag)});
    }
}

std::optional<HttpAnswer> Faults::meet(const Visit& visit)
{
    for (const Fault& fault : m_faults) {
        if (!fault.flag->on())
            continue;
        switch (fault.config.kind) {
        case FaultKind::Slow: nap(m_parts.random.logNormal(fault.config.amount, 0.15), m_parts.stop); break;
        case FaultKind::Errors:
            if (m_parts.random.chance(fault.config.amount))
                return json(500, R"({"error":"injected: fault-errors"})");
            break;
        case FaultKind::Down: return json(500, R"({"error":"injected: fault-down"})");
        case FaultKind::Stall:
            nap(static_cast<double>(std::min<std::int64_t>(visit.deadline.remainingMs(m_parts.clock), 10'000)) + 50,
                m_parts.stop);
            return json(504, R"({"error":"injected: fault-stall"})");
        case FaultKind::Refuse: break;
        }
    }
    return std::nullopt;
}

bool Faults::refuses() const
{
    return std::ranges::any_of(
        m_faults, [](const Fault& fault) { return fault.config.kind == FaultKind::Refuse && fault.flag->on(); });
}

}  // namespace holdfast::fleet
