#include "app/engine/observation.h"

#include <algorithm>
#include <string>
#include <utility>

namespace holdfast::engine {

namespace {

incident::BreakerObservation observed(const signals::BreakerReading& breaker)
{
    incident::BreakerObservation seen{
        .service = breaker.service, .callee = breaker.callee, .state = word(breaker.state), .k = 0};
    seen.n = breaker.instances;
    for (const auto& entry : breaker.byInstance)
        seen.k += entry.second == breaker.state ? 1 : 0;
    return seen;
}

}  // namespace

incident::Observation observationOf(const signals::FleetModel& fleet, const scrape::TargetsSnapshot& targets)
{
    incident::Observation now;
    now.t = fleet.atMs;
    for (const signals::BreakerReading& breaker : fleet.breakers)
        if (breaker.state != signals::BreakerState::Unknown)
            now.breakers.push_back(observed(breaker));
    for (const signals::FlagReading& flag : fleet.flags)
        if (flag.instances > 0)
            now.flags.push_back({.service = flag.service, .flag = flag.name, .on = flag.on > 0});
    std::map<std::pair<std::string, std::string>, std::pair<std::string, signals::InstanceRow>> known;
    for (const auto& [service, instances] : fleet.instances)
        for (const signals::InstanceRow& instance : instances)
            known[{instance.job, instance.instance}] = {service, instance};
    for (const scrape::TargetStatus& target : targets.active) {
        if (target.health == scrape::TargetHealth::Unknown)
            continue;
        incident::TargetObservation seen;
        seen.job = target.job;
        seen.instance = target.instance;
        seen.service = target.job;
        seen.up = target.health == scrape::TargetHealth::Up;
        seen.error = seen.up ? std::string() : target.lastErrorWords;
        if (const auto found = known.find({target.job, target.instance}); found != known.end()) {
            seen.service = found->second.first;
            seen.version = found->second.second.version;
            seen.startedMs = found->second.second.startedMs.value_or(0);
        }
        now.targets.push_back(std::move(seen));
    }
    return now;
}

incident::Topology topologyOf(const signals::FleetModel& fleet)
{
    incident::Topology topology;
    for (const signals::Edge& edge : fleet.edges)
        topology.edges.push_back({.caller = edge.caller, .callee = edge.callee});
    std::ranges::sort(topology.edges);
    topology.edges.erase(std::unique(topology.edges.begin(), topology.edges.end()), topology.edges.end());
    for (const signals::ServiceRow& row : fleet.services)
        topology.tiers[row.name] = row.tier;
    for (const auto& [service, instances] : fleet.instances)
        for (const signals::InstanceRow& instance : instances)
            if (instance.job != service)
                topology.job[instance.job] = service;
    return topology;
}

}  // namespace holdfast::engine
