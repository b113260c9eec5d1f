#include "app/fleet/experiments/draw_charts.h"

#include "app/base/argument_list.h"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <vector>

namespace holdfast::fleet {

namespace {

/// Beside this program if it is there; otherwise its name, for the PATH.
std::string windowProgram()
{
    std::error_code error;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
    const auto beside = self.parent_path() / "holdfast-window";
    return std::filesystem::exists(beside, error) ? beside.string() : "holdfast-window";
}

/// This process's environment; no display is needed to draw into a file.
std::vector<std::string> environment()
{
    std::vector<std::string> out;
    for (char** one = environ; *one; ++one)
        if (!std::string_view(*one).starts_with("QT_QPA_PLATFORM="))
            out.emplace_back(*one);
    out.emplace_back("QT_QPA_PLATFORM=offscreen");
    return out;
}

}  // namespace

Result<void> drawCharts(const std::string& directory)
{
    std::vector<std::string> arguments{windowProgram(), "--experiment-charts", directory + "/results.json", "--out",
                                       directory};
    std::vector<std::string> variables = environment();
    pid_t child = 0;
    const int failed = posix_spawnp(&child, arguments.front().c_str(), nullptr, nullptr, argumentList(arguments).data(),
                                    argumentList(variables).data());
    if (failed != 0)
        return Error{"holdfast-window, which draws them, cannot be started: " + std::string(std::strerror(failed)),
                     ErrorKind::Unavailable};
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return Error{"holdfast-window could not draw them", ErrorKind::Unavailable};
    return {};
}

}  // namespace holdfast::fleet
