#pragma once

#include "app/config/config.h"
#include "app/signals/fleet_model.h"
#include "app/signals/profile.h"

#include <span>

namespace holdfast::signals {

/// The service page of one row: lanes in their fixed order, each with the PromQL it is drawn from, narrowed to the
/// service; switches, instances and neighbours.
[[nodiscard]] ServiceDetail servicePage(const FleetModel& fleet, const ServiceRow& row,
                                        std::span<const Profile> profiles, const config::Config& config);

}  // namespace holdfast::signals
