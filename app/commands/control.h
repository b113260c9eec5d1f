#pragma once

#include "app/commands/command.h"

namespace CLI {
class App;
}

namespace holdfast::commands {

/// `holdfast control list|show|holds|arm|disarm|trip|reset|set|revert|extend`: acts over a running engine, which keeps
/// the interlock, the audit and the holds. Waits for the outcome; exit code 0 only for one that was read back.
void addControlCommand(CLI::App& app, CommandResult& result);

}  // namespace holdfast::commands
