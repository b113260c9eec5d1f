#pragma once

#include "app/base/result.h"
#include "app/commands/command.h"

#include <string_view>

namespace holdfast::commands {

/// Says what went wrong on standard error, "holdfast COMMAND: …", and sets the exit code: 1 where the other side
/// answered no (not found, conflict, denied), 2 for everything else.
void say(CommandResult& result, std::string_view command, const Error& error);

}  // namespace holdfast::commands
