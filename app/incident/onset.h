#pragma once

#include "app/incident/incident.h"
#include "app/model/sample.h"
#include "app/promql/engine.h"

#include <cstdint>
#include <optional>
#include <span>

namespace holdfast::incident {

enum class Direction { Rises, Falls };

/// When a series left its usual level for good: the beginning of the unbroken run of samples, up to activeAt, that are
/// off the usual level by more than 3 median deviations and 20 % of it, and by a tenth of the whole shift. Usual is the
/// median before the last 3 min (of a younger series the older half). Nothing where the run is longer than 3 min, or
/// where there is too little to compare with; the first minute of a series' life, also after a gap, says nothing.
///
/// samples     ascending by time, of the 10 minutes before activeAt
/// activeAtMs  since when the alert's condition held, ms since the epoch: firing less the rule's `for`
/// Returns     ms since the epoch, at most activeAtMs
[[nodiscard]] std::optional<std::int64_t> changePoint(std::span<const Sample> samples, std::int64_t activeAtMs,
                                                      Direction direction);

/// The onset of a signal from the stored normalised series; its activeAt (already in signal.onsetMs) where the series
/// tells nothing.
[[nodiscard]] std::int64_t findOnset(const promql::Engine& engine, const IncidentSignal& signal);

}  // namespace holdfast::incident
