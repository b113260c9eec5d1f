#pragma once

#include "widgets/client/matrix.h"
#include "widgets/explore/line_styles.h"
#include "widgets/explore/value_axis.h"

#include <QSize>
#include <QString>

#include <cstdint>
#include <memory>
#include <vector>

class QPainter;

namespace holdfast::widgets {

/// One line of Explore's chart: a series of an answer and its looks. The matrix is shared and immutable.
struct QueryLine {
    QString key;  ///< which series, of which query
    LineStyle style;
    std::shared_ptr<const Matrix> matrix;
    std::size_t series = 0;
    bool strong = false;  ///< chosen in the legend: drawn last and wider
    bool dim = false;     ///< another one is chosen

    [[nodiscard]] const std::vector<double>& values() const { return matrix->series[series].values; }
};

/// Where lines are drawn: device-independent pixels, and the span they cover.
struct LinesFrame {
    QSize size;
    double pixelRatio = 1;
    std::int64_t startMs = 0;
    std::int64_t endMs = 1;
    ValueAxis axis;
};

/// Least and most of what the lines have in [startMs, endMs]; least > most without a value. Infinities do not count.
struct ValueSpan {
    double least = 1;
    double most = 0;
};
[[nodiscard]] ValueSpan valueSpan(const std::vector<QueryLine>& lines, std::int64_t startMs, std::int64_t endMs);

/// Draws the lines; a gap of more than two grid steps stays open, a lone sample is a dot. Samples denser than two a
/// pixel are drawn through the least and the most of their column. Thread-safe with a painter of one's own.
void paintQueryLines(QPainter& painter, const std::vector<QueryLine>& lines, const LinesFrame& frame, ThemeKind kind);

}  // namespace holdfast::widgets
