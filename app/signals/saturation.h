#pragma once

#include "app/model/sample.h"

#include <cstdint>
#include <optional>
#include <span>

namespace holdfast::signals {

/// Slope per second: the median of the slopes of all pairs, which steps and single outliers do not move. At most 60
/// samples, evenly chosen, are looked at. Nothing for fewer than 5 samples.
/// Source: Theil 1950, Sen 1968 ("Estimates of the regression coefficient based on Kendall's tau").
[[nodiscard]] std::optional<double> theilSenSlope(std::span<const Sample> samples);

struct Saturation {
    double minutes = 0;
    double low = 0, high = 0;  ///< from the fits over 10 and over 30 minutes
};

/// When a utilisation will reach its ceiling if it goes on as over the last 15 minutes. Nothing unless it rises over
/// 10, 15 and 30 minutes alike (or over what there is, at least 10 minutes), has used more than 40 % of its ceiling,
/// and reaches it within 6 hours. samples ascending by time, up to `now` (ms)
[[nodiscard]] std::optional<Saturation> timeToSaturation(std::span<const Sample> samples, double current,
                                                         double ceiling, std::int64_t now);

}  // namespace holdfast::signals
