#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/config/config.h"
#include "app/control/adapter.h"
#include "app/control/control_doors.h"
#include "app/control/control_point.h"
#include "app/control/records.h"
#include "app/resilience/circuit_breaker.h"

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace holdfast::control {

/// One instance that can be steered, and what it last said of itself.
struct EndpointState {
    Endpoint endpoint;
    AdapterPtr adapter;
    VerifierPtr verifier;                                 ///< null: none
    std::shared_ptr<resilience::CircuitBreaker> breaker;  ///< for polling only: a person's act is always tried
    Listing listing;
    std::int64_t listedMs = 0;  ///< 0: never
    std::string error;          ///< why the last reading failed; empty when it did not
};

using EndpointKey = std::pair<std::string, std::string>;  ///< group, instance
using EndpointMap = std::map<EndpointKey, EndpointState>;

/// The endpoints of all control groups: every scraped instance whose job matches, or the fixed ones; what was known of
/// an instance that stays is kept. A group that cannot be used (adapter, token file) is told in `problems` by its name.
[[nodiscard]] EndpointMap resolveEndpoints(const config::Config& config, const std::vector<ControlTarget>& targets,
                                           std::int64_t timeoutMs, const EndpointMap& known, const Clock& clock,
                                           std::map<std::string, std::string>& problems);

/// The service a control belongs to: what the reading says, else the listing, the job, the group.
[[nodiscard]] std::string serviceOf(const EndpointState& state, const Reading& reading);

/// "service/breaker/name".
[[nodiscard]] std::string controlId(const std::string& service, const ControlKey& key);

/// Everything the snapshot of control points is made of.
struct BookInput {
    const EndpointMap& endpoints;
    const MetricView& metrics;
    const std::vector<LeaseRecord>& leases;
    const config::Config& config;
    const std::map<std::string, bool>& armed;  ///< group → armed now
    std::int64_t nowMs = 0;
    std::int64_t pollMs = 5'000;
};

using PointMap = std::map<std::string, ControlPoint>;  ///< by id

/// The control points over all endpoints.
[[nodiscard]] PointMap controlPoints(const BookInput& input);

[[nodiscard]] LeaseView leaseView(const LeaseRecord& lease);

/// Whether nobody holds anything there: the system decides, or it has what it had before our hold.
[[nodiscard]] bool isFree(const LeaseRecord& lease, const std::string& instance, const Reading& reading);

/// Whether a value on an instance is still the one a lease of ours put there.
[[nodiscard]] bool isOurs(const LeaseRecord& lease, const Reading& reading);

}  // namespace holdfast::control
