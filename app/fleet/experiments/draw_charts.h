#pragma once

#include "app/base/result.h"

#include <string>

namespace holdfast::fleet {

/// Has `holdfast-window`, which lies beside this program or on the PATH, draw a picture of every experiment of
/// DIRECTORY/results.json into DIRECTORY. Waits for it. Unavailable, saying why, without that program.
[[nodiscard]] Result<void> drawCharts(const std::string& directory);

}  // namespace holdfast::fleet
