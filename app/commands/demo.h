#pragma once

#include "app/commands/command.h"

namespace CLI {
class App;
}

namespace holdfast::commands {

/// `holdfast demo`: the demo shop alone, without engine and window. Becomes the program holdfast-fleet that lies beside
/// this one, so that signals and the exit code are its own.
void addDemoCommand(CLI::App& app, CommandResult& result);

}  // namespace holdfast::commands
