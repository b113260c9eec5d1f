#include "widgets/map/node_box.h"

#include "widgets/map/map_card.h"
#include "widgets/map/namespace_fold.h"
#include "widgets/theme/line_text.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/shapes.h"
#include "widgets/theme/theme.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr qreal shapeSize = 11;
constexpr qreal padding = 8;
constexpr qreal blastHeight = 18;

QString words(const char* text)
{
    return QCoreApplication::translate("Map", text);
}

QString joined(QStringList parts)
{
    parts.removeAll(QString());
    return parts.join(QStringLiteral("  "));
}

void drawElided(QPainter& painter, const QRectF& box, const QString& text)
{
    drawFitted(painter, box, Qt::AlignLeft | Qt::AlignVCenter, text);
}

void drawFrame(QPainter& painter, const QRectF& box, const GraphNode& node, const NodeLook& look, const Theme& theme)
{
    const Tokens& tokens = theme.tokens();
    const Severity severity = node.service.severity;
    const bool alarming = severity == Severity::Critical || severity == Severity::Warning;
    painter.setPen(QPen(alarming ? theme.colour(severity) : tokens.border, alarming ? 1.6 : 1));
    painter.setBrush(alarming ? theme.tint(severity) : tokens.raised);
    if (isFolded(node.service.name)) {
        // Several services in one box look like several boxes.
        painter.drawRoundedRect(box.translated(4, 4), 6, 6);
    }
    painter.drawRoundedRect(box, 6, 6);
    painter.setBrush(Qt::NoBrush);
    if (look.selected) {
        painter.setPen(QPen(tokens.focus, 2));
        painter.drawRoundedRect(box.adjusted(-4, -4, 4, 4), 8, 8);
    }
    if (look.blast.isEmpty())
        return;
    painter.setPen(QPen(tokens.held, look.entrance ? 3 : 1.5));
    painter.drawRoundedRect(box.adjusted(-4, -4, 4, 4), 8, 8);
    painter.setFont(theme.small());
    painter.setPen(tokens.text);
    const qreal wide = std::max<qreal>(box.width(), painter.fontMetrics().horizontalAdvance(look.blast) + 4);
    painter.drawText(QRectF(box.center().x() - wide / 2, box.top() - blastHeight - 5, wide, blastHeight),
                     Qt::AlignCenter, look.blast);
}

/// Each line in full and, where that is too wide for the box, in short: a number is never cut.
QList<QStringList> linesOf(const GraphNode& node)
{
    if (!node.known)
        return {{words("not scraped")}};
    const FleetService& service = node.service;
    const QString requests = signalText(QStringLiteral("%1"), service.requests, rateText);
    return {{joined({signalText(words("p99 %1"), service.p99, latencyText),
                     signalText(words("errors %1"), service.errors, ratioText)}),
             joined({signalText(QStringLiteral("%1"), service.p99, latencyText),
                     signalText(words("err %1"), service.errors, ratioText)})},
            {joined({requests, signalText(words("headroom %1"), service.headroom, ratioText)}),
             joined({requests, signalText(words("free %1"), service.headroom, ratioText)})}};
}

void drawLongest(QPainter& painter, const QRectF& box, const QStringList& longToShort)
{
    const QFontMetricsF metrics(painter.font());
    const auto fitting = std::ranges::find_if(
        longToShort, [&](const QString& text) { return metrics.horizontalAdvance(text) <= box.width(); });
    drawElided(painter, box, fitting == longToShort.end() ? longToShort.last() : *fitting);
}

}  // namespace

void drawNodeBox(QPainter& painter, const GraphNode& node, const QRectF& box, const NodeLook& look, const Theme& theme)
{
    const Tokens& tokens = theme.tokens();
    drawFrame(painter, box, node, look, theme);
    const Severity shape = node.known ? node.service.severity : Severity::Unknown;
    const bool shaped = shape != Severity::Normal;
    if (!look.named) {
        const qreal size = std::min<qreal>(shapeSize, box.height() - 2);
        if (shaped)
            drawSeverity(painter, QRectF(box.center() - QPointF(size / 2, size / 2), QSizeF(size, size)), shape,
                         tokens);
        return;
    }
    painter.setFont(theme.strong());
    const qreal nameHeight = painter.fontMetrics().height();
    painter.setFont(theme.small());
    const qreal lineHeight = painter.fontMetrics().height();
    // With texts of twice the size there is no room for lines before the map is drawn nearer.
    const bool detailed = look.detailed && nameHeight + 2 * lineHeight <= box.height() + 1;
    const QList<QStringList> lines = detailed ? linesOf(node) : QList<QStringList>();
    const qreal gap = std::clamp<qreal>((box.height() - nameHeight - 2 * lineHeight) / 4, 0, 3);
    // The block of texts stands in the middle of the box, whatever the zoom.
    const qreal block = detailed ? nameHeight + 2 * (lineHeight + gap) : nameHeight;
    qreal y = box.top() + std::max<qreal>(1, (box.height() - block) / 2);
    qreal left = box.left() + padding;
    if (shaped) {
        drawSeverity(painter, QRectF(left, y + (nameHeight - shapeSize) / 2, shapeSize, shapeSize), shape, tokens);
        left += shapeSize + 6;
    }
    painter.setFont(theme.strong());
    painter.setPen(tokens.text);
    // Names of one team begin alike: what tells them apart stands at the end.
    const QRectF room(left, y, box.right() - left - 4, nameHeight);
    drawLine(painter, room, Qt::AlignVCenter,
             QFontMetricsF(painter.font()).elidedText(node.service.name, Qt::ElideMiddle, room.width()));
    painter.setFont(theme.small());
    painter.setPen(tokens.textSecondary);
    y += nameHeight + gap;
    for (const QStringList& line : lines) {
        drawLongest(painter, QRectF(box.left() + padding, y, box.width() - padding - 4, lineHeight), line);
        y += lineHeight + gap;
    }
}

}  // namespace holdfast::widgets
