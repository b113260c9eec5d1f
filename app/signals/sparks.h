#pragma once

#include "app/signals/fleet_model.h"
#include "app/signals/series_reader.h"

#include <cstdint>

namespace holdfast::signals {

/// Fills the sparks of all rows from the normalised series over `rangeMs` before reader.t(), `points` values each,
/// gaps where nothing was known. 2 ≤ points ≤ 1000; other figures leave the sparks empty.
void fillSparks(const SeriesReader& reader, std::int64_t rangeMs, int points, FleetModel& fleet);

}  // namespace holdfast::signals
