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
    std::function<void(const ControlEvent&)> event;
    std::function<void(const ControlHint&)> hint;
    /// Takes holdfast_override_expires_seconds{service,control}, the end of each hold in seconds since the epoch, at
    /// every poll; rules alert on holds that are overdue.
    store::Appender* appender = nullptr;
};

}  // namespace holdfast::control
