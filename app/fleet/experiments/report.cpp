#include "app/base/clock.h"
#include "app/fleet/experiments/experiments.h"

#include <cmath>
#include <cstdio>
#include <fstream>

namespace holdfast::fleet {

namespace {

std::string percent(double share)
{
    return std::to_string(static_cast<int>(std::lround(share * 100))) + " %";
}

/// Goodput of each second as blocks of growing height.
std::string blocks(const std::vector<double>& shares)
{
    static const char* const heights[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    std::string out;
    for (const double share : shares)
        out += heights[std::lround(share * 7)];
    return out;
}

std::string row(const RunResult& run)
{
    const std::string recovery =
        run.recoveryS < 0 ? "not within 10 s" : std::to_string(static_cast<int>(run.recoveryS * 1000)) + " ms";
    // Threads that get no processor spoil every figure; the calm seconds before the trouble tell.
    const std::string label =
        run.label + (run.before < 0.85 ? " (disturbed: this computer was busy with other things)" : "");
    return "| " + label + " | " + percent(run.before) + " | " + percent(run.during) + " | " + percent(run.aloneDuring)
           + " | " + percent(run.after) + " | " + std::to_string(std::lround(run.p99S * 1000)) + " ms | "
           + std::to_string(run.peakQueue) + " | " + recovery + " | " + percent(run.headroomBefore) + " | `"
           + blocks(run.perSecond) + "` |\n";
}

constexpr const char* tableHead =
    "| run | goodput before | during | of /alone during | after | p99 of answers | peak queue | "
    "recovered after | headroom before | goodput second by second |\n"
    "|---|---|---|---|---|---|---|---|---|---|\n";

/// Prints as it goes and keeps the whole.
class Report {
public:
    void add(const std::string& text)
    {
        std::fputs(text.c_str(), stdout);
        std::fflush(stdout);
        m_text += text;
    }
    [[nodiscard]] Result<void> write(const std::string& file) const
    {
        std::ofstream out(file, std::ios::binary | std::ios::trunc);
        out << m_text;
        out.close();
        return out ? Result<void>() : Result<void>(Error{"Cannot write " + file});
    }

private:
    std::string m_text;
};

}  // namespace

Result<void> runExperiments(const std::string& name, const std::string& file, std::uint64_t seed)
{
    const SystemClock clock;
    Report report;
    report.add("# Experiments\n\nReal HTTP on loopback, real threads and queues. Trouble from second 4 to 9 of 19; an "
               "answer is "
               "good within 500 ms of its arrival. Seed "
               + std::to_string(seed) + ".\n");
    bool found = false;
    std::string names;
    for (const Experiment& experiment : experiments()) {
        names += (names.empty() ? "" : ", ") + experiment.name;
        if (name != "all" && name != experiment.name)
            continue;
        found = true;
        report.add("\n## " + experiment.name + ": " + experiment.question + "\n" + experiment.setup + "\n\n"
                   + tableHead);
        for (const RunConfig& run : experiment.runs) {
            HF_TRY(const RunResult result, runOnce(run, seed, clock));
            report.add(row(result));
        }
    }
    if (!found)
        return Error{"There is no experiment \"" + name + "\"; there are: " + names + ", all", ErrorKind::NotFound};
    return file.empty() ? Result<void>() : report.write(file);
}

}  // namespace holdfast::fleet
