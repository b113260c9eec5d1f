#pragma once

#include "app/base/result.h"
#include "app/fleet/experiments/rig.h"

#include <cstdint>
#include <string>
#include <vector>

namespace holdfast::fleet {

/// The same load and the same trouble, without and with a practice.
struct Experiment {
    std::string name;
    std::string question;
    std::string setup;
    std::vector<RunConfig> runs;  ///< without first
};

[[nodiscard]] const std::vector<Experiment>& experiments();

/// Runs one by name, or "all": about 20 s a run. Prints each result as it comes, and writes all as Markdown to `file`
/// unless that is empty. NotFound names the experiments there are.
[[nodiscard]] Result<void> runExperiments(const std::string& name, const std::string& file, std::uint64_t seed);

}  // namespace holdfast::fleet
