#pragma once

#include "widgets/explore/result_table.h"

#include <QWidget>

#include <vector>

class QAbstractItemModel;
class QSortFilterProxyModel;
class QTableView;

namespace holdfast::widgets {

class Theme;

/// Explore's answers as a table that can be sorted by any column. Thread: gui.
class TablePage : public QWidget {
    Q_OBJECT

public:
    TablePage(const Theme& theme, QWidget* parent);

    void setAnswers(std::vector<QueryAnswerPtr> answers, bool instant);
    /// In the order that is shown.
    [[nodiscard]] QAbstractItemModel& model() const;

private:
    void restyle();
    void fitColumns();

    const Theme& m_theme;
    ResultTable* m_results;
    QSortFilterProxyModel* m_sorted;
    QTableView* m_table;
};

}  // namespace holdfast::widgets
