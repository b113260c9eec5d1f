#pragma once

#include "widgets/client/matrix.h"
#include "widgets/table/row_model.h"

#include <memory>

namespace holdfast::widgets {

/// One series of an answer with what its values come to over the span.
struct SeriesRow {
    std::size_t index = 0;  ///< in the matrix
    QString labels;         ///< as PromQL would select it
    double newest = noSample;
    double least = noSample;
    double most = noSample;
    double mean = noSample;
};

using SeriesModel = RowModel<SeriesRow>;

/// The rows of an answer, largest newest value first. O(samples): runs on the worker.
[[nodiscard]] std::vector<SeriesRow> seriesRows(const Matrix& matrix);
[[nodiscard]] SeriesModel* makeSeriesModel(QObject* parent);
/// `name{a="b"}` of a label map.
[[nodiscard]] QString seriesText(const QMap<QString, QString>& labels);
/// Time, then a column a series: for the clipboard. Decimal point, full precision, RFC 3339 times.
[[nodiscard]] QString tabSeparated(const Matrix& matrix);

}  // namespace holdfast::widgets
