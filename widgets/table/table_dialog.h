#pragma once

#include <QDialog>

class QAbstractItemModel;
class QTableView;

namespace holdfast::widgets {

class Theme;

/// Any model as a real table in a window of its own, to read, copy and save: the twin of a chart for who cannot see it.
/// Owns the model. Thread: gui.
class TableDialog : public QDialog {
    Q_OBJECT

public:
    /// title  also the suggested file name
    TableDialog(const Theme& theme, const QString& title, QAbstractItemModel* model, QWidget* parent);

private:
    void copy() const;
    void save();

    QAbstractItemModel* m_model;
    QTableView* m_table;
};

}  // namespace holdfast::widgets
