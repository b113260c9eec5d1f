#pragma once

#include <QElapsedTimer>
#include <QTableView>

namespace holdfast::widgets {

class RowDelegate;
class Theme;

/// A table over a RowModel as all views use it: whole rows are selected, rows are 30 px at 100 % text, the widest
/// column takes what is left, and buttons in cells can be clicked. Keeps the selected row by its key over resets, and
/// the place where one has scrolled to. A right click offers the table as text, unless the view has a menu of its own.
/// Thread: gui.
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
    /// As high as `rows` rows, however many there are: what stands below never moves.
    void setHeightOfRows(int rows);
    /// 2: room for texts of two lines (RowRole::wrap).
    void setRowLines(int lines);
    /// The pointer is over the rows and moved within the last ten seconds: somebody may be about to click, nothing
    /// should move.
    [[nodiscard]] bool aimedAt() const;

    /// For texts that grow by themselves, like a duration.
    void growColumns();

    /// Nothing in it can be pressed, and why; the buttons keep their places, dim. Empty: they can again.
    void setLocked(const QString& why);

signals:
    void buttonClicked(const QModelIndex& index, int button);
    void keySelected(const QString& key);
    void rowOpened(const QModelIndex& index);

protected:
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void onCurrentChanged(const QModelIndex& current);
    void onReset();
    void updateHeight();
    /// What is left beside the columns when the widest one has its least; below 0 they do not fit.
    [[nodiscard]] int roomLeft() const;
    void sizeColumns();
    void narrowColumns();
    void restyle();

    const Theme& m_theme;
    RowDelegate* m_delegate;
    QString m_selected;
    int m_stretch = -1;
    int m_mostRows = 0;
    int m_leastRows = 1;
    int m_rowLines = 1;
    int m_scrolled = 0;  // before a reset
    QElapsedTimer m_pointerMoved;
};

}  // namespace holdfast::widgets
