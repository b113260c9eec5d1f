#pragma once

namespace holdfast::commands {

/// What a subcommand ends with: 0 done, 1 answered no, 2 usage or input error.
struct CommandResult {
    int exitCode = 0;
};

} // namespace holdfast::commands
