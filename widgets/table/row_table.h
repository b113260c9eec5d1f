#pragma once

#include <QTableView>

namespace holdfast::widgets {

class RowDelegate;
class Theme;

/// A table over a RowModel as all views use it: whole rows are selected, rows are 30 px, the widest column takes what
/// is left, and buttons in cells can be clicked. Keeps the selected row by its key over resets. Thread: gui.
class RowTable : public QTableView {
    Q_OBJECT

public:
    RowTable(Theme& theme, const QString& accessibleName, QWidget* parent);

    void setModel(QAbstractItemModel* model) override;
    /// That column grows with the window; the others fit their content once and again on fitColumns().
    void setStretchColumn(int column);
    void fitColumns();
    /// The key of the selected row, or empty.
    [[nodiscard]] QString selectedKey() const;
    void selectKey(const QString& key);
    void moveSelection(int by);
    /// As high as its rows, so that it can stand among other things without a scroll bar of its own.
    void setHeightByRows(int atMost);

signals:
    void buttonClicked(const QModelIndex& index, int button);
    void keySelected(const QString& key);
    void rowOpened(const QModelIndex& index);

protected:
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void onCurrentChanged(const QModelIndex& current);
    void onReset();
    void updateHeight();
    void growColumns();

    RowDelegate* m_delegate;
    QString m_selected;
    int m_stretch = -1;
    int m_mostRows = 0;
};

}  // namespace holdfast::widgets
