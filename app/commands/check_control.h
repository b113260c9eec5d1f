#pragma once

#include "app/commands/command.h"

namespace CLI {
class App;
}

namespace holdfast::commands {

/// `holdfast check control FILE`: reads the control groups of a configuration and shows, for each, the requests that
/// would be sent, without a token and without sending anything. Exit code 1 for a group that cannot work.
void addCheckControlCommand(CLI::App& check, CommandResult& result);

}  // namespace holdfast::commands
