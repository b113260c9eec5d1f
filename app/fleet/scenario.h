#pragma once

#include "app/base/result.h"
#include "app/fleet/convention.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::fleet {

/// "From at on, service/flag is forced on for so long": one line of a scenario.
struct ScenarioStep {
    std::int64_t atMs = 0;
    std::string service;
    std::string flag;
    std::int64_t forMs = 0;
};

/// What goes wrong in the shop, and when. Times count from the start of a round.
struct Scenario {
    std::string name;
    std::string description;
    std::int64_t everyMs = 0;                         ///< length of a round; 0: played once
    std::vector<ScenarioStep> steps;                  ///< ascending by atMs
    std::map<std::string, Convention> conventions{};  ///< of some services, instead of --convention
};

/// Reads YAML with the keys name, description, every, conventions: {service: convention}, steps:
/// [{at, turn_on: service/flag, for}]; durations as in Prometheus. Errors: "FILE:LINE: what, and what was expected".
[[nodiscard]] Result<Scenario> parseScenario(const std::string& text, const std::string& file);

/// A built-in one by its name, or a file by its path.
[[nodiscard]] Result<Scenario> findScenario(const std::string& nameOrFile);

struct BuiltInScenario {
    std::string_view name;
    std::string_view text;
};
/// The files of resources/demo, as they were when this was built.
[[nodiscard]] const std::vector<BuiltInScenario>& builtInScenarios();

}  // namespace holdfast::fleet
