#pragma once

#include "app/commands/command.h"

namespace CLI {
class App;
}

namespace holdfast::commands {

/// `holdfast audit [--limit N] [--json|--csv]`: who did what to which control, newest first, from a running engine.
void addAuditCommand(CLI::App& app, CommandResult& result);

}  // namespace holdfast::commands
