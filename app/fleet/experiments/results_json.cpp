#include "app/fleet/experiments/results.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace holdfast::fleet {

namespace {

using Json = nlohmann::ordered_json;

/// Finer than what a run of some seconds can tell, so that rounding once more for people changes nothing.
Json rounded(double value, double steps)
{
    return std::isfinite(value) ? Json(std::round(value * steps) / steps) : Json();
}

Json list(const std::vector<double>& values, double steps)
{
    Json out = Json::array();
    for (const double value : values)
        out.push_back(rounded(value, steps));
    return out;
}

Json figuresJson(const Figures& figures)
{
    return {{"goodputBefore", rounded(figures.goodputBefore, 10'000)},
            {"goodputDuring", rounded(figures.goodputDuring, 10'000)},
            {"goodputAfter", rounded(figures.goodputAfter, 10'000)},
            {"errors", rounded(figures.errors, 10'000)},
            {"p99Ms", rounded(figures.p99Ms, 1)},
            {"peakQueue", figures.peakQueue},
            {"recoveryMs", figures.recoveryMs < 0 ? Json() : rounded(figures.recoveryMs, 1)},
            {"headroomBefore", figures.headroomBefore < 0 ? Json() : rounded(figures.headroomBefore, 1'000)}};
}

Json runJson(const RunResult& run)
{
    Json more = Json::array();
    for (const ExtraFigure& extra : run.more)
        more.push_back({{"name", extra.name}, {"value", rounded(extra.value, 10)}, {"unit", extra.unit}});
    return {{"label", run.label},
            {"practice", run.practice ? "on" : "off"},
            {"disturbed", run.disturbed},
            {"figures", figuresJson(run.figures)},
            {"more", more},
            {"course",
             {{"goodput", list(run.course.goodput, 1'000)},
              {"p99Ms", list(run.course.p99Ms, 1)},
              {"queue", list(run.course.queue, 1)},
              {"busy", list(run.course.busy, 1)}}}};
}

Json experimentJson(const ExperimentResult& experiment)
{
    Json runs = Json::array();
    for (const RunResult& run : experiment.runs)
        runs.push_back(runJson(run));
    return {{"name", experiment.name},
            {"practice", experiment.practice},
            {"question", experiment.question},
            {"setup", experiment.setup},
            {"services", experiment.services},
            {"judged", experiment.judged},
            {"pane", experiment.pane},
            {"paneTitle", experiment.paneTitle},
            {"goodWithinMs", experiment.goodWithinMs},
            {"lengthS", experiment.lengthS},
            {"stepS", experiment.stepS},
            {"faultFromS", experiment.faultFromS},
            {"faultUntilS", experiment.faultUntilS},
            {"finding", experiment.finding},
            {"runs", runs}};
}

}  // namespace

std::string resultsJson(const ResultBook& book)
{
    // A line an experiment: the courses are long, and a difference between two runs should stay readable.
    std::string experiments;
    for (const ExperimentResult& experiment : book.experiments)
        experiments += (experiments.empty() ? "" : ",\n") + experimentJson(experiment).dump();
    return R"({"kind": "holdfast-experiments", "schema": 1, "date": )" + Json(book.date).dump()
           + ", \"seed\": " + std::to_string(book.seed) + ", \"experiments\": [\n" + experiments + "\n]}\n";
}

}  // namespace holdfast::fleet
