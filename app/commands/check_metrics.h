#pragma once

#include "app/commands/command.h"

namespace CLI {
class App;
}

namespace holdfast::commands {

/// `holdfast check metrics [FILE] [--format text|openmetrics]`: parses an exposition (standard input without FILE)
/// and applies the strict rules of its format on top. Exit codes as `promtool check metrics`: 0 fine, 1 not
/// readable, 3 readable but against the format's rules.
void addCheckMetricsCommand(CLI::App& check, CommandResult& result);

}  // namespace holdfast::commands
