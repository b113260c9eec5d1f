#pragma once

#include "app/base/result.h"

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace holdfast::commands {

/// How a child lives.
enum class Bond {
    Owned,     ///< gets SIGTERM when this process ends, however it ends (PR_SET_PDEATHSIG)
    Detached,  ///< a session of its own: lives on
};

struct ChildOptions {
    Bond bond = Bond::Owned;
    std::string logFile;  ///< appended to; empty: this process's own output
};

/// Starts a program; argv[0] is its path. Fails when it cannot be executed.
[[nodiscard]] Result<pid_t> startChild(std::vector<std::string> argv, const ChildOptions& options);

/// The exit status of a child that has ended (128 + signal where one ended it); nothing while it runs.
[[nodiscard]] std::optional<int> endedChild(pid_t pid);

/// SIGTERM, then SIGKILL after `patience`; returns when it is gone. For children and for processes found by number.
void endProcess(pid_t pid, std::chrono::milliseconds patience);

/// Replaces this process; only returns when that fails.
[[nodiscard]] Error becomeProgram(std::vector<std::string> argv);

/// A program beside this one, or on PATH. NotFound otherwise.
[[nodiscard]] Result<std::string> findProgram(const std::string& name);

}  // namespace holdfast::commands
