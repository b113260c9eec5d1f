#pragma once

#include "app/control/control_shape.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::control {

enum class Kind {
    Breaker,
    Flag,
    Action,   ///< something done once
    Server,   ///< one server behind a balancer: ready, drain, maint
    Limit,    ///< a number: weight, connections, percentage
    Value,    ///< a text: a key of a store
    Silence,  ///< of alerts, with an end
};
[[nodiscard]] const char* word(Kind kind);         ///< "breaker" "flag" "action" "server" "limit" "value" "silence"
[[nodiscard]] Kind kindOf(std::string_view word);  ///< Action for words that are not known

/// What one change reaches.
enum class Scope {
    Instance,  ///< one instance: a change goes to each
    Cluster,   ///< all of them: a change goes to one endpoint, and every endpoint must read it back (replication)
};
[[nodiscard]] const char* word(Scope scope);  ///< "instance" "cluster"

/// How well a state is known.
enum class Quality {
    Unknown,    ///< nothing was ever read, or what was read says nothing
    Stale,      ///< the last reading is older than three polls
    Inferred,   ///< one source: the control endpoint or the metrics
    Confirmed,  ///< read from the control endpoint, and the metrics of the same instance agree
};
[[nodiscard]] const char* word(Quality quality);  ///< "unknown" "stale" "inferred" "confirmed"

/// What one instance says of one control.
struct InstanceObservation {
    std::string instance;  ///< as in the target's label
    std::string
        state;  ///< what it does: closed open half_open forced_open … / on off forced_on forced_off; empty: unknown
    std::string mode;  ///< what was asked of it: auto forced_open …; empty: unknown
    Quality quality = Quality::Unknown;
    std::int64_t observedMs = 0;
    std::string error;    ///< why it could not be read
    std::string metrics;  ///< what the metrics of the same instance say; empty: nothing
};

/// A hold of ours that is in force.
struct LeaseView {
    std::int64_t id = 0;
    std::int64_t action = 0;
    std::string control;
    std::string word;  ///< as ControlPoint::word
    int k = 0, n = 0;
    std::int64_t untilMs = 0;
    std::string actor;
    std::string reason;
    std::string keeper;  ///< "service" (native) or "engine"
    std::string state;   ///< holding reverting reverted foreign revert_failed
    bool untilRecovered = false;
    std::int64_t calmSinceMs =
        0;            ///< untilRecovered: since when the signals are within their objective; 0: they are not
    int drifted = 0;  ///< instances on which the value is not ours
    std::int64_t verifiedMs = 0;
};

/// One thing that can be acted on, over all instances that list it.
struct ControlPoint {
    std::string id;  ///< "service/breaker/name"
    Kind kind = Kind::Breaker;
    std::string service;
    std::string name;
    std::string callee;
    std::string adapter;
    std::string group;
    std::string flagKind;                ///< flags: degradation, feature, fault
    std::string wanted;                  ///< the mode asked for by a lease of ours, else "auto"
    std::string word;                    ///< "FORCED OPEN – rejecting calls"
    std::string state;                   ///< the worst over the instances
    int k = 0, n = 0;                    ///< k of n instances are in that state
    Quality quality = Quality::Unknown;  ///< the worst over the instances
    std::int64_t observedMs = 0;
    std::vector<InstanceObservation> instances;
    std::vector<Option> options;
    ControlShapePtr shape;
    Scope scope = Scope::Instance;
    Meaning meaning = Meaning::Unknown;  ///< of `state`
    bool forced = false;                 ///< `state` is somebody's hand
    std::string computed;                ///< what the system would do by itself, where it tells
    std::string effect;                  ///< flags: what users notice
    bool nativeTtl = false;
    std::int64_t maxHoldS = 0;
    std::string blast;   ///< "low" or "high"
    std::string locked;  ///< why it cannot be used; empty: it can
    std::optional<double> failureRatio, failureLimit, refusedPerS;
    std::optional<LeaseView> lease;
};

}  // namespace holdfast::control
