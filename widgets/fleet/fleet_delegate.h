#pragma once

#include <QStyledItemDelegate>

#include <optional>

namespace holdfast::widgets {

class Theme;
struct SignalValue;

/// Paints a cell of the fleet table: number, sparkline, limit tick and what makes it abnormal. All sparklines share one
/// time axis, and the crosshair stands in all of them at once. Thread: gui.
class FleetDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    FleetDelegate(const Theme& theme, QObject* parent);

    /// Index of the spark point under the pointer; the numbers shown are those of then.
    void setCursor(std::optional<int> sparkIndex) { m_cursor = sparkIndex; }
    /// Where the sparkline of a signal cell lies.
    [[nodiscard]] static QRectF sparkRect(const Theme& theme, const QRect& cell);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    /// onTint  the ground is not the plain one
    void paintSignal(QPainter& painter, const QRect& cell, const SignalValue& signal, int column, bool onTint) const;
    void paintSpark(QPainter& painter, const QRectF& box, const SignalValue& signal) const;

    const Theme& m_theme;
    std::optional<int> m_cursor;
};

}  // namespace holdfast::widgets
