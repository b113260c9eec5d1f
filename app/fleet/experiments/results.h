#pragma once

#include "app/base/result.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace holdfast::fleet {

/// What one run came to. Shares are of the arrivals, [0, 1]. Value type.
struct Figures {
    double goodputBefore = 0;    ///< good answers in time, of the arrivals before the fault
    double goodputDuring = 0;    ///< … while it lasted
    double goodputAfter = 0;     ///< … from its end to the end of the run
    double errors = 0;           ///< arrivals since the fault began that got no answer or a failure
    double p99Ms = 0;            ///< of the good answers since the fault began, retries included
    std::size_t peakQueue = 0;   ///< requests (or letters) that waited at once in one queue, the whole run
    double recoveryMs = -1;      ///< end of the fault until goodput stays at 95 % or more; −1: not in this run
    double headroomBefore = -1;  ///< of the watched service's workers; −1: not watched
};

/// One more number that matters to one experiment only.
struct ExtraFigure {
    std::string name;
    double value = 0;
    std::string unit;  ///< "", "%", "ms", "s", "/s"
};

/// Course of a run in steps of ExperimentResult::stepS. NaN: nothing arrived or was answered in that step.
struct Course {
    std::vector<double> goodput;  ///< by time of arrival
    std::vector<double> p99Ms;    ///< of the good answers, by time of arrival
    std::vector<double> queue;    ///< longest queue
    std::vector<double> busy;     ///< taken workers of the watched service
};

struct RunResult {
    std::string label;
    bool practice = false;
    bool disturbed = false;  ///< bad before the fault already: says something about the computer only
    Figures figures{};
    std::vector<ExtraFigure> more{};
    Course course{};
};

struct ExperimentResult {
    std::string name;
    std::string practice;
    std::string question;
    std::string setup;
    std::vector<std::string> services;  ///< the cut of the shop that ran
    std::string judged;                 ///< whose answers goodput counts: "orders", "all pages", …
    std::string pane;                   ///< which course explains it: "queue", "busy" or "p99Ms"
    std::string paneTitle;
    double goodWithinMs = 500;
    double lengthS = 0;
    double stepS = 0.5;
    double faultFromS = 0;
    double faultUntilS = 0;
    std::vector<RunResult> runs;  ///< without the practice first
    std::string finding;          ///< one sentence, its numbers from the runs
};

struct ResultBook {
    std::string date;  ///< "2026-11-23", UTC
    std::uint64_t seed = 1;
    std::vector<ExperimentResult> experiments;
};

/// The book as JSON, as RESULTS.md describes it. Numbers are rounded to what was measured.
[[nodiscard]] std::string resultsJson(const ResultBook& book);
/// The book for people: one heading and table an experiment.
[[nodiscard]] std::string resultsMarkdown(const ResultBook& book);
[[nodiscard]] std::string experimentMarkdown(const ExperimentResult& experiment);

}  // namespace holdfast::fleet
