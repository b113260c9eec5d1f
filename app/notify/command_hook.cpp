#include "app/notify/command_hook.h"

#include "app/base/argument_list.h"
#include "app/notify/alert_json.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <utility>
#include <vector>

namespace holdfast::notify {

namespace {

constexpr std::size_t kMostShown = 300;
constexpr int kLookMs = 100;
constexpr std::int64_t kPatienceMs = 2'000;
constexpr int kComeAgain = 75;  // EX_TEMPFAIL

using Steady = std::chrono::steady_clock;

std::int64_t sinceMs(Steady::time_point begin)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now() - begin).count();
}

class Descriptor {
public:
    explicit Descriptor(int fd) : m_fd(fd) {}
    ~Descriptor() { reset(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return m_fd; }
    void reset()
    {
        if (m_fd >= 0)
            ::close(m_fd);
        m_fd = -1;
    }

private:
    int m_fd;
};

/// A file in memory with this text, to be read from its begin: a program that does not read cannot hold us up.
int inputWith(const std::string& text)
{
    const int fd = ::memfd_create("notification", MFD_CLOEXEC);
    if (fd < 0)
        return fd;
    std::size_t done = 0;
    while (done < text.size()) {
        const ssize_t wrote = ::write(fd, text.data() + done, text.size() - done);
        if (wrote <= 0)
            break;
        done += static_cast<std::size_t>(wrote);
    }
    ::lseek(fd, 0, SEEK_SET);
    return fd;
}

std::vector<std::string> environmentOf(const Delivery& delivery)
{
    std::vector<std::string> out;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry)
        out.emplace_back(*entry);
    const Situation& now = delivery.notice.now;
    out.push_back(std::string("HOLDFAST_CHANGE=") + changeWord(delivery.notice.change));
    out.push_back("HOLDFAST_SEVERITY=sev" + std::to_string(now.severity));
    out.push_back("HOLDFAST_TITLE=" + now.title);
    out.push_back("HOLDFAST_INCIDENT=" + (now.incident > 0 ? std::to_string(now.incident) : std::string()));
    out.push_back(std::string("HOLDFAST_REPEATED=") + (delivery.repeated ? "1" : "0"));
    return out;
}

Result<pid_t> start(const config::CommandReceiver& receiver, const Delivery& delivery, int input, int output)
{
    std::vector<std::string> argv = receiver.argv;
    std::vector<std::string> environment = environmentOf(delivery);
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    ::posix_spawn_file_actions_init(&files);
    ::posix_spawnattr_init(&attributes);
    ::posix_spawn_file_actions_adddup2(&files, input, 0);
    ::posix_spawn_file_actions_adddup2(&files, output, 1);
    ::posix_spawn_file_actions_adddup2(&files, output, 2);
    sigset_t none;
    sigset_t all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setsigdefault(&attributes, &all);
    ::posix_spawnattr_setpgroup(&attributes, 0);
    ::posix_spawnattr_setflags(
        &attributes, static_cast<short>(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP));
    pid_t pid = 0;
    const int failed = ::posix_spawnp(&pid, argv.front().c_str(), &files, &attributes, argumentList(argv).data(),
                                      argumentList(environment).data());
    ::posix_spawn_file_actions_destroy(&files);
    ::posix_spawnattr_destroy(&attributes);
    if (failed != 0)
        return Error{argv.front() + ": " + std::strerror(failed)};  // NOLINT(concurrency-mt-unsafe)
    return pid;
}

/// Reads what the program says until it ends; true when it ended in time.
bool follow(pid_t pid, const Descriptor& output, std::int64_t timeoutMs, const std::stop_token& stop, std::string& said)
{
    const Descriptor process(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
    const auto begin = Steady::now();
    std::optional<Steady::time_point> stopping;
    while (true) {
        if (stop.stop_requested() && !stopping)
            stopping = Steady::now();
        if (sinceMs(begin) >= timeoutMs || (stopping && sinceMs(*stopping) >= kPatienceMs))
            return false;
        std::array<pollfd, 2> watched{pollfd{process.get(), POLLIN, 0}, pollfd{output.get(), POLLIN, 0}};
        ::poll(watched.data(), watched.size(), kLookMs);
        if ((watched[1].revents & POLLIN) != 0) {
            std::array<char, 1024> bytes{};
            const ssize_t got = ::read(output.get(), bytes.data(), bytes.size());
            if (got > 0 && said.size() < kMostShown)
                said.append(bytes.data(), std::min(static_cast<std::size_t>(got), kMostShown - said.size()));
        }
        if ((watched[0].revents & POLLIN) != 0)
            return true;
    }
}

}  // namespace

Attempt CommandHook::send(const Delivery& delivery, std::int64_t timeoutMs, const std::stop_token& stop)
{
    using Outcome = Attempt::Outcome;
    const Descriptor input(inputWith(webhookJson(delivery, m_sender)));
    std::array<int, 2> ends{-1, -1};
    if (input.get() < 0 || ::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return {.outcome = Outcome::NotTaken, .retryAfterMs = {}, .error = "no file descriptors are left"};
    const Descriptor output(ends[0]);
    Descriptor theirs(ends[1]);
    const auto pid = start(m_receiver, delivery, input.get(), theirs.get());
    theirs.reset();
    if (!pid.ok())
        return {.outcome = Outcome::NotTaken, .retryAfterMs = {}, .error = pid.error().message};
    std::string said;
    const bool ended = follow(*pid, output, timeoutMs, stop, said);
    ::kill(-*pid, ended ? SIGTERM : SIGKILL);  // what it left behind
    int status = 0;
    while (::waitpid(*pid, &status, 0) < 0 && errno == EINTR) {
    }
    if (!ended)
        return {.outcome = Outcome::Ambiguous,
                .retryAfterMs = {},
                .error = "did not end within " + std::to_string(timeoutMs) + " ms and was ended"};
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    if (code == 0)
        return {.outcome = Outcome::Taken, .retryAfterMs = {}, .error = {}};
    return {.outcome = code == kComeAgain ? Outcome::NotTaken : Outcome::Refused,
            .retryAfterMs = {},
            .error = "exit " + std::to_string(code) + (said.empty() ? "" : ": " + said)};
}

}  // namespace holdfast::notify
