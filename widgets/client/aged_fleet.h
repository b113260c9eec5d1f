#pragma once

#include "widgets/client/fleet.h"

#include <cstdint>
#include <memory>

namespace holdfast::widgets {

/// The fleet as it is to be shown at `nowMs` when nothing newer comes: the same while its values are not older than
/// three of its intervals, then a copy where every value is stale with its age, and whose services are in an unknown
/// state. The engine marks what it no longer gets itself; this is for when the engine is gone.
[[nodiscard]] std::shared_ptr<const Fleet> agedFleet(std::shared_ptr<const Fleet> fleet, std::int64_t nowMs);

/// The same for one service whose values are of its last sample.
[[nodiscard]] FleetService agedService(FleetService service, std::int64_t intervalMs, std::int64_t nowMs);

}  // namespace holdfast::widgets
