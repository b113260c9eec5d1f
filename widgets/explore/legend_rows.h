#pragma once

#include "widgets/explore/line_styles.h"
#include "widgets/explore/series_rows.h"
#include "widgets/table/row_model.h"

#include <QStyledItemDelegate>

namespace holdfast::widgets {

class Theme;

/// A line of the legend: how it is drawn, and its numbers.
struct LegendRow {
    QString key;
    QString query;  ///< "A"
    LineStyle style;
    SeriesRow series;
    double atCursor = noSample;  ///< at the crosshair, else the newest
    bool drawn = true;
};

using LegendModel = RowModel<LegendRow>;

/// Of column 0: colour · 16 + dash, or nothing for a series that is not drawn.
inline constexpr int swatchRole = Qt::UserRole + 50;

[[nodiscard]] LegendModel* makeLegendModel(QObject* parent);

/// Draws column 0 as a piece of the line. Thread: gui.
class SwatchDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    SwatchDelegate(const Theme& theme, QObject* parent) : QStyledItemDelegate(parent), m_theme(theme) {}
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const Theme& m_theme;
};

}  // namespace holdfast::widgets
