#include "app/fleet/faults.h"

#include "app/fleet/nap.h"

#include <algorithm>

namespace holdfast::fleet {

const char* nameOf(FaultKind kind)
{
    switch (kind) {
    case FaultKind::Slow: return "fault-slow";
    case FaultKind::Errors: return "fault-errors";
    case FaultKind::Down: return "fault-down";
    case FaultKind::Stall: return "fault-stall";
    case FaultKind::Refuse: return "fault-refuse";
    case FaultKind::Flap: return "fault-flap";
    case FaultKind::Memory: return "fault-memory";
    case FaultKind::Pause: return "fault-pause";
    case FaultKind::Restart: return "fault-restart";
    case FaultKind::BadDeploy: break;
    }
    return "fault-bad-deploy";
}

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
        case FaultKind::Flap:
            if (isDownNow(fault))
                return json(500, R"({"error":"injected: fault-flap"})");
            break;
        case FaultKind::Refuse:
        case FaultKind::Memory:
        case FaultKind::Pause:
        case FaultKind::Restart:
        case FaultKind::BadDeploy: break;
        }
    }
    return std::nullopt;
}

bool Faults::isDownNow(const Fault& flapping) const
{
    const std::int64_t sinceMs = m_parts.clock.wallMs() - flapping.flag->snapshot().sinceMs;
    return sinceMs / static_cast<std::int64_t>(flapping.config.amount * 1000) % 2 == 0;
}

bool Faults::on(FaultKind kind) const
{
    return std::ranges::any_of(m_faults,
                               [kind](const Fault& fault) { return fault.config.kind == kind && fault.flag->on(); });
}

double Faults::amount(FaultKind kind) const
{
    const auto found = std::ranges::find_if(
        m_faults, [kind](const Fault& fault) { return fault.config.kind == kind && fault.flag->on(); });
    return found == m_faults.end() ? 0 : found->config.amount;
}

void Faults::tick()
{
    const auto bytes = static_cast<std::size_t>(amount(FaultKind::Memory) * 1024);
    if (bytes == 0) {
        m_grown = {};
        m_grownBytes = 0;
    } else if (m_grownBytes + bytes <= mostGrownBytes) {
        m_grown.emplace_back(bytes, 'x');  // written, so that it is resident and not only promised
        m_grownBytes += bytes;
    }
}

}  // namespace holdfast::fleet
