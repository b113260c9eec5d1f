#include "app/fleet/run_fleet.h"

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/fleet/demo_config.h"
#include "app/fleet/experiments/experiments.h"
#include "app/fleet/fleet.h"
#include "app/fleet/scenario_player.h"
#include "app/fleet/token_file.h"

#include <CLI/CLI.hpp>
#include <curl/curl.h>
#include <nlohmann/json.hpp>
#include <sys/resource.h>
#include <sys/types.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>

namespace holdfast::fleet {

namespace {

struct Options {
    std::uint16_t portBase = 17'100;
    std::string scenario = "payments-db";
    std::string convention = "prometheus";
    double rate = 50;
    std::uint64_t seed = 1;
    std::string tokenFile = "holdfast-fleet.token";
    std::string configFile;
    std::string portsFile;
    pid_t parent = 0;
    bool listScenarios = false;
    std::string experiment;
    std::string reportFile;
    std::string experimentDirectory;
};

void describe(CLI::App& app, Options& options)
{
    app.add_option("--port-base", options.portBase, "First of the ports on 127.0.0.1; 0: any free ones")
        ->capture_default_str();
    app.add_option("--scenario", options.scenario, "What goes wrong: a name (--list-scenarios) or a YAML file")
        ->capture_default_str();
    app.add_option("--convention", options.convention,
                   "How metrics are named: prometheus, micrometer, opentelemetry, envoy, opossum, haproxy, or mixed "
                   "(another one for every service); each also stands under /metrics/NAME")
        ->check(CLI::IsMember({"prometheus", "micrometer", "opentelemetry", "envoy", "opossum", "haproxy", "mixed"}))
        ->capture_default_str();
    app.add_option("--rate", options.rate, "Shoppers' requests per second")
        ->check(CLI::Range(0.1, 2'000.0))
        ->capture_default_str();
    app.add_option("--seed", options.seed, "Seed of all chance")->capture_default_str();
    app.add_option("--token-file", options.tokenFile, "Token for changes; made where there is none")
        ->capture_default_str();
    app.add_option("--write-config", options.configFile, "Write a holdfast.yml for this fleet");
    app.add_option("--write-ports", options.portsFile, "Write the ports of every service, as JSON");
    app.add_option("--parent-pid", options.parent, "End when this process is gone");
    app.add_option("--experiment", options.experiment, "Run an experiment, or all, instead of the shop, and end");
    app.add_option("--out", options.experimentDirectory,
                   "Write the experiments' results.json, report.md and pictures into this directory");
    app.add_option("--report", options.reportFile, "Write the experiments' results as Markdown");
    app.add_flag("--list-scenarios", options.listScenarios, "Name the scenarios and end");
}

int listScenarios()
{
    for (const BuiltInScenario& one : builtInScenarios()) {
        const auto scenario = findScenario(std::string(one.name));
        std::printf("%-20s %s\n", std::string(one.name).c_str(), scenario ? scenario->description.c_str() : "");
    }
    return 0;
}

/// Readers never see half a file.
Result<void> writeFile(const std::string& path, const std::string& text)
{
    const std::string part = path + ".part";
    std::ofstream(part, std::ios::binary | std::ios::trunc) << text;
    std::error_code error;
    if (std::filesystem::file_size(part, error) == text.size() && !error)
        std::filesystem::rename(part, path, error);
    if (error)
        return Error{"Cannot write " + path + ": " + error.message()};
    return {};
}

Result<void> writeFiles(const Options& options, const AddressBook& addresses)
{
    if (!options.configFile.empty())
        HF_CHECK(writeFile(options.configFile,
                           demoConfig(addresses, std::filesystem::absolute(options.tokenFile).string())));
    if (!options.portsFile.empty())
        HF_CHECK(writeFile(options.portsFile, nlohmann::json(addresses.all()).dump(1) + "\n"));
    return {};
}

/// Waiting workers of more than twenty services hold a connection each; the usual soft limit of 1024 would end them.
void raiseFileLimit()
{
    rlimit files{};
    if (getrlimit(RLIMIT_NOFILE, &files) != 0)
        return;
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
}

bool gone(pid_t parent, bool ours)
{
    return ours ? getppid() != parent : kill(parent, 0) != 0 && errno == ESRCH;
}

/// Until SIGTERM, SIGINT or SIGHUP, which every thread has blocked, or until the parent is gone.
void waitForEnd(const sigset_t& signals, pid_t parent)
{
    const bool ours = parent != 0 && getppid() == parent;
    const timespec halfASecond{0, 500'000'000};
    while (sigtimedwait(&signals, nullptr, &halfASecond) < 0)
        if (parent != 0 && gone(parent, ours))
            return;
}

Result<void> run(const Options& options, const sigset_t& signals)
{
    const SystemClock clock;
    Log log(stderr, LogLevel::Info, clock);
    HF_TRY(const Scenario scenario, findScenario(options.scenario));
    HF_TRY(const std::string token, readOrMakeToken(options.tokenFile));
    HF_TRY(const auto fleet, Fleet::start({.portBase = options.portBase,
                                           .token = token,
                                           .seed = options.seed,
                                           .load = {.perSecond = options.rate},
                                           .convention = convention(options.convention).value(),
                                           .conventionOf = scenario.conventions},
                                          clock));
    HF_CHECK(ScenarioPlayer::check(scenario, *fleet));
    HF_CHECK(writeFiles(options, fleet->addresses()));
    const ScenarioPlayer player(scenario, *fleet, log, clock);
    log.info("fleet", std::to_string(fleet->instances().size())
                          + " instances on 127.0.0.1:" + std::to_string(fleet->instances().front()->port()) + " to "
                          + std::to_string(fleet->instances().back()->port()) + ", scenario " + scenario.name);
    waitForEnd(signals, options.parent);
    log.info("fleet", "stopping");
    return {};
}

}  // namespace

int runFleet(int argc, char** argv)
{
    Options options;
    CLI::App app("A shop of nine services that call each other over HTTP on this computer, to practise on",
                 "holdfast-fleet");
    describe(app, options);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    if (options.listScenarios)
        return listScenarios();

    sigset_t signals;
    sigemptyset(&signals);
    for (const int one : {SIGTERM, SIGINT, SIGHUP})
        sigaddset(&signals, one);
    if (options.experiment.empty())
        pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    raiseFileLimit();
    curl_global_init(CURL_GLOBAL_DEFAULT);
    const auto result = options.experiment.empty() ? run(options, signals)
                                                   : runExperiments({.name = options.experiment,
                                                                     .directory = options.experimentDirectory,
                                                                     .report = options.reportFile,
                                                                     .seed = options.seed});
    curl_global_cleanup();
    if (result)
        return 0;
    std::fprintf(stderr, "holdfast-fleet: %s\n", result.error().message.c_str());
    return 2;
}

}  // namespace holdfast::fleet
