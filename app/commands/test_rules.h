#pragma once

#include "app/commands/command.h"

namespace CLI {
class App;
}

namespace holdfast::commands {

/// `holdfast test rules FILE…`: runs rule unit tests in promtool's format; exit code 0 passed, 1 failed.
void addTestRulesCommand(CLI::App& test, CommandResult& result);

}  // namespace holdfast::commands
