#pragma once

#include "app/fleet/nap.h"
#include "app/fleet/service.h"
#include "app/resilience/degradation_flag.h"

#include <string>

namespace holdfast::fleet {

/// The service's own work: waiting for disks, locks and foreign computers, log-normal about `medianMs`.
inline void work(Parts& parts, double medianMs, double sigma = 0.35)
{
    nap(parts.random.logNormal(medianMs, sigma), parts.stop);
}

/// A degradation flag that the registry knows. onAt above 1: only people switch it.
struct Degradation : resilience::DegradationFlag {
    Degradation(Parts& parts, std::string name, std::string effect, double onAt = 2, double offAt = 0)
        : DegradationFlag({.name = std::move(name),
                           .kind = resilience::FlagKind::Degradation,
                           .effect = std::move(effect),
                           .onAt = onAt,
                           .offAt = offAt,
                           .leastMs = 15'000},
                          parts.clock)
    {
        parts.registry.add(*this);
    }
};

}  // namespace holdfast::fleet
