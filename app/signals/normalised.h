#pragma once

#include "app/config/config.h"
#include "app/model/label_set.h"
#include "app/signals/fleet_model.h"

#include <map>
#include <string>
#include <vector>

namespace holdfast::signals {

struct NormalisedSample {
    LabelSet labels;
    double value = 0;
};

/// The fleet in the one convention that rules, sparks and pages ask: series holdfast:… by service. Nothing stands for
/// what is not known; of a stale signal nothing is written.
/// history  seconds since the first sample of a service, where known
[[nodiscard]] std::vector<NormalisedSample> normalised(const FleetModel& fleet, const config::Config& config,
                                                       const std::map<std::string, double>& history);

}  // namespace holdfast::signals
