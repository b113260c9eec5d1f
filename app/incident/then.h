#pragma once

#include "app/base/result.h"
#include "app/promql/engine.h"
#include "app/signals/fleet_model.h"
#include "app/store/journal.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace holdfast::incident {

/// What was known at a past instant besides the signals: read from stored series and append-only journals, so that it
/// is the same whenever it is asked. t: milliseconds since the epoch.

struct AlertThen {
    std::string alert;
    std::string service;
    std::string state;  ///< firing, pending
    std::string severity;
    std::string kind;
    std::int64_t activeMs = 0;  ///< since when its condition holds; 0: unknown
    std::map<std::string, std::string> labels;
};

/// From the series ALERTS and ALERTS_FOR_STATE. Ascending by service and alert.
[[nodiscard]] Result<std::vector<AlertThen>> alertsAt(const promql::Engine& engine, std::int64_t t);

struct TargetThen {
    std::string job;
    std::string instance;
    std::map<std::string, std::string> labels;
    bool up = false;
    std::int64_t sampleMs = 0;
    std::optional<double> durationS, samples;
};

/// From the series up, scrape_duration_seconds and scrape_samples_scraped. Ascending by job and instance.
[[nodiscard]] Result<std::vector<TargetThen>> targetsAt(const promql::Engine& engine, std::int64_t t);

/// A hold of ours that was in force, from the series holdfast_override_expires_seconds and the journal.
struct LeaseThen {
    std::int64_t id = 0;
    std::int64_t action = 0;
    std::string control;
    std::string wanted;
    std::int64_t untilMs = 0;
    std::string actor, reason, keeper;
};
[[nodiscard]] Result<std::vector<LeaseThen>> leasesAt(const promql::Engine& engine, const store::Journal& journal,
                                                      std::int64_t t);

struct ControlThen {
    std::string id;    ///< "checkout/breaker/payments"
    std::string kind;  ///< breaker, flag, server, limit, value, action, silence
    std::string service, name, callee;
    std::string wanted = "auto";
    std::string state;  ///< observed, the worst over the instances
    int k = 0, n = 0;
    std::map<std::string, std::string> instances;  ///< instance → state
    std::optional<double> failureRatio, refusedPerS;
    std::optional<LeaseThen> lease;
};

/// Observed: what the metrics said (the model of that instant). Wanted: holds of ours.
[[nodiscard]] std::vector<ControlThen> controlsAt(const signals::FleetModel& fleet,
                                                  const std::vector<LeaseThen>& leases);

/// Those of other kinds, from the series holdfast_control_state (control/state_samples.h). Ascending by id.
[[nodiscard]] Result<std::vector<ControlThen>> otherControlsAt(const promql::Engine& engine, std::int64_t t,
                                                               const std::vector<LeaseThen>& leases);

}  // namespace holdfast::incident
