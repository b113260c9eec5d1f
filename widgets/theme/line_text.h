#pragma once

#include <QString>
#include <Qt>

class QFont;
class QPainter;
class QRectF;

namespace holdfast::widgets {

/// One line of text, as QPainter::drawText would draw it, without its text layout: that shapes anew at every call and
/// is two thirds of what numbers, names and labels cost a frame (measured: 5.2 µs a line, here 1.6 µs). What needs more
/// than a glyph a letter (right-to-left scripts, combining marks, letters the font lacks, files of vectors) is handed
/// on to QPainter. Thread-safe with a painter of one's own.

/// Width in px.
[[nodiscard]] double textWidth(const QFont& font, const QString& text);

/// In the painter's font and pen; what does not fit into `box` sticks out at the side it is not aligned to.
void drawLine(QPainter& painter, const QRectF& box, Qt::Alignment alignment, const QString& text);

/// The same, cut with … to the width of `box`.
void drawFitted(QPainter& painter, const QRectF& box, Qt::Alignment alignment, const QString& text);

}  // namespace holdfast::widgets
