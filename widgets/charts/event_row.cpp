#include "widgets/charts/event_row.h"

#include "widgets/theme/number_format.h"
#include "widgets/theme/shapes.h"
#include "widgets/theme/theme.h"
#include "widgets/time/time_cursor.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace holdfast::widgets {

namespace {

constexpr double markSize = 13;
constexpr double eventBand = 22;
constexpr double reach = 8;
constexpr double clusterWidth = 40;

QString letterOf(const QString& kind)
{
    if (kind == QLatin1String("deploy"))
        return QStringLiteral("d");
    if (kind == QLatin1String("breaker"))
        return QStringLiteral("b");
    if (kind == QLatin1String("flag"))
        return QStringLiteral("f");
    if (kind == QLatin1String("restart"))
        return QStringLiteral("r");
    if (kind == QLatin1String("note"))
        return QStringLiteral("n");
    return QStringLiteral("·");
}

bool byPerson(const Event& event)
{
    return event.kind == QLatin1String("action") || event.kind == QLatin1String("override_end");
}

}  // namespace

EventRow::EventRow(const ChartContext& context, QWidget* parent) : TimePane(context, parent)
{
    setFixedHeight(rowHeight);
    setAccessibleName(tr("Events and time axis"));
}

void EventRow::setEvents(std::vector<Event> events)
{
    m_events = std::move(events);
    setAccessibleDescription(tr("%1 events").arg(m_events.size()));
    update();
}

const Event* EventRow::eventNear(double x) const
{
    const TimeScale times = scale();
    const Event* nearest = nullptr;
    double distance = reach;
    for (const Event& each : m_events) {
        if (const double away = std::abs(times.x(each.atMs) - x); away < distance) {
            distance = away;
            nearest = &each;
        }
    }
    return nearest;
}

void EventRow::paintHeader(QPainter& painter, const QRect& header)
{
    const Theme& theme = context().theme;
    const Tokens& t = theme.tokens();
    const TimeCursor& time = context().time;
    painter.setFont(theme.small());
    painter.setPen(t.textSecondary);
    const int width = headerWidth + tickWidth - 18;
    painter.drawText(QRect(header.left(), 2, width, 20), Qt::AlignVCenter, tr("events"));
    QString text;
    if (time.pinA() && time.pinB())
        text = tr("A–B %1").arg(durationText(std::abs(*time.pinB() - *time.pinA())));
    else if (time.pinA() && time.crosshairMs())
        text = tr("Δ to A %1").arg(durationText(std::abs(*time.crosshairMs() - *time.pinA())));
    else if (time.pinA())
        text = tr("A %1").arg(timeText(*time.pinA(), time.nowMs()));
    else if (time.crosshairMs())
        text = timeText(*time.crosshairMs(), time.nowMs());
    painter.setPen(t.text);
    painter.setFont(theme.strong());
    painter.drawText(QRect(header.left(), 26, width, 18), Qt::AlignVCenter, text);
}

void EventRow::paintPlot(QPainter& painter, const QRectF& plot)
{
    const Theme& theme = context().theme;
    const Tokens& t = theme.tokens();
    const TimeScale times = scale();
    const QRectF band(plot.left(), plot.top() - 2, plot.width(), eventBand);
    painter.fillRect(band, t.plot);
    // Marks that would lie on each other become one with their number; a person's mark is never hidden.
    std::vector<double> taken;
    int hidden = 0;
    const auto flush = [&] {
        if (hidden > 0 && !taken.empty()) {
            painter.setFont(theme.font(10, QFont::Bold));
            painter.setPen(t.textSecondary);
            painter.drawText(QRectF(taken.back() + markSize / 2 + 2, band.top(), 24, eventBand), Qt::AlignVCenter,
                             QStringLiteral("+%1").arg(hidden));
        }
        hidden = 0;
    };
    std::vector<Event> ordered = m_events;
    std::sort(ordered.begin(), ordered.end(), [](const Event& a, const Event& b) { return a.atMs < b.atMs; });
    for (const Event& each : ordered) {
        const double x = times.x(each.atMs);
        if (x < plot.left() || x > plot.right())
            continue;
        if (!byPerson(each) && !taken.empty() && x - taken.back() < clusterWidth) {
            ++hidden;
            continue;
        }
        flush();
        taken.push_back(x);
        const QRectF box(std::round(x - markSize / 2), band.top() + (eventBand - markSize) / 2, markSize, markSize);
        if (byPerson(each)) {
            drawHeld(painter, box, t);
        } else if (each.kind == QLatin1String("alert_on")) {
            drawSeverity(painter, box.adjusted(1, 1, -1, -1), Severity::Warning, t);
        } else {
            painter.setPen(QPen(t.textTertiary, 1));
            painter.setBrush(t.raised);
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
            painter.setFont(theme.font(10, QFont::Bold));
            painter.setPen(t.text);
            painter.drawText(box, Qt::AlignCenter, letterOf(each.kind));
        }
    }
    flush();
    painter.setFont(theme.axis());
    painter.setPen(t.textTertiary);
    for (const TimeTick& tick : timeTicks(times.startMs, times.endMs, ticksFor(plot.width()))) {
        const double x = times.x(tick.ms);
        const QRectF box(x - 45, band.bottom() + 4, 90, 16);
        if (box.left() >= plot.left() - 50 && box.right() <= width() + 30)
            painter.drawText(box, Qt::AlignCenter, tick.text);
    }
    if (const auto cursor = context().time.crosshairMs()) {
        const QString text = timeText(*cursor, context().time.nowMs());
        painter.setFont(theme.font(11, QFont::DemiBold));
        const double w = painter.fontMetrics().horizontalAdvance(text) + 14;
        const double x = std::clamp(times.x(*cursor) - w / 2, plot.left(), plot.right() - w);
        const QRectF box(x, band.bottom() + 3, w, 18);
        painter.setPen(Qt::NoPen);
        painter.setBrush(t.text);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.drawRoundedRect(box, 4, 4);
        painter.setPen(t.window);
        painter.drawText(box, Qt::AlignCenter, text);
    }
}

bool EventRow::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return TimePane::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const Event* near = eventNear(help->pos().x());
    if (!near) {
        QToolTip::hideText();
        return true;
    }
    QString text = timeText(near->atMs, context().time.nowMs()) + QStringLiteral("  ") + near->kind
                   + QStringLiteral("  ") + near->text;
    if (!near->actor.isEmpty())
        text += QStringLiteral("  – ") + near->actor;
    QToolTip::showText(help->globalPos(), text, this);
    return true;
}

}  // namespace holdfast::widgets
