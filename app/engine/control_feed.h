#pragma once

#include "app/base/clock.h"
#include "app/config/config.h"
#include "app/control/control_doors.h"
#include "app/promql/engine.h"
#include "app/signals/fleet_model.h"
#include "collectors/scrape/target_status.h"

#include <optional>
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

/// The value of an expression now: of a scalar, or of the first series; nothing without samples.
[[nodiscard]] std::optional<double> valueNow(const promql::Engine& engine, const std::string& expr, std::int64_t nowMs);

/// Whether errors and p99 of a service keep its objective; nothing where neither is known.
[[nodiscard]] std::optional<bool> withinObjective(const signals::FleetModel& fleet, const config::Config& config,
                                                  const std::string& service);

/// What stands around the call from one service to another; `linear` is left to linearFit().
[[nodiscard]] control::PathView pathView(const signals::FleetModel& fleet, const std::string& caller,
                                         const std::string& callee);

/// R² of a straight line of a service's headroom against its request rate over the last hour; nothing below 10 points.
[[nodiscard]] std::optional<double> linearFit(const promql::Engine& engine, const std::string& service,
                                              std::int64_t nowMs);

}  // namespace holdfast::engine
