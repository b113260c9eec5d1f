#pragma once

#include "app/commands/command.h"

namespace CLI {
class App;
}

namespace holdfast::commands {

/// `holdfast notify list|test`: who is told, what became of it, and whether a receiver works.
void addNotifyCommand(CLI::App& app, CommandResult& result);

}  // namespace holdfast::commands
