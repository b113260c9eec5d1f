#include "app/signals/fleet_model.h"

#include <algorithm>

namespace holdfast::signals {

const char* word(BreakerState state)
{
    switch (state) {
    case BreakerState::Unknown: return "unknown";
    case BreakerState::Closed: return "closed";
    case BreakerState::HalfOpen: return "half_open";
    case BreakerState::Open: return "open";
    case BreakerState::ForcedOpen: return "forced_open";
    case BreakerState::ForcedClosed: return "forced_closed";
    case BreakerState::Disabled: return "disabled";
    }
    return "unknown";
}

const ServiceRow* FleetModel::find(std::string_view service) const
{
    const auto row = std::ranges::lower_bound(services, service, {}, &ServiceRow::name);
    return row != services.end() && row->name == service ? &*row : nullptr;
}

}  // namespace holdfast::signals
