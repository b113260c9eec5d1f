#pragma once

#include "app/control/action.h"

#include <string>

namespace holdfast::control {

/// What an act did, for people: "errors 53 % → 0.4 %, better; p99 2.2 s → 180 ms, no clear change".
[[nodiscard]] std::string effectText(const Effect& effect);

}  // namespace holdfast::control
