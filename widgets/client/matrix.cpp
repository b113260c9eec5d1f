#include "widgets/client/matrix.h"

#include "app/base/number_text.h"
#include "widgets/client/json_fields.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>

namespace holdfast::widgets {

namespace {

void placeSample(const QJsonArray& pair, Grid grid, std::vector<double>& values)
{
    if (pair.size() != 2)
        return;
    const auto ms = static_cast<std::int64_t>(std::llround(pair.at(0).toDouble() * 1000.0));
    const std::int64_t index = (ms - grid.startMs + grid.stepMs / 2) / grid.stepMs;
    if (ms < grid.startMs - grid.stepMs / 2 || index >= static_cast<std::int64_t>(values.size()))
        return;
    const double value = parseDouble(pair.at(1).toString().toStdString()).value_or(noSample);
    values[static_cast<std::size_t>(index)] = std::isinf(value) ? noSample : value;
}

GridSeries readSeries(const QJsonObject& object, Grid grid)
{
    GridSeries series;
    const QJsonObject metric = objectField(object, "metric");
    for (auto label = metric.begin(); label != metric.end(); ++label)
        series.labels.insert(label.key(), label.value().toString());
    series.values.assign(static_cast<std::size_t>(grid.points()), noSample);
    for (const auto& pair : object.value(QLatin1String("values")).toArray())
        placeSample(pair.toArray(), grid, series.values);
    if (object.contains(QLatin1String("value")))
        placeSample(object.value(QLatin1String("value")).toArray(), grid, series.values);
    return series;
}

void copyOver(const Matrix& from, const GridSeries& series, const Matrix& into, GridSeries& target)
{
    const std::int64_t shift = (from.startMs - into.startMs) / into.stepMs;
    for (std::int64_t i = 0; i < from.points; ++i) {
        const std::int64_t at = i + shift;
        if (at >= 0 && at < into.points)
            target.values[static_cast<std::size_t>(at)] = series.values[static_cast<std::size_t>(i)];
    }
}

GridSeries& seriesOf(Matrix& matrix, const QMap<QString, QString>& labels)
{
    const auto found = std::find_if(matrix.series.begin(), matrix.series.end(),
                                    [&](const GridSeries& series) { return series.labels == labels; });
    if (found != matrix.series.end())
        return *found;
    matrix.series.push_back({labels, std::vector<double>(static_cast<std::size_t>(matrix.points), noSample)});
    return matrix.series.back();
}

}  // namespace

Result<Matrix> decodeMatrix(const QByteArray& body, Grid grid)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    if (textField(root, "status") != QLatin1String("success"))
        return Error{textField(root, "error").toStdString(), ErrorKind::BadInput};
    Matrix matrix{grid.startMs, grid.stepMs, grid.points(), {}};
    matrix.series = objectList<GridSeries>(objectField(root, "data"), "result",
                                           [grid](const QJsonObject& series) { return readSeries(series, grid); });
    return matrix;
}

Matrix mergeTail(const Matrix& old, const Matrix& tail, Grid grid)
{
    Matrix merged{grid.startMs, grid.stepMs, grid.points(), {}};
    for (const GridSeries& series : old.series)
        copyOver(old, series, merged, seriesOf(merged, series.labels));
    // Where the tail was asked and answered nothing, the old value does not stand any more.
    const std::int64_t first = std::max<std::int64_t>(0, (tail.startMs - merged.startMs) / merged.stepMs);
    for (GridSeries& series : merged.series)
        std::fill(series.values.begin() + std::min(first, merged.points), series.values.end(), noSample);
    for (const GridSeries& series : tail.series)
        copyOver(tail, series, merged, seriesOf(merged, series.labels));
    return merged;
}

}  // namespace holdfast::widgets
