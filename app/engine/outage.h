#pragma once

#include "app/base/result.h"
#include "app/incident/event.h"
#include "app/store/appender.h"
#include "app/store/querier.h"

#include <cstdint>
#include <optional>

namespace holdfast::engine {

/// The time in which no engine ran, as the file tells it: from its newest sample to now.
struct Outage {
    std::int64_t fromMs = 0;  ///< ms since the epoch
    std::int64_t toMs = 0;
};

/// Ends the series that an earlier life of the engine left without an end, or the look-back would go on drawing them
/// for five minutes: one staleness marker, 1 ms after the newest sample, for each series of `up`, ALERTS and
/// holdfast:… with a sample in the five minutes before. To be called before anything is collected or evaluated.
///
/// newestMs  time of the newest sample in the file; 0: there is none
[[nodiscard]] Result<Outage> endLeftSeries(const store::Querier& querier, store::Appender& appender,
                                           std::int64_t newestMs, std::int64_t nowMs);

/// "not collecting from 15:40:10Z to 15:43:00Z"; nothing for a gap of at most three intervals.
[[nodiscard]] std::optional<incident::Event> outageEvent(const Outage& outage, std::int64_t intervalMs);

}  // namespace holdfast::engine
