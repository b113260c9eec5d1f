#include "app/control/adapters/command_run.h"

#include "app/base/argument_list.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>

namespace holdfast::control {

namespace {

constexpr std::size_t kMostOutput = 1U << 20U;
constexpr std::size_t kMostErrors = 4096;
constexpr int kFirstForeignFile = 3;

using Instant = std::chrono::steady_clock::time_point;

std::string systemWords(int number)
{
    std::array<char, 128> buffer{};
    return strerror_r(number, buffer.data(), buffer.size());
}

/// Both ends closed with their owner.
struct Pipe {
    std::array<int, 2> ends{-1, -1};
    Pipe()
    {
        if (pipe2(ends.data(), O_CLOEXEC) != 0)
            ends = {-1, -1};
    }
    ~Pipe()
    {
        closeEnd(0);
        closeEnd(1);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    void closeEnd(std::size_t which)
    {
        if (ends[which] >= 0)
            close(ends[which]);
        ends[which] = -1;
    }
};

/// posix_spawn's lists, destroyed with their owner.
struct SpawnLists {
    posix_spawn_file_actions_t files{};
    posix_spawnattr_t attributes{};
    SpawnLists()
    {
        posix_spawn_file_actions_init(&files);
        posix_spawnattr_init(&attributes);
    }
    ~SpawnLists()
    {
        posix_spawn_file_actions_destroy(&files);
        posix_spawnattr_destroy(&attributes);
    }
    SpawnLists(const SpawnLists&) = delete;
    SpawnLists& operator=(const SpawnLists&) = delete;
};

/// 0 or an errno.
int spawn(const CommandRequest& request, const Pipe& output, const Pipe& errors, pid_t& pid)
{
    SpawnLists lists;
    posix_spawn_file_actions_addopen(&lists.files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&lists.files, output.ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&lists.files, errors.ends[1], STDERR_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&lists.files, kFirstForeignFile);
    sigset_t none{};
    sigemptyset(&none);
    sigset_t all{};
    sigfillset(&all);
    posix_spawnattr_setsigmask(&lists.attributes, &none);
    posix_spawnattr_setsigdefault(&lists.attributes, &all);
    posix_spawnattr_setpgroup(&lists.attributes, 0);
    posix_spawnattr_setflags(&lists.attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    std::vector<std::string> words = request.words;
    std::vector<std::string> environment{"PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C.UTF-8"};
    for (const auto& [name, value] : request.environment)
        environment.push_back(name + "=" + value);
    const std::vector<char*> wordPointers = argumentList(words);
    const std::vector<char*> environmentPointers = argumentList(environment);
    return posix_spawn(&pid, words.front().c_str(), &lists.files, &lists.attributes, wordPointers.data(),
                       environmentPointers.data());
}

/// Appends what is there; false at the end of the stream.
bool take(int fd, std::string& out, std::size_t most)
{
    std::array<char, 16'384> buffer{};
    const auto count = read(fd, buffer.data(), buffer.size());
    if (count <= 0)
        return count < 0 && errno == EINTR;
    // More than is wanted is read all the same, or the program would wait for ever to write it.
    out.append(buffer.data(), std::min(static_cast<std::size_t>(count), most - std::min(most, out.size())));
    return true;
}

std::int64_t msUntil(Instant deadline)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
}

/// Reads both streams until the program has ended; false when the time was over before. What it left behind in the
/// background may keep the streams open, so their end is not waited for.
bool readUntilEnd(int process, Pipe& output, Pipe& errors, CommandOutcome& outcome, Instant deadline)
{
    bool ended = false;
    for (;;) {
        std::array<pollfd, 3> watched{pollfd{.fd = output.ends[0], .events = POLLIN, .revents = 0},
                                      pollfd{.fd = errors.ends[0], .events = POLLIN, .revents = 0},
                                      pollfd{.fd = ended ? -1 : process, .events = POLLIN, .revents = 0}};
        const std::int64_t left = ended ? 0 : std::max<std::int64_t>(msUntil(deadline), 0);
        const int ready = poll(watched.data(), watched.size(), static_cast<int>(left));
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready <= 0)
            return ended;
        if (watched[0].revents != 0 && !take(output.ends[0], outcome.output, kMostOutput))
            output.closeEnd(0);
        if (watched[1].revents != 0 && !take(errors.ends[0], outcome.errors, kMostErrors))
            errors.closeEnd(0);
        // A last look without waiting follows: what it wrote just before its end is in the pipes.
        ended = ended || watched[2].revents != 0;
    }
}

}  // namespace

CommandOutcome runCommand(const CommandRequest& request)
{
    CommandOutcome outcome;
    const Instant start = std::chrono::steady_clock::now();
    const Instant deadline = start + std::chrono::milliseconds(request.timeoutMs);
    if (request.words.empty() || !request.words.front().starts_with("/")) {
        outcome.error = "a command begins with the absolute path of a program";
        return outcome;
    }
    Pipe output;
    Pipe errors;
    if (output.ends[0] < 0 || errors.ends[0] < 0) {
        outcome.error = systemWords(errno);
        return outcome;
    }
    pid_t pid = 0;
    if (const int problem = spawn(request, output, errors, pid); problem != 0) {
        outcome.error = request.words.front() + " cannot be started: " + systemWords(problem);
        return outcome;
    }
    output.closeEnd(1);
    errors.closeEnd(1);
    // By its number: the header of glibc 2.36 declares it for C only.
    const int process = static_cast<int>(syscall(SYS_pidfd_open, pid, 0));
    const bool ended = readUntilEnd(process, output, errors, outcome, deadline);
    if (process >= 0)
        close(process);
    // Before it is reaped, so that the number is still its own: what it left behind ends with it.
    kill(-pid, SIGKILL);
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    if (!ended) {
        outcome.kind = CommandOutcome::Kind::TimedOut;
        outcome.error = request.words.front() + " had not ended after " + std::to_string(request.timeoutMs) + " ms";
    } else if (WIFEXITED(status)) {
        outcome.kind = CommandOutcome::Kind::Ended;
        outcome.exitCode = WEXITSTATUS(status);
    } else {
        outcome.kind = CommandOutcome::Kind::Killed;
        outcome.error = request.words.front() + " was ended by signal " + std::to_string(WTERMSIG(status));
    }
    outcome.latencyMs =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start).count();
    return outcome;
}

}  // namespace holdfast::control
