#pragma once

#include <QStyledItemDelegate>

#include <optional>

namespace holdfast::widgets {

class Theme;

/// Draws the cells of a RowModel: tinted abnormal rows, a shape in column 0, text in the tone of its severity, and
/// buttons that can be clicked. A button that would change nothing now leaves its place blank, so that the others stay
/// where they are. Thread: gui.
class RowDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    RowDelegate(const Theme& theme, QObject* parent);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

    /// Which button of the cell lies under `pos`; nothing between them.
    [[nodiscard]] std::optional<int> buttonAt(const QRect& cell, const QModelIndex& index, const QPoint& pos) const;

    /// Buttons stand there dim and cannot be pressed.
    void setLocked(bool locked) { m_locked = locked; }
    /// How many lines a row has: a text that may wrap asks for less width where it can.
    void setLines(int lines) { m_lines = lines; }

private:
    [[nodiscard]] QList<QRect> buttonBoxes(const QRect& cell, const QStringList& labels) const;
    /// Returns where the first of them begins; the cell's right edge when none is offered.
    int drawButtons(QPainter* painter, const QRect& cell, const QModelIndex& index) const;
    void drawText(QPainter* painter, const QRect& box, const QModelIndex& index) const;
    void drawHeading(QPainter* painter, const QRect& cell, const QString& text) const;
    void drawShape(QPainter* painter, const QRect& cell, const QModelIndex& index) const;

    const Theme& m_theme;
    bool m_locked = false;
    int m_lines = 1;
};

}  // namespace holdfast::widgets
