#pragma once

#include "app/signals/signal_value.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::signals {

/// States of a breaker as numbers, from best to worst; the value of holdfast:breaker:state.
enum class BreakerState {
    Unknown = -1,
    Closed = 0,
    HalfOpen = 1,
    Open = 2,
    ForcedOpen = 3,
    ForcedClosed = 4,
    Disabled = 5
};

/// "unknown" "closed" "half_open" "open" "forced_open" "forced_closed" "disabled".
[[nodiscard]] const char* word(BreakerState state);

/// One breaker (caller, callee) over the instances of its service, as the metrics tell.
struct BreakerReading {
    std::string service;
    std::string name;
    std::string callee;                              ///< a service's name where one is known, else what the label says
    BreakerState state = BreakerState::Unknown;      ///< the worst over the instances
    int instances = 0;                               ///< n: instances that tell a state
    int open = 0, halfOpen = 0, forced = 0;          ///< of these; forced counts forced open and forced closed
    std::map<std::string, BreakerState> byInstance;  ///< label instance → state
    std::optional<double> callsPerS, refusedPerS;    ///< wanted calls and refused ones, 1/s
    std::optional<double> failureRatio;              ///< failed / permitted calls over the window
};

struct FlagReading {
    std::string service;
    std::string name;
    std::string kind;  ///< degradation, feature, fault; empty where the metric does not say
    int instances = 0;
    int on = 0;
    int forced = 0;
    std::map<std::string, bool> byInstance;        ///< label instance → on
    std::map<std::string, bool> forcedByInstance;  ///< where known
};

struct BreakerSummary {
    int total = 0, open = 0, halfOpen = 0, forced = 0, unknown = 0;
    Severity severity = Severity::Unknown;
};

struct InstanceRow {
    std::string job;
    std::string instance;
    bool up = false;
    std::string version;
    std::optional<std::int64_t> startedMs;
};

/// Where a signal of a service was read, so that the service page can ask the same again over time.
struct SignalOrigin {
    std::string signal;   ///< requests, latency, mean, retries, queue, headroom, breakers, flags
    std::string profile;  ///< name of the profile
    std::string match;    ///< matchers of this service, `job="checkout"`
    std::int64_t windowMs = 0;
};

/// One row of the fleet view.
struct ServiceRow {
    std::string name;
    int tier = 2;
    std::string version;  ///< of most instances; empty where unknown
    std::string profile;  ///< name of the profile that recognised it
    int instances = 0;
    int instancesUp = 0;
    std::optional<std::int64_t> lastSampleMs;
    Severity severity = Severity::Unknown;
    SignalValue p99, errors, requests, headroom;
    std::optional<double> p50, p90;             ///< seconds
    std::optional<double> slowRatio;            ///< share of requests above the latency limit
    std::optional<double> errorRate;            ///< 1/s
    std::optional<double> meanLatency;          ///< seconds, where no quantile can be had
    std::optional<double> retryAmplification;   ///< attempts / calls, >= 1
    std::map<std::string, double> utilisation;  ///< resource → 0..1
    std::map<std::string, double> ceilings;     ///< resource → safe utilisation
    std::map<std::string, double> queueDepth;   ///< queue → waiting
    std::map<std::string, double> queueDrainS;  ///< queue → seconds until empty at the present trend, while it shrinks
    BreakerSummary breakers;
    int flagsOn = 0;
    std::vector<SignalOrigin> origins;
};

struct Edge {
    std::string caller;
    std::string callee;
    std::string source;              ///< "config", "breaker", "mesh"
    std::optional<double> requests;  ///< 1/s
    std::optional<double> errors;    ///< ratio
    std::string breaker;             ///< control id "caller/breaker/name", empty where there is none
};

struct SparkAxis {
    std::int64_t startMs = 0;
    std::int64_t stepMs = 0;
    int points = 0;
};

/// Everything the fleet view shows at one time. Rows ascending by name. Immutable once shared.
struct FleetModel {
    std::int64_t atMs = 0;
    std::int64_t intervalMs = 0;           ///< scrape interval the window was derived from
    std::vector<std::string> profileGaps;  ///< "mail: no latency histogram"
    SparkAxis spark;
    std::vector<ServiceRow> services;
    std::vector<Edge> edges;
    std::vector<BreakerReading> breakers;                       ///< by service, name
    std::vector<FlagReading> flags;                             ///< by service, name
    std::string writeError;                                     ///< why the normalised series could not be stored
    std::map<std::string, std::vector<InstanceRow>> instances;  ///< service → instances

    [[nodiscard]] const ServiceRow* find(std::string_view service) const;
};

struct LaneQuery {
    std::string name = {};
    std::string expr = {};  ///< PromQL; `$step` is the asker's step
    std::string role = {};  ///< main, second, third
};

struct LaneLimit {
    double value = 0;
    std::string text = {};
    std::string bad = {};  ///< "above" or "below"
};

/// One lane of the service page; no queries and words in `missing` where the metric does not exist.
struct Lane {
    std::string id = {};
    std::string title = {};
    std::string unit = {};  ///< seconds, ratio, per_second, count, multiple
    std::optional<LaneLimit> limit = {};
    std::vector<LaneQuery> queries = {};
    std::string heatmapExpr = {};  ///< only in the heatmap lane
    std::optional<double> heatmapSlo = {};
    std::string missing = {};
};

struct BreakerLane {
    std::string control, name, callee;
    std::string stateExpr, openExpr, instancesExpr;
};

struct FlagLane {
    std::string control, name;
    std::string stateExpr = {};
};

/// The service page.
struct ServiceDetail {
    ServiceRow row;
    std::vector<Lane> lanes = {};
    std::vector<BreakerLane> breakers = {};
    std::vector<FlagLane> flags = {};
    std::vector<InstanceRow> instances = {};
    std::vector<std::string> callers, callees;
};

}  // namespace holdfast::signals
