#pragma once

#include "app/incident/record.h"
#include "app/incident/topology.h"

#include <string>
#include <vector>

namespace holdfast::incident {

struct RankedOrigin {
    std::string service;
    int points = 0;
    std::vector<std::string> evidence;  ///< sentences for people, the strongest first
};

/// The members, the likeliest origin first. It is shown with its evidence and never asserted.
///
/// Points: deepest failing callee +4 (+2 where it lies under most members only), earliest onset +3, own saturation +3,
/// target down or restart +3, deploy or flag change at most 10 min before +2, only a breaker or a failing dependency
/// and no symptom of its own −2, begun more than a minute after all that depend on it −4. `changes`: events of kind
/// deploy, flag and restart of the last hour.
[[nodiscard]] std::vector<RankedOrigin> rankOrigins(const Record& record, const Topology& topology,
                                                    const std::vector<Event>& changes);

/// Whether it tells of trouble of its service itself; a breaker, a failing dependency and retries tell of a callee's.
[[nodiscard]] bool isSymptom(const IncidentSignal& signal);

/// "payments-db slow → payments, checkout": what is wrong with the service it is about, then who suffers, nearest
/// first.
[[nodiscard]] std::string incidentTitle(const Record& record, const Topology& topology, const std::string& about);

}  // namespace holdfast::incident
