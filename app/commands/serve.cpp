#include "app/commands/serve.h"

#include "app/api/access.h"
#include "app/api/parameters.h"
#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/commands/problem.h"
#include "app/commands/replay_copy.h"
#include "app/engine/database_path.h"
#include "app/engine/engine.h"
#include "app/engine/standing_clock.h"

#include <CLI/CLI.hpp>
#include <curl/curl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace holdfast::commands {

namespace {

// Under systemd's and a person's patience of 10 s.
constexpr std::chrono::milliseconds kStopWithin{9'500};

struct ServeOptions {
    std::string config;
    std::string database;
    std::string stateFolder;
    std::string listen = "127.0.0.1:9190";
    std::vector<std::string> features;
    std::string replay;
    bool remoteWrite = false;
    bool insecureListen = false;
    bool verbose = false;
};

struct Address {
    std::string host;
    std::uint16_t port = 0;
};

Result<Address> addressIn(const ServeOptions& options)
{
    const std::size_t colon = options.listen.rfind(':');
    const auto port = colon == std::string::npos ? std::nullopt : api::parseInteger(options.listen.substr(colon + 1));
    if (!port || *port < 0 || *port > 65535)
        return Error{"--listen " + options.listen + ": expected ADDRESS:PORT", ErrorKind::BadInput};
    std::string host = options.listen.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']'))
        host = host.substr(1, host.size() - 2);
    if (host == "localhost")
        host = "127.0.0.1";
    if (host.empty())
        host = "0.0.0.0";
    if (!api::isLoopbackAddress(host) && !options.insecureListen)
        return Error{"--listen " + options.listen
                         + ": everybody who reaches this address could read all metrics, without a password and "
                           "unencrypted. Put a proxy with TLS and a password in front of 127.0.0.1, or say "
                           "--insecure-listen",
                     ErrorKind::BadInput};
    return Address{.host = std::move(host), .port = static_cast<std::uint16_t>(*port)};
}

std::string databaseIn(const ServeOptions& options)
{
    if (!options.database.empty())
        return std::filesystem::absolute(options.database).string();
    const std::string folder = options.stateFolder;
    const std::string file =
        folder.empty() ? engine::defaultDatabaseFile() : std::filesystem::absolute(folder + "/holdfast.db").string();
    std::error_code failed;
    std::filesystem::create_directories(std::filesystem::path(file).parent_path(), failed);
    return file;
}

std::string ownProgram()
{
    std::error_code failed;
    return std::filesystem::read_symlink("/proc/self/exe", failed).string();
}

engine::EngineOptions engineOptions(const ServeOptions& options, const Address& address)
{
    engine::EngineOptions made;
    made.configFile = options.config.empty() ? std::string() : std::filesystem::absolute(options.config).string();
    made.databaseFile = databaseIn(options);
    made.listenAddress = address.host;
    made.listenPort = address.port;
    made.remoteWriteReceiver = options.remoteWrite;
    made.program = ownProgram();
    made.arguments = {"serve", "--db", made.databaseFile, "--listen", options.listen};
    if (!made.configFile.empty())
        made.arguments.insert(made.arguments.end(), {"--config", made.configFile});
    if (options.remoteWrite)
        made.arguments.emplace_back("--enable-remote-write-receiver");
    if (options.insecureListen)
        made.arguments.emplace_back("--insecure-listen");
    made.experimentalFunctions = !options.features.empty();
    if (made.experimentalFunctions)
        made.arguments.insert(made.arguments.end(), {"--enable-feature", "promql-experimental-functions"});
    made.flags = {{"config.file", made.configFile},
                  {"storage.tsdb.path", made.databaseFile},
                  {"web.listen-address", options.listen},
                  {"web.enable-remote-write-receiver", options.remoteWrite ? "true" : "false"}};
    return made;
}

/// Ends the process when stopping takes too long: what is committed is safe, and an engine that hangs would keep the
/// database locked.
class StopDeadline {
public:
    explicit StopDeadline(Log& log)
        : m_thread([this, &log] {
              std::unique_lock lock(m_mutex);
              if (m_changed.wait_for(lock, kStopWithin, [this] { return m_done; }))
                  return;
              log.error("engine", "a part did not stop within its deadline; ending without it");
              ::_exit(1);
          })
    {
    }
    ~StopDeadline()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_done = true;
        }
        m_changed.notify_all();
        m_thread.join();
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_done = false;
    std::thread m_thread;
};

/// A connection a target, a descriptor a client: the usual soft limit of 1024 is too low for a fleet.
void raiseFileLimit()
{
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) != 0)
        return;
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
}

/// Until SIGTERM or SIGINT; every thread has them blocked.
void waitForEnd(const sigset_t& signals, engine::Engine& running, Log& log)
{
    for (;;) {
        int signal = 0;
        if (::sigwait(&signals, &signal) != 0)
            continue;
        if (signal != SIGHUP) {
            log.info("engine", std::string("stopping on ") + (signal == SIGTERM ? "SIGTERM" : "SIGINT"));
            return;
        }
        [[maybe_unused]] const auto done = running.reload();  // the engine logs how it went
    }
}

Result<void> run(engine::EngineOptions options, const Clock& clock, Log& log, const sigset_t& signals)
{
    HF_TRY(const auto running, engine::Engine::start(std::move(options), clock, log));
    log.info("engine", "ready on " + running->publicUrl());
    waitForEnd(signals, *running, log);
    const StopDeadline deadline(log);
    running->stop();
    log.info("engine", "stopped");
    return {};
}

Result<void> replayFile(const ServeOptions& options, const Address& address, const sigset_t& signals)
{
    const std::string target =
        options.database.empty() ? std::string() : std::filesystem::absolute(options.database).string();
    HF_TRY(const ReplayCopy copy, copyForReplay(std::filesystem::absolute(options.replay).string(), target));
    engine::EngineOptions made = engineOptions(options, address);
    made.databaseFile = copy.database;
    made.replay = copy.replay;
    made.remoteWriteReceiver = false;
    made.arguments = {"serve",       "--replay",    std::filesystem::absolute(options.replay).string(),
                      "--db",        copy.database, "--listen",
                      options.listen};
    if (made.configFile.empty())
        made.configFile = copy.configFile;
    const engine::StandingClock clock(copy.replay.endMs);
    const SystemClock now;
    Log log(stderr, options.verbose ? LogLevel::Debug : LogLevel::Info, now);
    auto served = run(made, clock, log, signals);
    if (!served.ok() && served.error().kind == ErrorKind::BadInput && made.configFile == copy.configFile) {
        // What was cut out of the configuration may be needed to read it; the samples tell most of it themselves.
        log.warning("engine", "replay without the bundle's configuration: " + served.error().message);
        made.configFile.clear();
        served = run(made, clock, log, signals);
    }
    removeCopy(copy);
    return served;
}

Result<void> serve(const ServeOptions& options)
{
    HF_TRY(const Address address, addressIn(options));
    sigset_t signals;
    sigemptyset(&signals);
    for (const int one : {SIGTERM, SIGINT, SIGHUP})
        sigaddset(&signals, one);
    ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    ::umask(0077);  // database, log and engine file tell about systems: they are their owner's
    raiseFileLimit();
    curl_global_init(CURL_GLOBAL_DEFAULT);

    if (!options.replay.empty())
        return replayFile(options, address, signals);
    const SystemClock clock;
    Log log(stderr, options.verbose ? LogLevel::Debug : LogLevel::Info, clock);
    return run(engineOptions(options, address), clock, log, signals);
}

}  // namespace

void addServeCommand(CLI::App& app, CommandResult& result)
{
    CLI::App* command = app.add_subcommand("serve", "Run the engine: scrape, store, judge, act, answer");
    const auto options = std::make_shared<ServeOptions>();
    command->add_option("--config", options->config, "A prometheus.yml, or a holdfast.yml; without: no targets");
    command->add_option("--db", options->database, "The database; made where there is none");
    command->add_option("--state-dir", options->stateFolder, "Folder of the database where --db is not given");
    command->add_option("--listen", options->listen, "Where Prometheus's read API is answered")->capture_default_str();
    command->add_option("--replay", options->replay,
                        "Open a .holdfast bundle read-only, as it was; --db says where its copy stands");
    command->add_flag("--enable-remote-write-receiver", options->remoteWrite, "Take samples on /api/v1/write");
    command
        ->add_option("--enable-feature", options->features, "promql-experimental-functions: what Prometheus calls so")
        ->delimiter(',')
        ->check(CLI::IsMember({"promql-experimental-functions"}));
    command->add_flag("--insecure-listen", options->insecureListen,
                      "Allow --listen beyond this computer, readable for everybody");
    command->add_flag("--verbose", options->verbose, "Log more");
    command->callback([options, &result] {
        if (const auto served = serve(*options); !served.ok()) {
            say(result, "serve", served.error());
            result.exitCode = 2;
        }
    });
}

}  // namespace holdfast::commands
