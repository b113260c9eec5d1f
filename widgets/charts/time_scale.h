#pragma once

#include "widgets/client/matrix.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace holdfast::widgets {

/// Times to pixels and back. `left` and `width` in device-independent pixels; times in ms since the epoch.
struct TimeScale {
    std::int64_t startMs = 0;
    std::int64_t endMs = 1;
    double left = 0;
    double width = 1;

    [[nodiscard]] double x(std::int64_t ms) const;
    [[nodiscard]] std::int64_t at(double px) const;
};

/// The smallest round step (1 2 5 10 15 30 s, …, 1 d) that is at least `spanMs / columns` and at least `leastMs`.
[[nodiscard]] std::int64_t roundStepMs(std::int64_t spanMs, std::int64_t columns, std::int64_t leastMs);

/// The grid to ask [startMs, endMs] with: a round step of at least `leastMs`, about `columns` points, both ends on
/// whole steps, so that the picture does not shimmer while the range moves.
[[nodiscard]] Grid alignedGrid(std::int64_t startMs, std::int64_t endMs, std::int64_t columns, std::int64_t leastMs);

/// The round times alone, for grids: making the words costs more than drawing the lines.
[[nodiscard]] std::vector<std::int64_t> tickTimes(std::int64_t startMs, std::int64_t endMs, int most);

struct TimeTick {
    std::int64_t ms = 0;
    QString text;  ///< "03:04", with seconds on short spans, with the day at midnight
};

/// Round times inside [startMs, endMs], at most `most` of them, ascending; round in the shown zone.
[[nodiscard]] std::vector<TimeTick> timeTicks(std::int64_t startMs, std::int64_t endMs, int most);

}  // namespace holdfast::widgets
