#include "app/commands/child_process.h"

#include "app/base/argument_list.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <thread>

namespace holdfast::commands {

namespace {

/// Between fork and exec only calls that POSIX allows there. Writes errno to the pipe when exec fails.
[[noreturn]] void becomeChild(char* const* argv, const ChildOptions& options, pid_t parent, int failure)
{
    if (options.bond == Bond::Detached) {
        ::setsid();
    } else {
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (::getppid() != parent)
            ::_exit(0);
    }
    if (!options.logFile.empty()) {
        const int null = ::open("/dev/null", O_RDONLY);
        const int log = ::open(options.logFile.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        ::dup2(null, STDIN_FILENO);
        if (log >= 0) {
            ::dup2(log, STDOUT_FILENO);
            ::dup2(log, STDERR_FILENO);
        }
    }
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::execv(argv[0], argv);
    const int reason = errno;
    [[maybe_unused]] const auto written = ::write(failure, &reason, sizeof reason);
    ::_exit(127);
}

bool isGone(pid_t pid)
{
    return endedChild(pid) || (::kill(pid, 0) != 0 && errno == ESRCH);
}

}  // namespace

Result<pid_t> startChild(std::vector<std::string> argv, const ChildOptions& options)
{
    std::array<int, 2> failure{};
    if (::pipe2(failure.data(), O_CLOEXEC) != 0)
        return Error{std::string("cannot start a process: ") + std::strerror(errno), ErrorKind::Failed};
    const std::vector<char*> raw = argumentList(argv);
    const pid_t parent = ::getpid();
    const pid_t child = ::fork();
    if (child == 0)
        becomeChild(raw.data(), options, parent, failure[1]);
    ::close(failure[1]);
    int reason = child < 0 ? errno : 0;
    const bool failed = child < 0 || ::read(failure[0], &reason, sizeof reason) == sizeof reason;
    ::close(failure[0]);
    if (!failed)
        return child;
    if (child > 0)
        ::waitpid(child, nullptr, 0);
    return Error{"cannot start " + argv.front() + ": " + std::strerror(reason), ErrorKind::Failed};
}

std::optional<int> endedChild(pid_t pid)
{
    int status = 0;
    if (::waitpid(pid, &status, WNOHANG) != pid)
        return std::nullopt;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

void endProcess(pid_t pid, std::chrono::milliseconds patience)
{
    if (pid <= 1 || isGone(pid))
        return;
    ::kill(pid, SIGTERM);
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!isGone(pid)) {
        if (std::chrono::steady_clock::now() >= end) {
            ::kill(pid, SIGKILL);
            ::waitpid(pid, nullptr, 0);
            return;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

Error becomeProgram(std::vector<std::string> argv)
{
    const std::vector<char*> raw = argumentList(argv);
    ::execv(raw[0], raw.data());
    return Error{"cannot start " + argv.front() + ": " + std::strerror(errno), ErrorKind::Failed};
}

Result<std::string> findProgram(const std::string& name)
{
    std::error_code failed;
    const auto beside = std::filesystem::read_symlink("/proc/self/exe", failed).parent_path() / name;
    if (::access(beside.c_str(), X_OK) == 0)
        return beside.string();
    const char* path = std::getenv("PATH");
    std::string_view rest = path ? path : "";
    while (!rest.empty()) {
        const std::size_t colon = rest.find(':');
        const std::string folder(rest.substr(0, colon));
        rest = colon == std::string_view::npos ? std::string_view() : rest.substr(colon + 1);
        const std::string candidate = folder + "/" + name;
        if (folder.starts_with('/') && ::access(candidate.c_str(), X_OK) == 0)
            return candidate;
    }
    return Error{name + " is neither beside holdfast nor on PATH", ErrorKind::NotFound};
}

}  // namespace holdfast::commands
