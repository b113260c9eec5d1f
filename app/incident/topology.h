#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace holdfast::incident {

/// `caller` sends requests to `callee`.
struct Edge {
    std::string caller;
    std::string callee;
    auto operator<=>(const Edge&) const = default;
};

/// What grouping and ranking know of the services besides their alerts. Value type; one thread at a time.
struct Topology {
    std::vector<Edge> edges;
    std::map<std::string, int> tiers;        ///< 1 is the most important; 2 where absent
    std::map<std::string, std::string> job;  ///< scrape job → service, where they differ
    std::size_t targets = 0;                 ///< known ones, up or down; 0: unknown

    /// Services reached within `hops` calls downwards or upwards, with their distance; without the service itself.
    [[nodiscard]] const std::map<std::string, int>& callees(const std::string& service, int hops) const;
    [[nodiscard]] const std::map<std::string, int>& callers(const std::string& service, int hops) const;
    [[nodiscard]] int tier(const std::string& service) const;

    /// Answers given so far: a flood asks the same ten thousand times. Empty it after changing edges.
    mutable std::map<std::pair<std::string, int>, std::map<std::string, int>> nearby = {};
};

}  // namespace holdfast::incident
