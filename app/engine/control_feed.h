#pragma once

#include "app/base/clock.h"
#include "app/control/control_doors.h"
#include "app/promql/engine.h"
#include "app/signals/fleet_model.h"
#include "collectors/scrape/target_status.h"

#include <string>
#include <vector>

namespace holdfast::engine {

// What control needs of scraping, signals and queries, as its own plain values.

[[nodiscard]] std::vector<control::ControlTarget> controlTargets(const scrape::TargetsSnapshot& snapshot);

[[nodiscard]] control::MetricView metricView(const signals::FleetModel& fleet);

/// The signals of a service over a span, from the normalised series, at most 60 points each. Signals without samples
/// are left out. A query that fails leaves its signal out: the effect is then judged from the others.
[[nodiscard]] std::vector<control::EffectSeries> effectSeries(const promql::Engine& engine, const std::string& service,
                                                              TimeRange span);

}  // namespace holdfast::engine
