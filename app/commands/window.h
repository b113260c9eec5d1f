#pragma once

#include "app/commands/command.h"

namespace CLI {
class App;
}

namespace holdfast::commands {

/// `holdfast` without a command: finds or starts the engine of a database and opens the window on it.
///
/// The engine is a process of its own and stays when the window goes, so that no window can stop a scrape; `--demo`
/// also starts the demo fleet, and ends all three together.
void addWindowOptions(CLI::App& app, CommandResult& result);

/// `holdfast screenshot --view V … --out F.png`: a picture of the window. An engine that was started for it is
/// stopped again.
void addScreenshotCommand(CLI::App& app, CommandResult& result);

}  // namespace holdfast::commands
