#pragma once

#include <QStyledItemDelegate>

namespace holdfast::widgets {

class Theme;

/// Of a target's cell: QVariantList of the last durations in ms, oldest first; a failed scrape is negative.
inline constexpr int durationsRole = Qt::UserRole + 60;
/// Its timeout in ms: the full height.
inline constexpr int timeoutRole = Qt::UserRole + 61;

/// A bar for each of the last ten scrapes, as high as the share of the timeout it took, and how long the newest one
/// was. A failed one is a full bar in the critical tone with a gap in it. Thread: gui.
class ScrapeSpark : public QStyledItemDelegate {
    Q_OBJECT

public:
    ScrapeSpark(const Theme& theme, QObject* parent) : QStyledItemDelegate(parent), m_theme(theme) {}
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const Theme& m_theme;
};

}  // namespace holdfast::widgets
