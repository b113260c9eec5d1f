#pragma once

#include "widgets/client/matrix.h"
#include "widgets/client/service_page.h"

#include <memory>
#include <optional>
#include <vector>

namespace holdfast::widgets {

/// One line of a lane: a series of an answer and how it is drawn.
struct LaneLine {
    QString name;
    LineRole role = LineRole::Main;
    std::shared_ptr<const Matrix> matrix;
    std::size_t series = 0;    ///< which series of the matrix
    std::int64_t shiftMs = 0;  ///< the matrix is that much older than where it is drawn: a past to compare with
    bool outlier = false;      ///< stands out among its like: drawn in the abnormal colour throughout
    bool dotted = false;       ///< from too few samples to be trusted

    /// The values on the matrix' grid, or null when there are none.
    [[nodiscard]] const std::vector<double>* values() const
    {
        return matrix && series < matrix->series.size() ? &matrix->series[series].values : nullptr;
    }
    /// Where value 0 is drawn, ms since the epoch.
    [[nodiscard]] std::int64_t startMs() const { return matrix->startMs + shiftMs; }
};

/// Where a falling headroom meets zero if it goes on like this: from (fromMs, value) to zero between lowMs and highMs.
struct Forecast {
    std::int64_t fromMs = 0;
    double value = 0;
    std::int64_t lowMs = 0;
    std::int64_t midMs = 0;
    std::int64_t highMs = 0;

    friend bool operator==(const Forecast&, const Forecast&) = default;
};

/// What was usual in a span somebody chose: the middle nine tenths and the mean.
struct Baseline {
    double low = 0;
    double mean = 0;
    double high = 0;

    friend bool operator==(const Baseline&, const Baseline&) = default;
};

/// All that a line lane draws. Value; the matrices are shared and immutable.
struct LaneData {
    LaneUnit unit = LaneUnit::Count;
    std::optional<LaneLimit> limit;
    std::vector<LaneLine> lines;
    std::optional<Forecast> forecast = {};
    std::optional<Baseline> baseline = {};
};

/// One line for each series of an answer, at most `most`, named by the query; "{{label}}" in the name is replaced.
[[nodiscard]] std::vector<LaneLine> linesOf(const LaneQuery& query, const std::shared_ptr<const Matrix>& matrix,
                                            std::size_t most);

/// The value of the line at `ms`, from the nearest grid point; noSample outside or in a gap.
[[nodiscard]] double valueAt(const LaneLine& line, std::int64_t ms);
/// The value at the right edge of a span: the last one at or before `endMs`, at most a minute or three grid steps
/// older.
[[nodiscard]] double edgeValue(const LaneLine& line, std::int64_t endMs);

struct ValueRange {
    double low = 0;
    double high = 1;

    friend bool operator==(const ValueRange&, const ValueRange&) = default;
};

/// The axis of a lane: from 0 to a round number above all values and, when it is near, the limit. Ratios of headroom
/// stand on 0…1. `previous` keeps the axis from jumping: it shrinks only when less than 40 % of it is used.
[[nodiscard]] ValueRange axisRange(const LaneData& data, ValueRange previous);
/// The same when the largest value is known already.
[[nodiscard]] ValueRange axisRange(const LaneData& data, double largest, ValueRange previous);
/// The largest finite value of all lines, at least 0.
[[nodiscard]] double largestOf(const LaneData& data);

/// A span without samples between two with samples, or at the right end: [startMs, endMs].
struct Gap {
    std::int64_t startMs = 0;
    std::int64_t endMs = 0;
};

/// Gaps of at least three grid steps, where no line has a sample. Nothing before the first sample counts.
[[nodiscard]] std::vector<Gap> gapsOf(const LaneData& data, std::int64_t untilMs);

/// How old the newest sample may be before the right end counts as a gap; nothing without lines.
[[nodiscard]] std::optional<std::int64_t> gapPatienceMs(const LaneData& data);

}  // namespace holdfast::widgets
