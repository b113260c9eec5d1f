#pragma once

#include "app/commands/command.h"

namespace CLI {
class App;
}

namespace holdfast::commands {

/// `holdfast incidents list|show|export|ack|note|resolve`: the incidents of a running engine.
void addIncidentsCommand(CLI::App& app, CommandResult& result);

}  // namespace holdfast::commands
