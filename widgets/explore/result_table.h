#pragma once

#include "widgets/explore/series_rows.h"

#include <QAbstractTableModel>
#include <QStringList>

#include <memory>
#include <vector>

namespace holdfast::widgets {

/// The answer of one query, as far as it is shown.
struct QueryAnswer {
    QString letter;  ///< "A"
    QString expression;
    std::shared_ptr<const Matrix> matrix;
    std::vector<SeriesRow> rows;
    std::size_t cutSeries = 0;  ///< that many more were answered and left out
};
using QueryAnswerPtr = std::shared_ptr<const QueryAnswer>;

/// Answers as a table: a row a series, a column a label, then its numbers. Sortable; copies plain numbers. Thread: gui.
class ResultTable : public QAbstractTableModel {
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    /// instant: only the value, no extremes.
    enum class Kind { Instant, Range };
    void setAnswers(std::vector<QueryAnswerPtr> answers, Kind kind);
    /// The numbers behind a cell, for sorting: a double for numbers, text for labels.
    static constexpr int sortRole = Qt::UserRole + 5;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        std::size_t answer = 0;
        std::size_t row = 0;
    };
    [[nodiscard]] const SeriesRow& seriesRow(const Row& row) const { return m_answers[row.answer]->rows[row.row]; }
    [[nodiscard]] double number(const Row& row, int column) const;

    std::vector<QueryAnswerPtr> m_answers;
    std::vector<Row> m_rows;
    QStringList m_labels;
    QStringList m_numbers;
    bool m_letters = false;
};

/// All samples as text, `name{label="value"} value time` a line, at most `mostLines`; what is left out is said at the
/// end. O(samples): for the worker.
[[nodiscard]] QString rawText(const std::vector<QueryAnswerPtr>& answers, std::size_t mostLines);

/// The series of an answer added up by `le`, as heatFrom() wants them; no series when there is no such label.
[[nodiscard]] Matrix byBucket(const Matrix& matrix);

}  // namespace holdfast::widgets
