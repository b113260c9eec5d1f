#include "widgets/map/map_card.h"

#include "widgets/theme/number_format.h"
#include "widgets/theme/shapes.h"
#include "widgets/theme/theme.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace holdfast::widgets {

namespace {

constexpr qreal cardWidth = 300;
constexpr qreal lineHeight = 20;
constexpr qreal padding = 12;
constexpr qreal sparkWidth = 110;

QString words(const char* text)
{
    return QCoreApplication::translate("Map", text);
}

/// Beside the pointer, and inside the map.
QRectF cardBox(QPointF at, qreal height, const QRectF& within)
{
    QRectF box(at + QPointF(18, 14), QSizeF(cardWidth, height));
    if (box.right() > within.right() - 6)
        box.moveRight(at.x() - 14);
    if (box.bottom() > within.bottom() - 6)
        box.moveBottom(std::max(within.top() + 6 + height, at.y() - 10));
    return box;
}

void drawFrame(QPainter& painter, const QRectF& box, const Theme& theme)
{
    painter.setPen(QPen(theme.tokens().border, 1));
    painter.setBrush(theme.tokens().surface);
    painter.drawRoundedRect(box, 6, 6);
}

void drawSpark(QPainter& painter, const QRectF& box, const std::vector<double>& values, const Theme& theme)
{
    double least = 0;
    double most = 0;
    for (const double value : values) {
        if (!std::isnan(value)) {
            most = std::max(most, value);
            least = std::min(least, value);
        }
    }
    if (values.size() < 2 || most <= least)
        return;
    painter.setPen(QPen(theme.tokens().lineSecond, 1));
    QPolygonF line;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (std::isnan(values[i])) {
            painter.drawPolyline(line);
            line.clear();
            continue;
        }
        const qreal x = box.left() + box.width() * static_cast<qreal>(i) / static_cast<qreal>(values.size() - 1);
        line << QPointF(x, box.bottom() - box.height() * (values[i] - least) / (most - least));
    }
    painter.drawPolyline(line);
}

struct SignalLine {
    QString name;
    QString value;
    const SignalValue* signal;
};

SignalLine lineOf(const QString& name, const SignalValue& signal, QString (*format)(double))
{
    QString value = signalText(QStringLiteral("%1"), signal, format);
    if (value.isEmpty())
        value = words("no such metric");
    else if (signal.state == ValueState::Stale)
        value += words(" · %1 old").arg(ageText(signal.ageMs));
    return {name, value, &signal};
}

void drawLines(QPainter& painter, const QRectF& card, qreal y, const std::vector<SignalLine>& lines, const Theme& theme)
{
    for (const SignalLine& line : lines) {
        painter.setFont(theme.small());
        painter.setPen(theme.tokens().textSecondary);
        painter.drawText(QRectF(card.left() + padding, y, 90, lineHeight), Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(line.name, Qt::ElideRight, 88));
        const bool bad = line.signal->severity == Severity::Critical;
        painter.setPen(bad ? theme.tokens().critical : theme.tokens().text);
        painter.drawText(QRectF(card.left() + padding + 90, y, 76, lineHeight), Qt::AlignLeft | Qt::AlignVCenter,
                         line.value);
        if (line.signal->state != ValueState::Absent)
            drawSpark(painter, QRectF(card.right() - padding - sparkWidth, y + 3, sparkWidth, lineHeight - 6),
                      line.signal->spark, theme);
        y += lineHeight;
    }
}

QColor historyTone(double state, const Tokens& tokens)
{
    switch (static_cast<int>(std::lround(state))) {
    case 1: return tokens.warning;
    case 2: return tokens.critical;
    case 3:
    case 4: return tokens.held;
    case 5: return tokens.unknown;
    default: return tokens.grid;
    }
}

}  // namespace

QString signalText(const QString& wanted, const SignalValue& signal, QString (*format)(double))
{
    if (signal.state == ValueState::NoTraffic)
        return wanted.arg(QStringLiteral("–"));
    if (signal.state == ValueState::Absent)
        return {};
    if (!signal.value || signal.state == ValueState::Error)
        return wanted.arg(QStringLiteral("?"));
    return wanted.arg(signal.state == ValueState::Above ? QStringLiteral(">%1").arg(format(*signal.value))
                                                        : format(*signal.value));
}

QString sourceText(const GraphCall& call)
{
    if (call.inferred)
        return words("inferred from breaker name `%1`").arg(call.edge.callee);
    if (call.edge.source == QLatin1String("config"))
        return words("from depends_on in the configuration");
    return call.edge.source == QLatin1String("mesh") ? words("from the mesh's metrics") : words("from breaker metrics");
}

void drawNodeCard(QPainter& painter, const GraphNode& node, QPointF at, const QRectF& within, const Theme& theme)
{
    const FleetService& service = node.service;
    const qreal height = node.known ? 2 * padding + 44 + 4 * lineHeight : 2 * padding + 40;
    const QRectF card = cardBox(at, height, within);
    drawFrame(painter, card, theme);
    painter.setFont(theme.strong());
    painter.setPen(theme.tokens().text);
    qreal y = card.top() + padding - 2;
    painter.drawText(QRectF(card.left() + padding, y, card.width() - 2 * padding, lineHeight),
                     Qt::AlignLeft | Qt::AlignVCenter, service.name);
    y += lineHeight;
    painter.setFont(theme.small());
    painter.setPen(theme.tokens().textSecondary);
    QString facts = words("not scraped: known only because it is called");
    if (node.known) {
        facts = words("%1 of %2 instances up").arg(service.instancesUp).arg(service.instances);
        if (service.tier > 0)
            facts += words(" · tier %1").arg(service.tier);
        if (!service.version.isEmpty())
            facts += QStringLiteral(" · ") + service.version;
    }
    painter.drawText(QRectF(card.left() + padding, y, card.width() - 2 * padding, lineHeight),
                     Qt::AlignLeft | Qt::AlignVCenter, facts);
    if (!node.known)
        return;
    drawLines(painter, card, y + lineHeight + 2,
              {lineOf(words("p99"), service.p99, latencyText), lineOf(words("errors"), service.errors, ratioText),
               lineOf(words("requests"), service.requests, rateText),
               lineOf(words("headroom"), service.headroom, ratioText)},
              theme);
    painter.setFont(theme.axis());
    painter.setPen(theme.tokens().textTertiary);
    painter.drawText(QRectF(card.left(), card.bottom() - padding - 8, card.width() - padding, 16),
                     Qt::AlignRight | Qt::AlignVCenter, words("last 30 min"));
}

void drawCallCard(QPainter& painter, const GraphCall& call, const GraphNode& callee, const std::vector<double>& history,
                  QPointF at, const QRectF& within, const Theme& theme)
{
    const Tokens& tokens = theme.tokens();
    const bool breaker = call.state != SwitchState::None;
    const qreal height = 2 * padding + 3 * lineHeight + (callee.known ? 2 * lineHeight : 0) + (breaker ? 44 : 0);
    const QRectF card = cardBox(at, height, within);
    drawFrame(painter, card, theme);
    qreal y = card.top() + padding - 2;
    const auto line = [&](const QFont& font, const QColor& tone, const QString& text) {
        painter.setFont(font);
        painter.setPen(tone);
        const QRectF box(card.left() + padding, y, card.width() - 2 * padding, lineHeight);
        painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(text, Qt::ElideRight, static_cast<int>(box.width())));
        y += lineHeight;
    };
    line(theme.strong(), tokens.text, QStringLiteral("%1 → %2").arg(call.edge.caller, call.edge.callee));
    const QString calls = call.edge.requests ? rateText(*call.edge.requests) : words("calls not measured");
    const QString errors =
        call.edge.errors ? words("%1 errors").arg(ratioText(*call.edge.errors)) : words("errors not measured");
    line(theme.base(), call.edge.errors.value_or(0) > 0.05 ? tokens.critical : tokens.text,
         QStringLiteral("%1 · %2").arg(calls, errors));
    line(theme.small(), tokens.textTertiary, sourceText(call));
    if (callee.known) {
        drawLines(painter, card, y,
                  {lineOf(words("errors there"), callee.service.errors, ratioText),
                   lineOf(words("p99 there"), callee.service.p99, latencyText)},
                  theme);
        y += 2 * lineHeight;
    }
    if (!breaker)
        return;
    line(theme.small(), tokens.textSecondary,
         call.word.isEmpty() ? words("breaker closed, last 30 min") : words("breaker %1, last 30 min").arg(call.word));
    const QRectF strip(card.left() + padding, y + 2, card.width() - 2 * padding, 10);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.plot);
    painter.drawRect(strip);
    const qreal step = history.empty() ? 0 : strip.width() / static_cast<qreal>(history.size());
    for (std::size_t i = 0; i < history.size(); ++i) {
        const QRectF part(strip.left() + step * static_cast<qreal>(i), strip.top(), std::ceil(step), strip.height());
        if (std::isnan(history[i]))
            drawHatch(painter, part, tokens.unknown);
        else
            painter.fillRect(part, historyTone(history[i], tokens));
    }
}

}  // namespace holdfast::widgets
