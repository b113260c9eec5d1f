#pragma once

#include "app/commands/command.h"

namespace CLI {
class App;
}

namespace holdfast::commands {

/// `holdfast check metrics [FILE] [--format text|openmetrics]`: parses an exposition (standard input without FILE)
/// and applies the strict rules of its format on top. Exit codes: 0 fine, 1 against the rules, 2 no such file, 3
/// (with --lint all, as promtool) only against good style.
void addCheckMetricsCommand(CLI::App& check, CommandResult& result);

}  // namespace holdfast::commands
