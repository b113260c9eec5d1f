#pragma once

#include "app/commands/command.h"

namespace CLI {
class App;
}

namespace holdfast::commands {

/// `holdfast query EXPR (--db F | --url U) [--time T | --start A --end B --step S] [--json|--csv]`: asks a database,
/// or anything that speaks Prometheus's API. Exit codes: 0 answered, 2 refused or no answer.
void addQueryCommand(CLI::App& app, CommandResult& result);

}  // namespace holdfast::commands
