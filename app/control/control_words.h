#pragma once

#include "app/control/control_point.h"

#include <string>
#include <string_view>
#include <vector>

namespace holdfast::control {

/// The fixed wording of a state: "OPEN – rejecting calls", "FORCED ON", "UNKNOWN".
[[nodiscard]] std::string stateWord(Kind kind, std::string_view state);

/// Worse is higher; states that are not known are -1. Breakers: closed half_open open forced_open forced_closed
/// disabled; flags: off on forced_off forced_on.
[[nodiscard]] int stateRank(Kind kind, std::string_view state);

/// What somebody does by asking for this mode: "Open breaker", "Release".
[[nodiscard]] std::string modeVerb(Kind kind, std::string_view mode);

/// "Open breaker on 3 instances", "Switch lean on in 2 instances", "Set maxconn s1 to 50 on 1 server".
[[nodiscard]] std::string actSentence(const ControlPoint& point, const std::string& mode, const std::string& where);

/// The mode in words: "forced open".
[[nodiscard]] std::string modeText(std::string_view mode);

/// The state that a mode leads to: itself, or nothing for "auto", where the service decides.
[[nodiscard]] bool stateFulfils(std::string_view mode, std::string_view state);

/// "15 min", "1 h 30 min", "45 s".
[[nodiscard]] std::string holdText(std::int64_t seconds);

}  // namespace holdfast::control
