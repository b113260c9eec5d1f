#pragma once

#include "app/base/result.h"
#include "app/config/config.h"
#include "app/signals/fleet_model.h"
#include "app/signals/scrape_classes.h"
#include "app/signals/slow_facts.h"

#include <span>

namespace holdfast::signals {

/// The fleet at reader.t(): all rows, edges, breakers and flags, without sparks. Fails only when no query could be run.
[[nodiscard]] Result<FleetModel> buildFleet(const SeriesReader& reader, const config::Config& config,
                                            const SlowFacts& facts);

}  // namespace holdfast::signals
