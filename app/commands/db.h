#pragma once

#include "app/commands/command.h"

namespace CLI {
class App;
}

namespace holdfast::commands {

/// `holdfast db check|stats|compact|backup --db F`. check and stats read only and may run beside an engine; backup
/// too; compact needs the file for itself. Exit codes: 0 done or sound, 1 damage found, 2 the file cannot be used.
void addDbCommand(CLI::App& app, CommandResult& result);

}  // namespace holdfast::commands
