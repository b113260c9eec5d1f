#pragma once

#include "app/signals/fleet_model.h"

#include <string>

namespace holdfast::incident {

/// 16 hex digits over everything the model says of its instant: rows, signals, breakers, flags, edges and instances,
/// bit by bit. Left out: sparks, which are the past, and what is not of the fleet (why samples could not be written).
/// Equal for the model as it was evaluated and for the same instant read back from the store.
/// FNV-1a, 64 bit (draft-eastlake-fnv), over a canonical text.
[[nodiscard]] std::string fleetHash(const signals::FleetModel& fleet);

}  // namespace holdfast::incident
