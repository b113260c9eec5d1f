#include "app/config/secret_source.h"

#include "app/base/argument_list.h"
#include "app/base/mutex.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <map>
#include <sstream>
#include <vector>

namespace holdfast::config {

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr auto kPatience = std::chrono::seconds(5);
constexpr auto kKeep = std::chrono::seconds(60);
constexpr std::size_t kLongest = 16'384;

/// Reads until the writer closes, the patience ends or too much comes. True when it closed.
bool readAll(int from, std::string& text)
{
    const auto deadline = SteadyClock::now() + kPatience;
    std::array<char, 1024> buffer{};
    while (text.size() < kLongest) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - SteadyClock::now()).count();
        pollfd waiting{.fd = from, .events = POLLIN, .revents = 0};
        if (left <= 0 || ::poll(&waiting, 1, static_cast<int>(left)) <= 0)
            return false;
        const ssize_t got = ::read(from, buffer.data(), buffer.size());
        if (got <= 0)
            return got == 0;
        text.append(buffer.data(), static_cast<std::size_t>(got));
    }
    return false;
}

Result<std::string> askSecretTool(const std::string& attributes)
{
    std::vector<std::string> words{"secret-tool", "lookup"};
    std::istringstream split(attributes);
    for (std::string word; split >> word;)
        words.push_back(word);
    if (words.size() < 4 || words.size() % 2 != 0)
        return Error{"a keyring entry is named by pairs of words, like \"service holdfast account demo\"",
                     ErrorKind::BadInput};
    const std::vector<char*> arguments = argumentList(words);

    std::array<int, 2> pipes{};
    if (::pipe2(pipes.data(), O_CLOEXEC) != 0)
        return Error{"the keyring cannot be asked: no pipe", ErrorKind::Unavailable};
    posix_spawn_file_actions_t files{};
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, pipes[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    pid_t child = 0;
    const int spawned = ::posix_spawnp(&child, "secret-tool", &files, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    ::close(pipes[1]);
    if (spawned != 0) {
        ::close(pipes[0]);
        return Error{"the keyring cannot be asked: secret-tool is not installed (package libsecret-tools)",
                     ErrorKind::Unavailable};
    }
    std::string text;
    const bool whole = readAll(pipes[0], text);
    ::close(pipes[0]);
    if (!whole)
        ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    if (!whole)
        return Error{"the keyring did not answer within 5 s; is it locked?", ErrorKind::Unavailable};
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
        text.pop_back();
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || text.empty())
        return Error{"the keyring has no secret for \"" + attributes + "\"", ErrorKind::NotFound};
    return text;
}

struct Kept {
    std::string text;
    SteadyClock::time_point at;
};

Mutex keptMutex;
std::map<std::string, Kept>& kept() HF_REQUIRES(keptMutex)
{
    static std::map<std::string, Kept> answers;
    return answers;
}

}  // namespace

Result<std::string> environmentSecret(const std::string& name)
{
    const char* const value = std::getenv(name.c_str());
    if (value == nullptr || *value == '\0')
        return Error{"the environment variable " + name + " is not set", ErrorKind::NotFound};
    return std::string(value);
}

Result<std::string> keyringSecret(const std::string& attributes)
{
    const MutexLock lock(keptMutex);
    const auto known = kept().find(attributes);
    if (known != kept().end() && SteadyClock::now() - known->second.at < kKeep)
        return known->second.text;
    HF_TRY(std::string text, askSecretTool(attributes));
    kept()[attributes] = {text, SteadyClock::now()};
    return text;
}

}  // namespace holdfast::config
