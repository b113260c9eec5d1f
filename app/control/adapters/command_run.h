#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace holdfast::control {

struct CommandRequest {
    std::vector<std::string> words;                  ///< program (absolute path) and arguments; no shell reads them
    std::map<std::string, std::string> environment;  ///< all that the program gets, besides PATH and LC_ALL
    std::int64_t timeoutMs = 5'000;
};

struct CommandOutcome {
    enum class Kind {
        Ended,       ///< it ran to its end
        NotStarted,  ///< nothing ran
        TimedOut,    ///< it was ended, with everything it had started: what it had done by then is not known
        Killed,      ///< something else ended it by a signal
    };
    Kind kind = Kind::NotStarted;
    int exitCode = -1;   ///< of Ended
    std::string output;  ///< what it wrote on its standard output, at most 1 MiB
    std::string errors;  ///< the first 4 KiB of its standard error
    std::string error;   ///< in words, unless Ended
    std::int64_t latencyMs = 0;
};

/// Runs one program, once, in a process group of its own that is killed at the deadline. It inherits no file of ours,
/// its standard input is empty, and of our environment nothing reaches it. Blocks at most timeoutMs. Thread-safe.
[[nodiscard]] CommandOutcome runCommand(const CommandRequest& request);

}  // namespace holdfast::control
