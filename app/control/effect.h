#pragma once

#include "app/control/action.h"
#include "app/control/control_doors.h"

#include <vector>

namespace holdfast::control {

/// What an act did to the signals: one line each, with numbers.
///
/// A change is called when |Δ median| > max(3 × MAD of before, 20 % of before); for errors a two-proportion z-test must
/// say so besides: |z| > 3.3 with 20 errors or more in either span. Under 100 requests in either span, or nothing
/// measured on one side: too early.
/// before  10 minutes before the act; now: the last 60 s, the first 30 s after the act left out
[[nodiscard]] std::vector<EffectLine> compareSpans(const std::vector<EffectSeries>& before,
                                                   const std::vector<EffectSeries>& now, const std::string& ownService);

}  // namespace holdfast::control
