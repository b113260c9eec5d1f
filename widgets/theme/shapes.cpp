#include "widgets/theme/shapes.h"

#include "widgets/theme/tokens.h"

#include <QPainter>
#include <QPolygonF>

namespace holdfast::widgets {

void drawSeverity(QPainter& painter, const QRectF& box, Severity severity, const Tokens& tokens)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    switch (severity) {
    case Severity::Critical:
        painter.setBrush(tokens.critical);
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5));
        break;
    case Severity::Warning:
        painter.setBrush(tokens.warning);
        painter.drawPolygon(QPolygonF({{box.center().x(), box.top()}, box.bottomRight(), box.bottomLeft()}));
        break;
    case Severity::Unknown:
        drawHatch(painter, box, tokens.unknown);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(tokens.unknown, 1));
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5));
        break;
    case Severity::Normal: break;
    }
    painter.restore();
}

void drawHeld(QPainter& painter, const QRectF& box, const Tokens& tokens)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.held);
    painter.drawRoundedRect(box, 2, 2);
    QFont font = painter.font();
    font.setPixelSize(std::max(8, static_cast<int>(box.height() * 0.78)));
    font.setBold(true);
    painter.setFont(font);
    painter.setPen(tokens.badgeText);
    painter.drawText(box, Qt::AlignCenter, QStringLiteral("M"));
    painter.restore();
}

void drawHatch(QPainter& painter, const QRectF& box, const QColor& colour)
{
    painter.save();
    painter.setClipRect(box, Qt::IntersectClip);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour, 1));
    constexpr double distance = 6;
    for (double x = box.left() - box.height(); x < box.right(); x += distance)
        painter.drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()));
    painter.restore();
}

}  // namespace holdfast::widgets
