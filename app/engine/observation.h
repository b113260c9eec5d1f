#pragma once

#include "app/config/config.h"
#include "app/incident/topology.h"
#include "app/incident/transition_watcher.h"
#include "app/signals/fleet_model.h"
#include "collectors/scrape/target_status.h"

namespace holdfast::engine {

// What incidents need of signals and scraping, as their own plain values.

/// The state of breakers, flags and targets at the time of the model.
[[nodiscard]] incident::Observation observationOf(const signals::FleetModel& fleet,
                                                  const scrape::TargetsSnapshot& targets);

/// Who calls whom, how important each service is, and which job belongs to which service.
[[nodiscard]] incident::Topology topologyOf(const signals::FleetModel& fleet);

}  // namespace holdfast::engine
