#include "app/commands/window_session.h"

#include "app/base/fresh_folder.h"
#include "app/commands/child_process.h"
#include "app/engine/database_path.h"
#include "app/engine/engine_file.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <system_error>
#include <utility>

namespace holdfast::commands {

namespace {

using std::chrono::milliseconds;

// A database after a crash is recovered before the engine answers.
constexpr milliseconds kEngineStart{30'000};
constexpr milliseconds kFleetStart{15'000};
constexpr milliseconds kEnginePatience{10'500};
constexpr milliseconds kFleetPatience{5'000};
constexpr std::uint16_t kUsualPort = 9190;

/// The usual port when it is free, so that Grafana finds it; any otherwise.
std::string listenAddress()
{
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(kUsualPort);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool free = ::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(fd);
    return "127.0.0.1:" + std::to_string(free ? kUsualPort : 0);
}

std::string lastLines(const std::string& file)
{
    std::ifstream stream(file, std::ios::binary | std::ios::ate);
    const auto size = static_cast<std::int64_t>(stream.tellg());
    if (size <= 0)
        return {};
    const std::int64_t length = std::min<std::int64_t>(size, 600);
    std::string text(static_cast<std::size_t>(length), '\0');
    stream.seekg(size - length);
    stream.read(text.data(), length);
    const std::size_t line = text.find('\n');
    return size > length && line != std::string::npos ? text.substr(line + 1) : text;
}

/// Looks every 20 ms until `ready` holds. Fails when the child ends first, or in time nothing came.
Result<void> waitUntil(const std::function<bool()>& ready, pid_t child, milliseconds patience, const std::string& what,
                       const std::string& log)
{
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!ready()) {
        if (const auto code = endedChild(child))
            return Error{what + " ended with exit code " + std::to_string(*code) + ":\n" + lastLines(log),
                         ErrorKind::Unavailable};
        if (std::chrono::steady_clock::now() >= end)
            return Error{what + " did not answer in time; its log is " + log, ErrorKind::Timeout};
        ::usleep(20'000);
    }
    return {};
}

/// What was started here, ended in the order window, engine, fleet.
class Session {
public:
    Session() = default;
    ~Session()
    {
        if (m_ownEngine)
            endEngine();
        if (m_fleet > 0)
            endProcess(m_fleet, kFleetPatience);
    }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    Result<void> useEngine(const WindowRequest& request, const std::string& database, const std::string& config);
    Result<void> startFleet(const WindowRequest& request, const std::string& folder);
    Result<int> runWindow(std::vector<std::string> argv);
    [[nodiscard]] const std::string& engineFile() const { return m_engineFile; }
    [[nodiscard]] bool keepsNothing() const { return m_fleet <= 0 && !m_ownEngine; }

private:
    Result<void> tryFleet(const std::vector<std::string>& argv, const std::string& config, const std::string& log);
    /// The one that runs now: the window may have started another in place of ours.
    void endEngine()
    {
        const auto file = engine::readEngineFile(m_engineFile);
        endProcess(m_engine, kEnginePatience);
        if (file.ok() && file->pid != m_engine)
            endProcess(file->pid, kEnginePatience);
    }

    std::string m_engineFile;
    pid_t m_engine = 0;
    pid_t m_fleet = 0;
    bool m_ownEngine = false;
};

Result<void> Session::useEngine(const WindowRequest& request, const std::string& database, const std::string& config)
{
    m_engineFile = engine::EngineFile::pathFor(database);
    if (const auto running = engine::readEngineFile(m_engineFile); running.ok()) {
        std::fprintf(stderr, "The engine of %s runs already (process %d); the window opens on it.\n", database.c_str(),
                     static_cast<int>(running->pid));
        return {};
    }
    HF_TRY(const std::string self, findProgram("holdfast"));
    std::vector<std::string> argv{self, "serve", "--db", database, "--listen", listenAddress()};
    if (!config.empty())
        argv.insert(argv.end(), {"--config", config});
    if (!request.open.empty())
        argv.insert(argv.end(), {"--replay", std::filesystem::absolute(request.open).string()});
    const std::string log = database + ".log";
    HF_TRY(m_engine, startChild(argv, {.bond = request.keepEngine ? Bond::Detached : Bond::Owned, .logFile = log}));
    m_ownEngine = !request.keepEngine;
    const auto ready = [this] {
        const auto file = engine::readEngineFile(m_engineFile);
        return file.ok() && file->pid == m_engine;
    };
    HF_CHECK(waitUntil(ready, m_engine, kEngineStart, "The engine", log));
    if (request.keepEngine)
        std::fprintf(stderr,
                     "Started the engine (process %d, log %s). It goes on when the window closes; "
                     "kill %d ends it.\n",
                     static_cast<int>(m_engine), log.c_str(), static_cast<int>(m_engine));
    return {};
}

Result<void> Session::startFleet(const WindowRequest& request, const std::string& folder)
{
    HF_TRY(const std::string program, findProgram("holdfast-fleet"));
    const std::string config = folder + "/holdfast.yml";
    const std::string log = folder + "/fleet.log";
    std::vector<std::string> argv{program, "--token-file", folder + "/fleet.token",   "--write-config",
                                  config,  "--parent-pid", std::to_string(::getpid())};
    if (!request.scenario.empty())
        argv.insert(argv.end(), {"--scenario", request.scenario});
    // The same ports each time keep the series of the last time going; taken ones must not keep the demo from running.
    if (tryFleet(argv, config, log).ok())
        return {};
    argv.insert(argv.end(), {"--port-base", "0"});
    return tryFleet(argv, config, log);
}

Result<void> Session::tryFleet(const std::vector<std::string>& argv, const std::string& config, const std::string& log)
{
    ::unlink(config.c_str());
    HF_TRY(m_fleet, startChild(argv, {.bond = Bond::Owned, .logFile = log}));
    auto started = waitUntil([&config] { return ::access(config.c_str(), R_OK) == 0; }, m_fleet, kFleetStart,
                             "The demo fleet", log);
    if (!started.ok()) {
        endProcess(m_fleet, kFleetPatience);
        m_fleet = 0;
    }
    return started;
}

Result<int> Session::runWindow(std::vector<std::string> argv)
{
    if (keepsNothing())
        return becomeProgram(argv);
    sigset_t signals;
    sigemptyset(&signals);
    for (const int one : {SIGTERM, SIGINT, SIGHUP, SIGCHLD})
        sigaddset(&signals, one);
    ::sigprocmask(SIG_BLOCK, &signals, nullptr);
    HF_TRY(const pid_t window, startChild(argv, {}));
    for (;;) {
        int signal = 0;
        ::sigwait(&signals, &signal);
        if (signal != SIGCHLD) {
            endProcess(window, kFleetPatience);
            return 0;
        }
        if (const auto code = endedChild(window))
            return *code;
    }
}

std::string userConfig()
{
    const char* folder = std::getenv("XDG_CONFIG_HOME");
    const char* home = std::getenv("HOME");
    const std::string base = folder && folder[0] == '/' ? folder : std::string(home ? home : "") + "/.config";
    const std::string file = base + "/holdfast/holdfast.yml";
    return ::access(file.c_str(), R_OK) == 0 ? file : std::string();
}

Result<std::string> madeFolder(const std::string& folder)
{
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed)
        return Error{"cannot make the folder " + folder + ": " + failed.message(), ErrorKind::Failed};
    return std::filesystem::absolute(folder).string();
}

Result<int> runDemo(const WindowRequest& request, std::vector<std::string> argv)
{
    HF_TRY(const std::string folder,
           madeFolder(request.stateFolder.empty() ? engine::demoFolder() : request.stateFolder));
    ::chmod(folder.c_str(), 0700);
    const std::string database = request.database.empty() ? folder + "/holdfast.db" : request.database;
    Session session;
    if (!engine::readEngineFile(engine::EngineFile::pathFor(database)).ok())
        HF_CHECK(session.startFleet(request, folder));
    HF_CHECK(session.useEngine(request, database, folder + "/holdfast.yml"));
    argv.insert(argv.end(), {"--engine-file", session.engineFile()});
    return session.runWindow(std::move(argv));
}

/// An engine of its own on a copy of the bundle, which ends with the window and leaves nothing behind.
Result<int> runReplay(const WindowRequest& request, std::vector<std::string> argv)
{
    HF_TRY(const std::string folder, freshFolder("open"));
    Result<int> code = 0;
    {
        WindowRequest own = request;
        own.keepEngine = false;
        Session session;
        if (auto started = session.useEngine(own, folder + "/replay.db", {}); started.ok()) {
            argv.insert(argv.end(), {"--engine-file", session.engineFile()});
            code = session.runWindow(std::move(argv));
        } else {
            code = started.error();
        }
    }
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
    return code;
}

}  // namespace

Result<int> runWindow(const WindowRequest& request)
{
    HF_TRY(const std::string program, findProgram("holdfast-window"));
    std::vector<std::string> argv{program};
    argv.insert(argv.end(), request.arguments.begin(), request.arguments.end());
    if (!request.attach.empty()) {
        argv.insert(argv.end(), {"--attach", request.attach});
        return becomeProgram(argv);
    }
    if (request.demo)
        return runDemo(request, std::move(argv));
    if (!request.open.empty())
        return runReplay(request, std::move(argv));
    const std::string database =
        std::filesystem::absolute(request.database.empty() ? engine::defaultDatabaseFile() : request.database).string();
    HF_TRY([[maybe_unused]] const std::string folder,
           madeFolder(std::filesystem::path(database).parent_path().string()));
    Session session;
    const std::string config =
        request.config.empty() ? userConfig() : std::filesystem::absolute(request.config).string();
    HF_CHECK(session.useEngine(request, database, config));
    argv.insert(argv.end(), {"--engine-file", session.engineFile()});
    return session.runWindow(std::move(argv));
}

}  // namespace holdfast::commands
