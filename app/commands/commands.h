#pragma once

namespace holdfast::commands {

/// The whole command line of `holdfast`; returns the exit code: 0 done, 1 answered no, 2 usage or input error.
int runCommandLine(int argc, char** argv);

}  // namespace holdfast::commands
