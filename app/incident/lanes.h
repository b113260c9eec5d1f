#pragma once

#include "app/incident/record.h"

namespace holdfast::incident {

/// The charts of an incident's page: for each member, the origin first, the normalised series its signals are about;
/// at most eight.
[[nodiscard]] std::vector<IncidentLane> lanesOf(const Record& record);

}  // namespace holdfast::incident
