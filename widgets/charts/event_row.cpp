#include "widgets/charts/event_row.h"

#include "widgets/theme/line_text.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/shapes.h"
#include "widgets/theme/theme.h"
#include "widgets/time/time_cursor.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace holdfast::widgets {

namespace {

constexpr int markAt100 = 13;
constexpr int bandAt100 = 22;
constexpr double reach = 8;
constexpr int clusterAt100 = 40;
constexpr std::size_t mostLines = 8;

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

/// What the letter of a mark stands for.
QString kindWord(const QString& kind)
{
    if (kind == QLatin1String("alert_on"))
        return EventRow::tr("alert");
    if (kind == QLatin1String("alert_off"))
        return EventRow::tr("alert over");
    if (kind == QLatin1String("override_end"))
        return EventRow::tr("hold ended");
    return QString(kind).replace(QLatin1Char('_'), QLatin1Char(' '));
}

bool byPerson(const Event& event)
{
    return event.kind == QLatin1String("action") || event.kind == QLatin1String("override_end");
}

struct Mark {
    double x = 0;  ///< px
    const Event* event = nullptr;
    int more = 0;  ///< others that it stands for
};

/// Of marks that would lie on each other one is shown and says how many more there are; a person's goes before.
///
/// near  px that marks keep from each other; size: of one mark, px, which two of persons keep
std::vector<Mark> marksOf(const std::vector<Event>& events, const TimeScale& times, const QRectF& plot, double near,
                          double size)
{
    std::vector<Mark> all;
    for (const Event& each : events) {
        if (const double x = times.x(each.atMs); x >= plot.left() && x <= plot.right())
            all.push_back({.x = x, .event = &each});
    }
    std::ranges::stable_sort(all, {}, &Mark::x);
    std::vector<double> person(all.size());  // where the next one of a person is
    double next = std::numeric_limits<double>::infinity();
    for (std::size_t i = all.size(); i-- > 0;) {
        next = byPerson(*all[i].event) ? all[i].x : next;
        person[i] = next;
    }
    std::vector<Mark> shown;
    int waiting = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool own = byPerson(*all[i].event);
        if (!shown.empty() && all[i].x - shown.back().x < (own ? size : near))
            shown.back().more += 1 + std::exchange(waiting, 0);
        else if (!own && person[i] - all[i].x <= size)
            ++waiting;
        else
            shown.push_back({.x = all[i].x, .event = all[i].event, .more = std::exchange(waiting, 0)});
    }
    return shown;
}

}  // namespace

EventRow::EventRow(const ChartContext& context, QWidget* parent) : TimePane(context, parent)
{
    const auto fit = [this] { setFixedHeight(px(rowHeight)); };
    connect(&context.theme, &Theme::changed, this, fit);
    fit();
    setAccessibleName(tr("Events and time axis"));
    connect(&context.time, &TimeCursor::crosshairChanged, this, qOverload<>(&QWidget::update));
}

void EventRow::setEvents(std::vector<Event> events)
{
    m_events = std::move(events);
    setAccessibleDescription(m_events.size() == 1 ? tr("1 event") : tr("%1 events").arg(m_events.size()));
    update();
}

std::vector<Event> EventRow::eventsNear(double x) const
{
    const TimeScale times = scale();
    std::vector<Event> near;
    for (const Event& each : m_events) {
        const double at = times.x(each.atMs);
        if (at > x - px(clusterAt100) && at < x + reach)  // "+3" stands right of the mark that hides three
            near.push_back(each);
    }
    std::sort(near.begin(), near.end(), [](const Event& a, const Event& b) { return a.atMs < b.atMs; });
    return near;
}

void EventRow::mousePressEvent(QMouseEvent* event)
{
    const bool inBand = event->pos().y() < px(bandAt100) + 4 && event->pos().x() > ticksLeft();
    if (event->button() == Qt::LeftButton && inBand) {
        if (const std::vector<Event> near = eventsNear(event->position().x()); !near.empty()) {
            emit eventsChosen(near, event->globalPosition().toPoint());
            return;
        }
    }
    TimePane::mousePressEvent(event);
}

QString EventRow::explanationAt(double x) const
{
    const std::vector<Event> near = eventsNear(x);
    if (near.empty())
        return tr(
            "d deploy · b breaker · f flag · r restart · n note · triangle: alert · M: by a person · +3: three more "
            "close by");
    QStringList lines;
    for (const Event& each : near) {
        if (lines.size() == static_cast<qsizetype>(mostLines)) {
            lines << tr("… and %1 more").arg(near.size() - mostLines);
            break;
        }
        lines << QStringLiteral("%1  %2  %3")
                         .arg(timeText(each.atMs, context().time.nowMs()), kindWord(each.kind), each.text)
                     + (each.actor.isEmpty() ? QString() : QStringLiteral("  – ") + each.actor);
    }
    return lines.join(QLatin1Char('\n'));
}

void EventRow::paintHeader(QPainter& painter, const QRect& header)
{
    const Theme& theme = context().theme;
    const Tokens& t = theme.tokens();
    const TimeCursor& time = context().time;
    painter.setFont(theme.small());
    painter.setPen(t.textSecondary);
    const int width = plotLeft() - 18;
    drawLine(painter, QRectF(header.left(), 2, width, px(20)), Qt::AlignVCenter, tr("events"));
    QString text;
    if (const auto span = time.selection())
        text = tr("marked %1").arg(durationText(span->lengthMs()));
    else if (time.pinA() && time.pinB())
        text = tr("A–B %1").arg(durationText(std::abs(*time.pinB() - *time.pinA())));
    else if (time.pinA() && time.crosshairMs())
        text = tr("Δ to A %1").arg(durationText(std::abs(*time.crosshairMs() - *time.pinA())));
    else if (time.pinA())
        text = tr("A %1").arg(timeText(*time.pinA(), time.nowMs()));
    else if (time.crosshairMs())
        text = timeText(*time.crosshairMs(), time.nowMs());
    painter.setPen(t.text);
    painter.setFont(theme.strong());
    drawLine(painter, QRectF(header.left(), px(26), width, px(18)), Qt::AlignVCenter, text);
}

void EventRow::paintPlot(QPainter& painter, const QRectF& plot)
{
    const Theme& theme = context().theme;
    const Tokens& t = theme.tokens();
    const TimeScale times = scale();
    const double eventBand = px(bandAt100);
    const double markSize = px(markAt100);
    const QRectF band(plot.left(), plot.top() - 2, plot.width(), eventBand);
    painter.fillRect(band, t.plot);
    const std::vector<Mark> marks = marksOf(m_events, times, plot, px(clusterAt100), markSize);
    int carried = 0;
    for (std::size_t i = 0; i < marks.size(); ++i) {
        const Mark& mark = marks[i];
        const QRectF box(std::round(mark.x - markSize / 2), band.top() + (eventBand - markSize) / 2, markSize,
                         markSize);
        if (byPerson(*mark.event)) {
            drawHeld(painter, box, t);
        } else if (mark.event->kind == QLatin1String("alert_on")) {
            drawSeverity(painter, box.adjusted(1, 1, -1, -1), Severity::Warning, t);
        } else {
            painter.setPen(QPen(t.textTertiary, 1));
            painter.setBrush(t.raised);
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
            painter.setFont(theme.font(10, QFont::Bold));
            painter.setPen(t.text);
            drawLine(painter, box, Qt::AlignCenter, letterOf(mark.event->kind));
        }
        carried += mark.more;
        if (carried == 0)
            continue;
        painter.setFont(theme.font(10, QFont::Bold));
        painter.setPen(t.textSecondary);
        const QString more = QStringLiteral("+%1").arg(carried);
        const double room = textWidth(painter.font(), more);
        double left = mark.x + markSize / 2 + 2;
        const bool last = i + 1 == marks.size();
        if (last && left + room > width())
            left = mark.x - markSize / 2 - 2 - room;  // the edge of the window would cut it
        if (!last && left + room + 1 > marks[i + 1].x - markSize / 2)
            continue;  // the next mark stands there, and tells of these too
        painter.drawText(QRectF(left, band.top(), room + 2, eventBand), Qt::AlignVCenter, more);
        carried = 0;
    }
    painter.setFont(theme.axis());
    painter.setPen(t.textTertiary);
    for (const TimeTick& tick : timeTicks(times.startMs, times.endMs, ticksFor(plot.width()))) {
        const double x = times.x(tick.ms);
        const double half = std::ceil(textWidth(painter.font(), tick.text)) / 2.0 + 1;
        if (x < plot.left() - 5 || x > plot.right() + 1)
            continue;
        const double centre = std::min(x, width() - half);
        drawLine(painter, QRectF(centre - half, band.bottom() + 4, 2 * half, px(16)), Qt::AlignCenter, tick.text);
    }
}

void EventRow::paintEvent(QPaintEvent* event)
{
    TimePane::paintEvent(event);
    QPainter painter(this);
    paintCursorTime(painter);  // over the crosshair, which would run through its digits
}

void EventRow::paintCursorTime(QPainter& painter) const
{
    const auto cursor = context().time.crosshairMs();
    if (!cursor)
        return;
    const Tokens& t = context().theme.tokens();
    const QRectF plot = plotRect();
    const QString text = timeText(*cursor, context().time.nowMs());
    painter.setFont(context().theme.font(11, QFont::DemiBold));
    const double w = std::ceil(textWidth(painter.font(), text)) + 14;
    const double x = std::clamp(scale().x(*cursor) - w / 2, plot.left(), plot.right() - w);
    const QRectF box(x, plot.top() - 2 + px(bandAt100) + 3, w, px(18));
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.text);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.drawRoundedRect(box, 4, 4);
    painter.setPen(t.window);
    drawLine(painter, box, Qt::AlignCenter, text);
}

bool EventRow::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return TimePane::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    QToolTip::showText(help->globalPos(), explanationAt(help->pos().x()), this);
    return true;
}

}  // namespace holdfast::widgets
