#pragma once

#include "app/base/result.h"
#include "app/fleet/experiments/results.h"
#include "app/fleet/experiments/shop_run.h"

#include <cstdint>
#include <string>
#include <vector>

namespace holdfast::fleet {

/// The same shop, the same load and the same fault, without and with a practice.
struct Experiment {
    std::string name;
    std::string practice;
    std::string question;
    std::string setup;
    std::string judged;  ///< whose answers count, in words
    std::string pane;    ///< course that explains the outcome: "queue", "busy" or "p99Ms"
    std::string paneTitle;
    std::vector<RunConfig> runs;  ///< without first
    /// One sentence with the numbers that answer the question.
    std::string (*finding)(const std::vector<RunResult>& runs);
};

[[nodiscard]] const std::vector<Experiment>& experiments();

struct ExperimentOrder {
    std::string name;       ///< of one, or "all"
    std::string directory;  ///< for results.json and report.md; empty: printed only
    std::string report;     ///< Markdown into this file, too; empty: not
    std::uint64_t seed = 1;
};

/// Runs them, about 18 s a run; prints each result as it comes. NotFound names the experiments there are.
[[nodiscard]] Result<void> runExperiments(const ExperimentOrder& order);

}  // namespace holdfast::fleet
