#pragma once

#include "app/commands/command.h"

namespace CLI {
class App;
}

namespace holdfast::commands {

/// `holdfast serve`: runs the engine until SIGTERM or SIGINT; SIGHUP reads the configuration again.
/// Exit codes: 0 stopped, 2 configuration, database or port unusable.
void addServeCommand(CLI::App& app, CommandResult& result);

}  // namespace holdfast::commands
