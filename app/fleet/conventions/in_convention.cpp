#include "app/fleet/conventions/in_convention.h"

#include "app/fleet/conventions/shaping.h"

#include <utility>

namespace holdfast::fleet {

Families inConvention(Convention convention, Families plain, const MetricsOwner& owner)
{
    switch (convention) {
    case Convention::Micrometer: return asMicrometer(plain, owner);
    case Convention::OpenTelemetry: return asOpenTelemetry(plain, owner);
    case Convention::Envoy: return asEnvoy(plain, owner);
    case Convention::Opossum: return asOpossum(plain, owner);
    case Convention::HAProxy: return asHAProxy(plain, owner);
    case Convention::Prometheus:
    case Convention::Mixed: break;
    }
    return plain;
}

}  // namespace holdfast::fleet
