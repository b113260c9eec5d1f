#include "app/signals/sparks.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace holdfast::signals {

namespace {

constexpr int kMostPoints = 1000;

}  // namespace

void fillSparks(const SeriesReader& reader, std::int64_t rangeMs, int points, FleetModel& fleet)
{
    if (points < 2 || points > kMostPoints || rangeMs < points)
        return;
    const std::int64_t step = rangeMs / points;
    // Aligned to the step, so that a picture moves by whole points and does not shimmer.
    const std::int64_t end = reader.t() / step * step;
    fleet.spark = {.startMs = end - (points - 1) * step, .stepMs = step, .points = points};
    const std::int64_t lookback = std::max({step, 3 * fleet.intervalMs, std::int64_t{10'000}});
    for (const auto& [member, expression] :
         {std::pair{&ServiceRow::p99, "holdfast:latency:quantile{quantile=\"0.99\"}"},
          std::pair{&ServiceRow::errors, "holdfast:errors:ratio"},
          std::pair{&ServiceRow::requests, "holdfast:requests:rate"},
          std::pair{&ServiceRow::headroom, "holdfast:headroom:ratio"}}) {
        const auto matrix = reader.range(expression, fleet.spark.startMs, step, lookback);
        if (!matrix.ok())
            continue;
        for (const auto& series : *matrix) {
            const auto row = std::ranges::find(fleet.services, series.labels->get("service"), &ServiceRow::name);
            if (row == fleet.services.end())
                continue;
            auto& spark = ((*row).*member).spark;
            spark.assign(static_cast<std::size_t>(points), std::nullopt);
            for (const Sample& sample : series.samples) {
                const std::int64_t index = (sample.t - fleet.spark.startMs) / step;
                if (index >= 0 && index < points && std::isfinite(sample.v))
                    spark[static_cast<std::size_t>(index)] = sample.v;
            }
        }
    }
}

}  // namespace holdfast::signals
