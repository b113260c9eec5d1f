#pragma once

#include <QRectF>
#include <QString>

class QPainter;

namespace holdfast::widgets {

class Theme;

/// How high the legend is, px; the map keeps clear of it when it fits itself into sight.
inline constexpr int legendHeight = 34;

/// What the switches mean, and after them one sentence, at the lower left of `within`. Thread: gui.
void drawMapLegend(QPainter& painter, const QRectF& within, const QString& sentence, const Theme& theme);

}  // namespace holdfast::widgets
