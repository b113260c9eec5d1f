#pragma once

#include "app/model/time_range.h"
#include "app/store/appender.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace holdfast::control {

/// A scraped instance, as the scraper knows it; where control endpoints are found. Plain values from the engine.
struct ControlTarget {
    std::string job;
    std::string instance;  ///< label instance, usually host:port
    std::string url;       ///< of its metrics: scheme, host and port are taken from it
    std::string service;   ///< label service where there is one, else empty: the job is the service
    bool up = false;
    std::int64_t intervalMs = 0;  ///< between two scrapes; 0: not known
};

/// What the metrics say of one control on one instance; the second path of a read-back. From signals, by the engine.
struct MetricReading {
    std::string service;
    bool flag = false;  ///< else a breaker
    std::string name;
    std::string instance;
    std::string state;      ///< in the words of InstanceObservation::state; flags: on, off, forced_on, forced_off
    std::int64_t atMs = 0;  ///< time of the evaluation
};

/// Rates of one control over all instances, where metrics tell them.
struct MetricRates {
    std::string service;
    std::string name;
    std::optional<double> callsPerS, refusedPerS, failureRatio;
};

struct MetricView {
    std::vector<MetricReading> readings;
    std::vector<MetricRates> rates;
};

/// Samples of one signal over a span, for the effect of an action.
struct EffectSeries {
    std::string service;
    std::string signal;          ///< errors, p99, requests, headroom
    std::vector<double> values;  ///< ascending by time
    double requests = 0;         ///< over the span; for errors: the denominator of the z-test
    double errors = 0;
};

/// What traffic does around the call from one service to another, as of the last evaluation. Rates in 1/s.
struct PathView {
    std::optional<double> callerRate;  ///< all requests to the caller
    std::optional<double> calleeRate;  ///< all requests to the callee
    /// Share of the requests at the entrances of the fleet that pass the call at most: the product of the shares of
    /// the edges up to each entrance, [0, 1].
    std::optional<double> usersAtMost;
    std::string entrance;          ///< the entrance of the greatest share
    std::optional<double> linear;  ///< R² of a straight line of the callee's use against its rate over an hour, [0, 1]
    std::optional<double> headroom;     ///< of the callee's tightest resource, share of the safe ceiling
    std::string resource;               ///< which
    std::vector<std::string> services;  ///< on the path from the entrances to the callee, both included
};

/// Something that happened, for the event journal and the live stream. `kind` is one of the journal's event kinds.
struct ControlEvent {
    std::int64_t atMs = 0;
    std::string kind;  ///< action readback effect override_end drift foreign_change
    std::string service, subject, actor, text;
    std::string dataJson = "{}";
    std::optional<std::int64_t> incident;
};

/// What changed, as a hint to read again: "action", "control" or "lease" with its id.
struct ControlHint {
    std::string kind;
    std::string id;
};

/// What control needs of the rest of the engine. All may be empty; called on the control thread, and must not call
/// back into ControlService.
struct ControlDoors {
    std::function<std::vector<ControlTarget>()> targets;
    std::function<MetricView()> metrics;
    std::function<std::vector<EffectSeries>(const std::string& service, TimeRange span)> signals;
    /// A PromQL expression now: its value, or nothing where it has no sample. For Reading::metricExpr.
    std::function<std::optional<double>(const std::string& expr)> metricValue;
    /// Whether the errors and the latency of a service are within its objective; nothing where neither is known.
    std::function<std::optional<bool>(const std::string& service)> withinObjective;
    /// What stands on both sides of a breaker; for the preview.
    std::function<PathView(const std::string& caller, const std::string& callee)> path;
    std::function<void(const ControlEvent&)> event;
    std::function<void(const ControlHint&)> hint;
    /// Takes holdfast_override_expires_seconds{service,control}, the end of each hold in seconds since the epoch, at
    /// every poll; rules alert on holds that are overdue.
    store::Appender* appender = nullptr;
};

}  // namespace holdfast::control
