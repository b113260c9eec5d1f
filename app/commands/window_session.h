#pragma once

#include "app/base/result.h"

#include <string>
#include <vector>

namespace holdfast::commands {

/// What the window is to show, and of whom.
struct WindowRequest {
    std::string config;
    std::string database;
    std::string attach;       ///< URL of a Prometheus-compatible API: no engine is needed
    std::string scenario;     ///< of the demo; empty: the fleet's own choice
    std::string stateFolder;  ///< of the demo; empty: the default one
    std::string open;         ///< a .holdfast bundle to be replayed
    bool demo = false;
    bool keepEngine = true;              ///< false: an engine that was started here ends with the window
    std::vector<std::string> arguments;  ///< handed to holdfast-window as they are
};

/// Runs the window to its end and returns its exit code. With a kept engine this process becomes the window and only
/// comes back on failure. SIGINT and SIGTERM end the window first, then what was started here.
[[nodiscard]] Result<int> runWindow(const WindowRequest& request);

}  // namespace holdfast::commands
