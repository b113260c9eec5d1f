#pragma once

#include "app/config/config.h"
#include "app/signals/fleet_model.h"

namespace holdfast::signals {

/// What the configuration says of a service; the defaults where it says nothing.
[[nodiscard]] config::ServiceConfig objectivesOf(const config::Config& config, const std::string& service);

/// Share of errors that the objective allows, (0, 1).
[[nodiscard]] double errorBudget(const config::ServiceConfig& objectives);

inline constexpr double kHeadroomLimit = 0.15;

/// Fills in limits and severities of a row whose values are known:
///   p99       Warning above the limit, Critical above twice the limit or above the last bucket
///   errors    Warning above the budget, Critical above five times the budget; at most Warning under three errors
///   headroom  Warning under 15 %, or when full in under 15 minutes; Critical under 5 %
///   breakers  Critical while one is open by itself, Warning while half-open, disabled or unknown; forced is a hand's
///             work and not alarming by itself
///   instances Critical when none is up, Warning when one is down
/// windowMs  the rate window the values were made over
void judge(ServiceRow& row, const config::ServiceConfig& objectives, std::int64_t windowMs);

}  // namespace holdfast::signals
