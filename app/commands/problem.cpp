#include "app/commands/problem.h"

#include <cstdio>
#include <string>

namespace holdfast::commands {

void say(CommandResult& result, std::string_view command, const Error& error)
{
    std::fprintf(stderr, "holdfast %s: %s\n", std::string(command).c_str(), error.message.c_str());
    const bool answeredNo =
        error.kind == ErrorKind::NotFound || error.kind == ErrorKind::Conflict || error.kind == ErrorKind::Denied;
    result.exitCode = answeredNo ? 1 : 2;
}

}  // namespace holdfast::commands
