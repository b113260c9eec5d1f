#pragma once

#include "app/commands/command.h"

namespace CLI {
class App;
}

namespace holdfast::commands {

/// `holdfast check rules FILE…`: promtool's words and exit codes: 0 good, 1 wrong, 3 lint with --lint-fatal.
void addCheckRulesCommand(CLI::App& check, CommandResult& result);

}  // namespace holdfast::commands
