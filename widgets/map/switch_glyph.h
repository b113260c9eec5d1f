#pragma once

#include <QPointF>

class QColor;
class QPainter;

namespace holdfast::widgets {

struct Tokens;

/// How the switch on an edge stands.
enum class SwitchState { None, Closed, HalfOpen, Open, Forced, ForcedClosed, Unknown };

/// `passing` where calls go through, else the colour of the state.
[[nodiscard]] QColor switchTone(SwitchState state, const QColor& passing, const Tokens& tokens);

/// A breaker drawn as a switch: its lever lies on the right contact when closed and stands off it when open; a hold of
/// a person has the held colour, what is not known is hatched. Thread-safe with a painter of one's own.
void drawSwitch(QPainter& painter, QPointF at, qreal angle, SwitchState state, const Tokens& tokens);

}  // namespace holdfast::widgets
