#include "widgets/charts/time_pane.h"

#include "widgets/theme/shapes.h"
#include "widgets/theme/theme.h"
#include "widgets/time/time_cursor.h"

#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace holdfast::widgets {

namespace {

constexpr int dragFrom = 6;  // px; less is a click
constexpr double zoomIn = 0.7;
constexpr double pxPerTick = 150;

}  // namespace

int ticksFor(double plotWidth)
{
    return std::max(2, static_cast<int>(plotWidth / pxPerTick));
}

TimePane::TimePane(const ChartContext& context, QWidget* parent) : QWidget(parent), m_context(context)
{
    setMouseTracking(true);
    connect(&context.time, &TimeCursor::crosshairChanged, this, &TimePane::moved);
    connect(&context.time, &TimeCursor::pinsChanged, this, &TimePane::moved);
    connect(&context.time, &TimeCursor::rangeChanged, this, &TimePane::moved);
    connect(&context.theme, &Theme::changed, this, &TimePane::moved);
}

void TimePane::moved()
{
    cursorMoved();
    update();
}

void TimePane::setMarks(std::vector<TimeMark> marks)
{
    m_marks = std::move(marks);
    moved();
}

void TimePane::setFrozenSince(std::optional<std::int64_t> ms)
{
    if (m_frozenSince == ms)
        return;
    m_frozenSince = ms;
    moved();
}

QRectF TimePane::plotRect() const
{
    const double left = headerWidth + tickWidth;
    return {left, 4, std::max(10.0, width() - left - rightMargin), std::max(2.0, height() - 6.0)};
}

TimeScale TimePane::scale() const
{
    const QRectF plot = plotRect();
    return {m_context.time.startMs(), m_context.time.endMs(), plot.left(), plot.width()};
}

void TimePane::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QRectF plot = plotRect();
    paintHeader(painter, QRect(12, 2, headerWidth - 12, height() - 4));
    painter.save();
    paintPlot(painter, plot);
    painter.restore();
    paintOverlay(painter, plot);
}

void TimePane::paintTimeGrid(QPainter& painter, const QRectF& plot) const
{
    const TimeScale times{m_context.time.startMs(), m_context.time.endMs(), plot.left(), plot.width()};
    painter.setPen(QPen(m_context.theme.tokens().grid, 1));
    for (const TimeTick& tick : timeTicks(times.startMs, times.endMs, ticksFor(plot.width()))) {
        const double x = std::round(times.x(tick.ms)) + 0.5;
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    }
}

void TimePane::paintOverlay(QPainter& painter, const QRectF& plot) const
{
    const Tokens& t = m_context.theme.tokens();
    const TimeCursor& time = m_context.time;
    const TimeScale times{time.startMs(), time.endMs(), plot.left(), plot.width()};
    const auto vertical = [&](std::int64_t ms, const QPen& pen) {
        const double x = std::round(times.x(ms)) + 0.5;
        if (x < plot.left() || x > plot.right())
            return;
        painter.setPen(pen);
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    };
    if (m_frozenSince && *m_frozenSince < times.endMs) {
        const double from = std::max(plot.left(), times.x(*m_frozenSince));
        drawHatch(painter, QRectF(from, plot.top(), plot.right() - from, plot.height()), t.unknown);
    }
    for (const TimeMark& mark : m_marks)
        vertical(mark.atMs, QPen(mark.held ? t.held : t.textTertiary, 1, Qt::DashLine));
    if (time.pinA())
        vertical(*time.pinA(), QPen(t.text, 1, Qt::DotLine));
    if (time.pinB())
        vertical(*time.pinB(), QPen(t.text, 1, Qt::DotLine));
    if (m_dragTo && m_pressed) {
        QColor band = t.text;
        band.setAlpha(28);
        const double from =
            std::clamp<double>(m_pressed->x() - plotRect().left() + plot.left(), plot.left(), plot.right());
        const double to = std::clamp<double>(*m_dragTo - plotRect().left() + plot.left(), plot.left(), plot.right());
        painter.fillRect(QRectF(std::min(from, to), plot.top(), std::abs(to - from), plot.height()), band);
    }
    if (time.crosshairMs())
        vertical(*time.crosshairMs(), QPen(t.text, 1));
}

void TimePane::mouseMoveEvent(QMouseEvent* event)
{
    const QRectF plot = plotRect();
    const double x = event->position().x();
    if (m_pressed && std::abs(event->pos().x() - m_pressed->x()) >= dragFrom)
        m_dragTo = event->pos().x();
    if (x < plot.left() || x > plot.right())
        m_context.time.setCrosshair(std::nullopt);
    else
        m_context.time.setCrosshair(scale().at(x));
    moved();
}

void TimePane::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton
        && plotRect().contains(QPointF(event->position().x(), plotRect().center().y())))
        m_pressed = event->pos();
}

void TimePane::mouseReleaseEvent(QMouseEvent* event)
{
    if (!m_pressed || event->button() != Qt::LeftButton)
        return;
    const TimeScale times = scale();
    const std::int64_t from = times.at(m_pressed->x());
    const std::int64_t to = times.at(event->position().x());
    const bool dragged = m_dragTo.has_value();
    m_pressed.reset();
    m_dragTo.reset();
    if (dragged)
        m_context.time.setRange(std::clamp(from, times.startMs, times.endMs),
                                std::clamp(to, times.startMs, times.endMs));
    else
        m_context.time.pin(from);
    moved();
}

void TimePane::mouseDoubleClickEvent(QMouseEvent*)
{
    m_context.time.clearPins();
    m_context.time.back();
}

void TimePane::leaveEvent(QEvent*)
{
    m_context.time.setCrosshair(std::nullopt);
}

void TimePane::wheelEvent(QWheelEvent* event)
{
    if (!event->modifiers().testFlag(Qt::ControlModifier)) {
        event->ignore();  // the wheel alone scrolls the page and never zooms
        return;
    }
    m_context.time.zoomAt(scale().at(event->position().x()), event->angleDelta().y() > 0 ? zoomIn : 1 / zoomIn);
    event->accept();
}

}  // namespace holdfast::widgets
