#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace holdfast::resilience {

/// One bounded thing a service needs.
struct Resource {
    std::string name;
    double used = 0;       ///< utilisation U, 0 … 1 of what there is; may exceed 1
    double ceiling = 0.9;  ///< utilisation C up to which it works well, (0, 1]
};

struct Headroom {
    double ratio = 1;  ///< min over the resources of 1 − U/C, clamped to [0, 1]
    double multiple =
        0;  ///< min of C/U: so many times today's load fit, if use grows with load; 0 when nothing is used
    std::string limiting;  ///< name of the resource that is scarcest; empty without resources
};

/// How much is left before the scarcest resource leaves the range in which it works well.
/// Source: utilisation law; the least 1 − U/C is the service's own, as the first resource to end ends it all.
[[nodiscard]] Headroom headroom(std::span<const Resource> resources);

struct UsePoint {
    std::int64_t atMs = 0;
    double used = 0;
};

/// Slope in utilisation per minute: the median of the slopes of all pairs, so that single steps and spikes do not turn
/// it. Nothing with fewer than 3 points of different times. Cost O(n²): hand in at most some 200 points.
/// Source: H. Theil (1950), P. K. Sen (1968).
[[nodiscard]] std::optional<double> theilSenPerMinute(std::span<const UsePoint> points);

struct Forecast {
    double minutes = 0;  ///< until `ceiling`, from the longer stretch
    double low = 0;      ///< the sooner of the two stretches' answers
    double high = 0;     ///< the later one
};

/// Minutes until `ceiling` is reached, from the last 30 minutes and the last 10 of `points` (ascending by time).
/// Nothing unless both stretches rise, and it is at most six hours. 0 when the ceiling is reached already.
[[nodiscard]] std::optional<Forecast> minutesToSaturation(std::span<const UsePoint> points, double ceiling);

}  // namespace holdfast::resilience
