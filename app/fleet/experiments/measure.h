#pragma once

#include "app/fleet/experiments/open_loop.h"
#include "app/fleet/experiments/results.h"

#include <cstddef>
#include <span>
#include <vector>

namespace holdfast::fleet {

/// When a run is calm, broken and over, in seconds since its start.
struct Timetable {
    double calmFromS = 1;  ///< the first second only warms up
    double faultFromS = 4;
    double faultUntilS = 9;
    double lengthS = 17;
    double stepS = 0.5;  ///< of a course
};

/// Which outcomes count, and as what.
struct Judgement {
    std::vector<bool> pages{};  ///< by index, whether it counts; empty: all do
    double goodWithinS = 0.5;
};

/// Share of the arrivals in [from, until) that got a good answer in time; NaN without arrivals.
[[nodiscard]] double goodput(std::span<const Outcome> outcomes, double from, double until, const Judgement& judgement);
/// Mean time of the good answers in [from, until), seconds; 0 without.
[[nodiscard]] double meanTook(std::span<const Outcome> outcomes, double from, double until, const Judgement& judgement);
/// The q-quantile of the good answers to arrivals in [from, until), milliseconds; NaN without.
[[nodiscard]] double quantileMs(std::span<const Outcome> outcomes, double from, double until, double q,
                                const Judgement& judgement);
/// Everything but what was looked at inside the shop: queue, workers, headroom.
[[nodiscard]] Figures measure(std::span<const Outcome> outcomes, const Timetable& table, const Judgement& judgement);

}  // namespace holdfast::fleet
