#pragma once

#include "widgets/client/fleet.h"

#include <QString>

#include <vector>

namespace holdfast::widgets {

/// The calls that nobody wrote down: concluded from breakers' names and metrics.
[[nodiscard]] std::vector<FleetEdge> inferredCalls(const Fleet& fleet);

/// Those calls as the configuration file says them: `holdfast: services: …: depends_on:`, callers and callees by name.
[[nodiscard]] QString dependsOnText(const std::vector<FleetEdge>& calls);

}  // namespace holdfast::widgets
