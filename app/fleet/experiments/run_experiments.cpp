#include "app/base/clock.h"
#include "app/fleet/experiments/draw_charts.h"
#include "app/fleet/experiments/experiments.h"

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace holdfast::fleet {

namespace {

void say(const std::string& text)
{
    std::fputs(text.c_str(), stdout);
    std::fflush(stdout);
}

Result<void> writeText(const std::filesystem::path& file, const std::string& text)
{
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    return out ? Result<void>() : Result<void>(Error{"Cannot write " + file.string()});
}

std::string today(const Clock& clock)
{
    const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(
        std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(clock.wallMs())))};
    char text[16];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                  static_cast<unsigned>(day.day()));
    return text;
}

std::vector<const Experiment*> chosen(const std::string& name)
{
    std::vector<const Experiment*> out;
    for (const Experiment& one : experiments())
        if (name == "all" || name == one.name)
            out.push_back(&one);
    return out;
}

Error unknown(const std::string& name)
{
    std::string names;
    for (const Experiment& one : experiments())
        names += one.name + ", ";
    return {"There is no experiment \"" + name + "\"; there are: " + names + "all", ErrorKind::NotFound};
}

ExperimentResult described(const Experiment& experiment)
{
    const Timetable& table = experiment.runs.front().table;
    return {.name = experiment.name,
            .practice = experiment.practice,
            .question = experiment.question,
            .setup = experiment.setup,
            .services = {"gateway", "checkout", "payments", "payments-db", "inventory", "catalog", "search",
                         "recommendations", "mail"},
            .judged = experiment.judged,
            .pane = experiment.pane,
            .paneTitle = experiment.paneTitle,
            .goodWithinMs = experiment.runs.front().goodWithinMs,
            .lengthS = table.lengthS,
            .stepS = table.stepS,
            .faultFromS = table.faultFromS,
            .faultUntilS = table.faultUntilS,
            .runs = {},
            .finding = {}};
}

Result<void> writeAll(const ExperimentOrder& order, const ResultBook& book)
{
    if (!order.report.empty())
        HF_CHECK(writeText(order.report, resultsMarkdown(book)));
    if (order.directory.empty())
        return {};
    const std::filesystem::path directory(order.directory);
    HF_CHECK(writeText(directory / "results.json", resultsJson(book)));
    HF_CHECK(writeText(directory / "report.md", resultsMarkdown(book)));
    say("\nWrote results.json and report.md in " + order.directory + "\n");
    if (const auto drawn = drawCharts(order.directory); !drawn)
        say("No pictures: " + drawn.error().message + "\n");
    return {};
}

}  // namespace

Result<void> runExperiments(const ExperimentOrder& order)
{
    const std::vector<const Experiment*> todo = chosen(order.name);
    if (todo.empty())
        return unknown(order.name);
    std::error_code error;
    if (!order.directory.empty())
        std::filesystem::create_directories(order.directory, error);
    if (error)
        return Error{"Cannot make " + order.directory + ": " + error.message()};
    std::size_t runs = 0;
    for (const Experiment* one : todo)
        runs += one->runs.size();

    const SystemClock clock;
    ResultBook book{.date = today(clock), .seed = order.seed, .experiments = {}};
    std::size_t number = 0;
    for (const Experiment* experiment : todo) {
        ExperimentResult result = described(*experiment);
        for (const RunConfig& config : experiment->runs) {
            // The training page reads these lines.
            say("[" + std::to_string(++number) + "/" + std::to_string(runs) + "] " + experiment->name + ": "
                + config.label + "\n");
            HF_TRY(RunResult run, runShop(config, order.seed, clock));
            result.runs.push_back(std::move(run));
        }
        result.finding = experiment->finding(result.runs);
        say(experimentMarkdown(result) + "\n");
        book.experiments.push_back(std::move(result));
    }
    return writeAll(order, book);
}

}  // namespace holdfast::fleet
