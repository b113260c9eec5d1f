#pragma once

#include "app/commands/command.h"

namespace CLI {
class App;
}

namespace holdfast::commands {

/// `holdfast check config FILE`: reads a configuration as the engine would, prints what is wrong with file, line
/// and column (exit code 1) or what is understood but not done (exit code 0), as `promtool check config` does.
void addCheckConfigCommand(CLI::App& check, CommandResult& result);

}  // namespace holdfast::commands
