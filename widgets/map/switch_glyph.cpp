#include "widgets/map/switch_glyph.h"

#include "widgets/theme/shapes.h"
#include "widgets/theme/tokens.h"

#include <QPainter>

namespace holdfast::widgets {

QColor switchTone(SwitchState state, const QColor& passing, const Tokens& tokens)
{
    switch (state) {
    case SwitchState::Forced:
    case SwitchState::ForcedClosed: return tokens.held;
    case SwitchState::Open: return tokens.critical;
    case SwitchState::HalfOpen: return tokens.warning;
    case SwitchState::Unknown: return tokens.unknown;
    case SwitchState::None:
    case SwitchState::Closed: break;
    }
    return passing;
}

void drawSwitch(QPainter& painter, QPointF at, qreal angle, SwitchState state, const Tokens& tokens)
{
    if (state == SwitchState::None)
        return;
    painter.save();
    painter.translate(at);
    painter.rotate(angle);
    painter.fillRect(QRectF(-11, -9, 22, 18), tokens.plot);
    const QColor tone = switchTone(state, tokens.lineSecond, tokens);
    painter.setPen(QPen(tone, 2));
    const QPointF left(-8, 0);
    const bool open = state == SwitchState::Open || state == SwitchState::Forced;
    const qreal lift = open ? -9 : state == SwitchState::HalfOpen ? -5 : 0;
    painter.drawLine(left, QPointF(lift == 0 ? 8 : 5, lift));
    painter.setPen(Qt::NoPen);  // one disc, not a smaller one with a rim
    painter.setBrush(tone);
    painter.drawEllipse(left, 3, 3);
    painter.drawEllipse(QPointF(8, 0), 3, 3);
    if (state == SwitchState::Unknown)
        drawHatch(painter, QRectF(-9, -7, 18, 14), tokens.unknown);
    painter.restore();
}

}  // namespace holdfast::widgets
