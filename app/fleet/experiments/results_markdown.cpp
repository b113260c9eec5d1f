#include "app/fleet/experiments/results.h"

#include <cmath>

namespace holdfast::fleet {

namespace {

std::string percent(double share)
{
    return std::isfinite(share) ? std::to_string(std::lround(share * 100)) + " %" : "–";
}

std::string milliseconds(double ms)
{
    return std::isfinite(ms) ? std::to_string(std::lround(ms)) + " ms" : "–";
}

std::string oneDecimal(double value)
{
    const long tenths = std::lround(value * 10);
    const std::string whole = std::to_string(tenths / 10);
    return tenths % 10 == 0 ? whole : whole + "." + std::to_string(std::abs(tenths % 10));
}

std::string recovery(const ExperimentResult& experiment, const RunResult& run)
{
    if (run.figures.recoveryMs < 0)
        return "not within " + oneDecimal(experiment.lengthS - experiment.faultUntilS) + " s";
    return run.figures.recoveryMs == 0 ? "at once" : milliseconds(run.figures.recoveryMs);
}

/// Goodput of each step as blocks of growing height, for a terminal.
std::string blocks(const std::vector<double>& shares)
{
    static const char* const heights[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    std::string out;
    for (const double share : shares)
        out += std::isfinite(share) ? heights[std::lround(share * 7)] : "·";
    return out;
}

std::string row(const ExperimentResult& experiment, const RunResult& run)
{
    const Figures& f = run.figures;
    return "| " + run.label + (run.disturbed ? " (disturbed: this computer was busy with other things)" : "") + " | "
           + percent(f.goodputBefore) + " | " + percent(f.goodputDuring) + " | " + percent(f.goodputAfter) + " | "
           + percent(f.errors) + " | " + milliseconds(f.p99Ms) + " | " + std::to_string(f.peakQueue) + " | "
           + recovery(experiment, run) + " | `" + blocks(run.course.goodput) + "` |\n";
}

std::string extras(const RunResult& run)
{
    std::string out;
    for (const ExtraFigure& extra : run.more)
        out += (out.empty() ? "" : ", ") + extra.name + " "
               + (std::isfinite(extra.value) ? oneDecimal(extra.value) + (extra.unit.empty() ? "" : " " + extra.unit)
                                             : "never");
    return "\n* " + run.label + ": headroom before " + percent(run.figures.headroomBefore) + ", " + out + ".";
}

}  // namespace

std::string experimentMarkdown(const ExperimentResult& experiment)
{
    std::string out = "\n## " + experiment.name + ": " + experiment.question + "\n\n" + experiment.setup + "\n\n";
    out += "Goodput counts " + experiment.judged + " answered well within "
           + std::to_string(std::lround(experiment.goodWithinMs)) + " ms; the fault lasts from second "
           + oneDecimal(experiment.faultFromS) + " to " + oneDecimal(experiment.faultUntilS) + " of "
           + oneDecimal(experiment.lengthS) + ".\n\n";
    out += "| run | goodput before | during | after | errors | p99 | peak queue | recovered after | goodput, half "
           "seconds |\n|---|---|---|---|---|---|---|---|---|\n";
    for (const RunResult& run : experiment.runs)
        out += row(experiment, run);
    for (const RunResult& run : experiment.runs)
        out += extras(run);
    return out + "\n\n**" + experiment.finding + "**\n";
}

std::string resultsMarkdown(const ResultBook& book)
{
    std::string out = "# Experiments: the same shop, load and fault, without and with each practice\n\nSeed "
                      + std::to_string(book.seed) + ", " + book.date
                      + ". Errors and p99 are of the arrivals since the fault began; p99 is of the good answers.\n";
    for (const ExperimentResult& experiment : book.experiments)
        out += experimentMarkdown(experiment) + "\n![" + experiment.question + "](" + experiment.name + ".png)\n";
    return out;
}

}  // namespace holdfast::fleet
