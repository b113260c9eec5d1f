#include "widgets/explore/result_table.h"

#include "app/base/number_text.h"
#include "app/base/time_text.h"
#include "widgets/explore/value_axis.h"
#include "widgets/export/table_text.h"

#include <QSet>

#include <algorithm>
#include <cmath>

namespace holdfast::widgets {

void ResultTable::setAnswers(std::vector<QueryAnswerPtr> answers, Kind kind)
{
    beginResetModel();
    m_answers = std::move(answers);
    m_rows.clear();
    m_letters = m_answers.size() > 1;
    QSet<QString> labels;
    for (std::size_t a = 0; a < m_answers.size(); ++a) {
        for (std::size_t r = 0; r < m_answers[a]->rows.size(); ++r) {
            m_rows.push_back({a, r});
            const auto& names = m_answers[a]->matrix->series[m_answers[a]->rows[r].index].labels;
            for (auto it = names.keyBegin(); it != names.keyEnd(); ++it)
                labels.insert(*it);
        }
    }
    m_labels = QStringList(labels.begin(), labels.end());
    m_labels.sort();  // "__name__" comes first
    m_numbers = kind == Kind::Instant ? QStringList{tr("Value")}
                                      : QStringList{tr("Newest"), tr("Least"), tr("Most"), tr("Mean")};
    endResetModel();
}

int ResultTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ResultTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_labels.size() + m_numbers.size()) + (m_letters ? 1 : 0);
}

double ResultTable::number(const Row& row, int column) const
{
    const SeriesRow& series = seriesRow(row);
    switch (column) {
    case 0: return series.newest;
    case 1: return series.least;
    case 2: return series.most;
    default: return series.mean;
    }
}

QVariant ResultTable::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    const QueryAnswer& answer = *m_answers[row.answer];
    int column = index.column() - (m_letters ? 1 : 0);
    const bool isText = role == Qt::DisplayRole || role == Qt::ToolTipRole || role == plainTextRole || role == sortRole;
    if (column < 0)
        return isText ? QVariant(answer.letter) : QVariant();
    if (column < m_labels.size())
        return isText ? QVariant(answer.matrix->series[seriesRow(row).index].labels.value(m_labels[column]))
                      : QVariant();
    column -= static_cast<int>(m_labels.size());
    const double value = number(row, column);
    switch (role) {
    case Qt::DisplayRole: return shortValue(value);
    case Qt::ToolTipRole:
    case plainTextRole: return plainNumber(value);
    case sortRole: return std::isnan(value) ? QVariant(-std::numeric_limits<double>::infinity()) : QVariant(value);
    case Qt::TextAlignmentRole: return int(Qt::AlignRight | Qt::AlignVCenter);
    default: return {};
    }
}

QVariant ResultTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section >= columnCount())
        return {};
    const int column = section - (m_letters ? 1 : 0);
    if (column < 0)
        return tr("Query");
    return column < m_labels.size() ? m_labels[column] : m_numbers[column - m_labels.size()];
}

QString rawText(const std::vector<QueryAnswerPtr>& answers, std::size_t mostLines)
{
    QString text;
    std::size_t lines = 0;
    std::size_t left = 0;
    for (const QueryAnswerPtr& answer : answers) {
        text += QStringLiteral("# %1  %2\n").arg(answer->letter, answer->expression.simplified());
        for (const SeriesRow& row : answer->rows) {
            const std::vector<double>& values = answer->matrix->series[row.index].values;
            for (std::size_t i = 0; i < values.size(); ++i) {
                if (std::isnan(values[i]))
                    continue;
                if (lines >= mostLines) {
                    ++left;
                    continue;
                }
                ++lines;
                const std::int64_t at = answer->matrix->startMs + static_cast<std::int64_t>(i) * answer->matrix->stepMs;
                text += row.labels + QLatin1Char(' ') + QString::fromStdString(numberText(values[i])) + QLatin1Char(' ')
                        + QString::fromStdString(rfc3339(at)) + QLatin1Char('\n');
            }
        }
    }
    if (left > 0)
        text += ResultTable::tr("# %1 more samples are not shown here; “Copy” and “Export” have all.")
                    .arg(static_cast<qint64>(left));
    return text;
}

Matrix byBucket(const Matrix& matrix)
{
    const QString le = QStringLiteral("le");
    Matrix sums{matrix.startMs, matrix.stepMs, matrix.points, {}};
    for (const GridSeries& series : matrix.series) {
        if (!series.labels.contains(le))
            continue;
        const QString bound = series.labels.value(le);
        auto sum =
            std::ranges::find_if(sums.series, [&](const GridSeries& each) { return each.labels.value(le) == bound; });
        if (sum == sums.series.end()) {
            sums.series.push_back({{{le, bound}}, series.values});
            continue;
        }
        for (std::size_t i = 0; i < series.values.size(); ++i) {
            if (!std::isnan(series.values[i]))
                sum->values[i] = std::isnan(sum->values[i]) ? series.values[i] : sum->values[i] + series.values[i];
        }
    }
    return sums;
}

}  // namespace holdfast::widgets
