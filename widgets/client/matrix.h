#pragma once

#include "app/base/result.h"

#include <QMap>
#include <QString>

#include <cstdint>
#include <limits>
#include <vector>

class QByteArray;

namespace holdfast::widgets {

/// Value that means "no sample here": the painters leave a gap.
inline constexpr double noSample = std::numeric_limits<double>::quiet_NaN();

/// One series on an even grid of times: value i stands at Grid::startMs + i · Grid::stepMs.
struct GridSeries {
    QMap<QString, QString> labels;
    std::vector<double> values;  ///< noSample where there is none
};

/// The answer to `query_range`, laid on the grid it was asked for. Immutable once shared.
struct Matrix {
    std::int64_t startMs = 0;
    std::int64_t stepMs = 1;
    std::int64_t points = 0;
    std::vector<GridSeries> series;
};

/// The grid of an answer: both ends inclusive, as in the API.
struct Grid {
    std::int64_t startMs = 0;
    std::int64_t endMs = 0;
    std::int64_t stepMs = 1;

    [[nodiscard]] std::int64_t points() const { return endMs < startMs ? 0 : (endMs - startMs) / stepMs + 1; }
};

/// Reads a Prometheus matrix or vector answer. An answer with status "error" becomes that error, in its words.
[[nodiscard]] Result<Matrix> decodeMatrix(const QByteArray& body, Grid grid);

/// `old` with `tail` laid over its end, cut to `grid`; both must have the grid's step. Series that are only in one
/// of the two are kept and filled with gaps.
[[nodiscard]] Matrix mergeTail(const Matrix& old, const Matrix& tail, Grid grid);

}  // namespace holdfast::widgets
