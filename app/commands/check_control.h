#pragma once

#include "app/commands/command.h"

namespace CLI {
class App;
}

namespace holdfast::commands {

/// `holdfast check control FILE [--json]`: reads the control groups of a configuration, or one preset, and shows the
/// requests that would be sent, without secrets and without sending anything. What is wrong is told with file, line and
/// column. Exit code 1 for a group or preset that cannot work.
void addCheckControlCommand(CLI::App& check, CommandResult& result);

}  // namespace holdfast::commands
