#include "app/incident/topology.h"

namespace holdfast::incident {

namespace {

std::map<std::string, int> spread(const std::vector<Edge>& edges, const std::string& from, int hops,
                                  bool towardsCallees)
{
    std::map<std::string, int> reached{{from, 0}};
    std::vector<std::string> border{from};
    for (int hop = 1; hop <= hops && !border.empty(); ++hop) {
        std::vector<std::string> next;
        for (const auto& service : border) {
            for (const auto& edge : edges) {
                const auto& near = towardsCallees ? edge.caller : edge.callee;
                const auto& far = towardsCallees ? edge.callee : edge.caller;
                if (near == service && reached.emplace(far, hop).second)
                    next.push_back(far);
            }
        }
        border = std::move(next);
    }
    reached.erase(from);
    return reached;
}

}  // namespace

const std::map<std::string, int>& Topology::callees(const std::string& service, int hops) const
{
    const auto known = nearby.find({service, hops});
    return known != nearby.end() ? known->second : nearby[{service, hops}] = spread(edges, service, hops, true);
}

const std::map<std::string, int>& Topology::callers(const std::string& service, int hops) const
{
    const auto known = nearby.find({service, -hops});
    return known != nearby.end() ? known->second : nearby[{service, -hops}] = spread(edges, service, hops, false);
}

int Topology::tier(const std::string& service) const
{
    const auto found = tiers.find(service);
    return found == tiers.end() ? 2 : found->second;
}

}  // namespace holdfast::incident
