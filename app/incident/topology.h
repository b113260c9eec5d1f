#pragma once

#include <map>
#include <string>
#include <vector>

namespace holdfast::incident {

/// `caller` sends requests to `callee`.
struct Edge {
    std::string caller;
    std::string callee;
    auto operator<=>(const Edge&) const = default;
};

/// What grouping and ranking know of the services besides their alerts. Value type.
struct Topology {
    std::vector<Edge> edges;
    std::map<std::string, int> tiers;        ///< 1 is the most important; 2 where absent
    std::map<std::string, std::string> job;  ///< scrape job → service, where they differ
};

}  // namespace holdfast::incident
