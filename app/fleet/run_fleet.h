#pragma once

namespace holdfast::fleet {

/// The program holdfast-fleet: reads its arguments, runs until SIGTERM or SIGINT, or until its parent is gone.
/// Returns the exit code: 0 stopped as asked, 2 usage or input error or a port that is taken.
[[nodiscard]] int runFleet(int argc, char** argv);

}  // namespace holdfast::fleet
