#pragma once

#include "app/control/action.h"

#include <cstdint>
#include <string>

namespace holdfast::control {

/// What an act does to the signals, worked out at the moment of asking: the minute before `atMs` against the ten
/// minutes before the act. It slides for five minutes at most, and never beyond the end of the act: what happened after
/// it was put back is not its effect. Until `judgedMs` there are numbers and no verdict. Times: ms since the epoch.
/// Source: cockpit notes on effect cards; the figures are those of compareSpans().
struct EffectView {
    std::int64_t action = 0;
    Effect effect;
    std::int64_t sentMs = 0;    ///< 0: nothing was sent
    std::int64_t judgedMs = 0;  ///< from then on there are verdicts
    std::int64_t atMs = 0;      ///< the end of what is called "now"
    std::int64_t endedMs = 0;   ///< put back, replaced or lost; 0: it still holds
    std::string endedBy;        ///< whose act ended it; "holdfast" for the time limit; empty where nothing tells
};

}  // namespace holdfast::control
