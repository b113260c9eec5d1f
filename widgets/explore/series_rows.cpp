#include "widgets/explore/series_rows.h"

#include "app/base/number_text.h"
#include "app/base/time_text.h"
#include "app/model/label_set.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace holdfast::widgets {

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("Explore", text);
}

/// Six digits tell numbers of unknown unit apart; the clipboard has all of them.
QString shortNumber(double value)
{
    return std::isnan(value) ? QStringLiteral("–") : QString::number(value, 'g', 6);
}

SeriesRow summarise(const GridSeries& series, std::size_t index)
{
    SeriesRow row;
    row.index = index;
    row.labels = seriesText(series.labels);
    double sum = 0;
    std::size_t count = 0;
    for (const double value : series.values) {
        if (std::isnan(value))
            continue;
        row.least = count == 0 ? value : std::min(row.least, value);
        row.most = count == 0 ? value : std::max(row.most, value);
        row.newest = value;
        sum += value;
        ++count;
    }
    if (count > 0)
        row.mean = sum / static_cast<double>(count);
    return row;
}

}  // namespace

std::vector<SeriesRow> seriesRows(const Matrix& matrix)
{
    std::vector<SeriesRow> rows;
    rows.reserve(matrix.series.size());
    for (std::size_t i = 0; i < matrix.series.size(); ++i)
        rows.push_back(summarise(matrix.series[i], i));
    std::ranges::stable_sort(rows, [](const SeriesRow& a, const SeriesRow& b) {
        if (std::isnan(a.newest) || std::isnan(b.newest))
            return !std::isnan(a.newest) && std::isnan(b.newest);
        return a.newest > b.newest;
    });
    return rows;
}

SeriesModel* makeSeriesModel(QObject* parent)
{
    const auto number = [](double SeriesRow::*member) {
        return [member](const SeriesRow& row, int role) -> QVariant {
            if (role == Qt::DisplayRole)
                return shortNumber(row.*member);
            return role == Qt::TextAlignmentRole ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
        };
    };
    return new SeriesModel(
        {{QString(), [](const SeriesRow&, int) { return QVariant(); }},
         {words("Series"),
          [](const SeriesRow& row, int role) -> QVariant {
              return role == Qt::DisplayRole ? QVariant(row.labels) : QVariant();
          }},
         {words("Newest"), number(&SeriesRow::newest)},
         {words("Least"), number(&SeriesRow::least)},
         {words("Most"), number(&SeriesRow::most)},
         {words("Mean"), number(&SeriesRow::mean)}},
        [](const SeriesRow& row) { return row.labels; }, parent);
}

QString seriesText(const QMap<QString, QString>& labels)
{
    std::vector<Label> list;
    for (auto it = labels.cbegin(); it != labels.cend(); ++it)
        list.push_back({it.key().toStdString(), it.value().toStdString()});
    return QString::fromStdString(LabelSet(std::move(list)).text());
}

QString tabSeparated(const Matrix& matrix)
{
    QString text = QStringLiteral("time");
    for (const GridSeries& series : matrix.series)
        text += QLatin1Char('\t') + seriesText(series.labels);
    text += QLatin1Char('\n');
    for (std::int64_t i = 0; i < matrix.points; ++i) {
        text += QString::fromStdString(rfc3339(matrix.startMs + i * matrix.stepMs));
        for (const GridSeries& series : matrix.series) {
            const double value = series.values[static_cast<std::size_t>(i)];
            text += QLatin1Char('\t');
            if (!std::isnan(value))
                text += QString::fromStdString(numberText(value));
        }
        text += QLatin1Char('\n');
    }
    return text;
}

}  // namespace holdfast::widgets
