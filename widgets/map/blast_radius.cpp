#include "widgets/map/blast_radius.h"

#include <algorithm>

namespace holdfast::widgets {

namespace {

/// Of the caller's requests, how many come along this edge at most.
double shareOf(const FleetEdge& edge, const std::map<QString, double>& rates)
{
    const auto rate = rates.find(edge.caller);
    if (rate == rates.end() || rate->second <= 0 || !edge.requests)
        return 1;
    return std::clamp(*edge.requests / rate->second, 0.0, 1.0);
}

}  // namespace

BlastRadius blastRadius(const Fleet& fleet, const QString& caller, const QString& callee)
{
    BlastRadius radius{caller, callee, {}, {}};
    std::map<QString, double> rates;
    for (const FleetService& service : fleet.services) {
        if (service.requests.value)
            rates[service.name] = *service.requests.value;
    }
    std::multimap<QString, const FleetEdge*> callersOf;
    for (const FleetEdge& edge : fleet.edges) {
        callersOf.emplace(edge.callee, &edge);
        if (edge.caller == caller && edge.callee == callee)
            radius.reach[caller] = shareOf(edge, rates);
    }
    if (radius.reach.empty())
        return radius;
    // Paths have no more edges than there are services; a cycle ends there, too, and is bounded by one.
    std::map<QString, double> wave = radius.reach;
    for (std::size_t hop = 0; hop < fleet.services.size() && !wave.empty(); ++hop) {
        std::map<QString, double> next;
        for (const auto& [service, share] : wave) {
            const auto [first, last] = callersOf.equal_range(service);
            for (auto each = first; each != last; ++each) {
                const FleetEdge& edge = *each->second;
                next[edge.caller] = std::min(1.0, next[edge.caller] + share * shareOf(edge, rates));
            }
        }
        for (auto& [service, share] : next) {
            double& known = radius.reach[service];
            known = std::min(1.0, known + share);
        }
        wave = std::move(next);
        if (std::all_of(wave.begin(), wave.end(), [](const auto& each) { return each.second < 1e-4; }))
            break;
    }
    for (const auto& [service, share] : radius.reach) {
        if (callersOf.find(service) == callersOf.end())
            radius.entrances.push_back(service);
    }
    return radius;
}

}  // namespace holdfast::widgets
