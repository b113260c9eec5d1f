#pragma once

#include "widgets/client/severity.h"

#include <QRectF>

class QColor;
class QPainter;

namespace holdfast::widgets {

class Theme;
struct Tokens;

/// State as a drawn shape, so that no state is told by colour alone: ■ critical, ▲ warning, hatched unknown, M a
/// person's hold. Painters only; no state. Thread-safe with a painter of one's own.
void drawSeverity(QPainter& painter, const QRectF& box, Severity severity, const Tokens& tokens);
/// The "M" badge of a human hold.
void drawHeld(QPainter& painter, const QRectF& box, const Tokens& tokens);
/// Diagonal hatching over `box`: old or missing data.
void drawHatch(QPainter& painter, const QRectF& box, const QColor& colour);

}  // namespace holdfast::widgets
