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
    std::size_t series = 0;  ///< which series of the matrix

    /// The values on the matrix' grid, or null when there are none.
    [[nodiscard]] const std::vector<double>* values() const
    {
        return matrix && series < matrix->series.size() ? &matrix->series[series].values : nullptr;
    }
};

/// All that a line lane draws. Value; the matrices are shared and immutable.
struct LaneData {
    LaneUnit unit = LaneUnit::Count;
    std::optional<LaneLimit> limit;
    std::vector<LaneLine> lines;
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

/// A span without samples between two with samples, or at the right end: [startMs, endMs].
struct Gap {
    std::int64_t startMs = 0;
    std::int64_t endMs = 0;
};

/// Gaps of at least three grid steps, where no line has a sample. Nothing before the first sample counts.
[[nodiscard]] std::vector<Gap> gapsOf(const LaneData& data, std::int64_t untilMs);

}  // namespace holdfast::widgets
