#pragma once

#include "app/base/result.h"
#include "app/control/action.h"
#include "app/control/control_point.h"

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>

namespace holdfast::control {

/// What stands between a wish and a request. Each rule answers with a sentence that says how to go on.
///
///   1. the control is listed by the system, and not locked (armed, and an instance can be read)
///   2. the mode is one that the system offers
///   3. a reason of 3 characters or more, and an actor
///   4. a hold of 1 s up to the group's longest, unless the system decides again (its resting mode)
///   5. what was shown when the person decided is still so
///   6. high blast: the name is typed, letter for letter
/// Errors  BadInput, Conflict, Denied
[[nodiscard]] std::optional<Error> refusal(const ActionRequest& request, const ControlPoint& point);

/// The mode of a control over its instances: the common one, or the first that is not "auto".
[[nodiscard]] std::string modeOf(const ControlPoint& point);

/// Whether this mode lets the system decide, so that nothing has to be held.
[[nodiscard]] bool isResting(const ControlPoint& point, const std::string& mode);

/// What has to be typed for a control of high blast: the callee of a breaker, else the control's name.
[[nodiscard]] std::string nameToType(const ControlPoint& point);

/// How fast acts of a group may follow each other. Guessed figures: a person is slower, a script that runs wild is not.
struct RatePace {
    std::int64_t coolDownMs = 2'000;  ///< between two on one control
    std::size_t actsPerMinute = 30;   ///< in the group
};

/// Bounds how fast acts may follow each other. One thread at a time.
class RateLimit {
public:
    /// Counts the act when it is let through.
    [[nodiscard]] std::optional<Error> refusal(const std::string& group, const std::string& control, std::int64_t nowMs,
                                               const RatePace& pace);

private:
    std::map<std::string, std::int64_t> m_lastOfControl;
    std::map<std::string, std::deque<std::int64_t>> m_ofGroup;
};

}  // namespace holdfast::control
