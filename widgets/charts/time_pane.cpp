#include "widgets/charts/time_pane.h"

#include "widgets/charts/pane_menu.h"
#include "widgets/theme/shapes.h"
#include "widgets/theme/theme.h"
#include "widgets/time/time_cursor.h"

#include <QAccessible>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMetaMethod>
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
constexpr int titleHeight = 22;
constexpr int bigStep = 10;

}  // namespace

int ticksFor(double plotWidth)
{
    return std::max(2, static_cast<int>(plotWidth / pxPerTick));
}

TimePane::TimePane(const ChartContext& context, QWidget* parent) : QWidget(parent), m_context(context)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::ClickFocus);
    connect(&context.time, &TimeCursor::crosshairChanged, this, &TimePane::crosshairMoved);
    connect(&context.time, &TimeCursor::pinsChanged, this, &TimePane::allMoved);
    connect(&context.time, &TimeCursor::selectionChanged, this, &TimePane::allMoved);
    connect(&context.time, &TimeCursor::rangeChanged, this, [this] {
        if (!spanMoved())
            allMoved();
    });
    connect(&context.theme, &Theme::changed, this, &TimePane::fitText);
}

int TimePane::px(int at100) const
{
    return m_context.theme.px(at100);
}

void TimePane::fitText()
{
    if (m_collapsed)
        setFixedHeight(px(collapsedHeight));
    allMoved();
}

void TimePane::allMoved()
{
    overlayMoved(plotRect().translated(-plotRect().topLeft()).toAlignedRect());
    update();
}

void TimePane::crosshairMoved()
{
    // Only the two strips and the header: a crosshair over twelve lanes must cost less than a millisecond.
    const QRectF plot = plotRect();
    const auto cursor = m_context.time.crosshairMs();
    const std::optional<double> now = cursor ? std::optional(scale().x(*cursor)) : std::nullopt;
    for (const auto& x : {m_crosshairX, now}) {
        if (!x || *x < plot.left() - 2 || *x > plot.right() + 2)
            continue;
        const QRect strip(static_cast<int>(*x) - 1, static_cast<int>(plot.top()), 4,
                          static_cast<int>(plot.height()) + 1);
        update(strip);
        overlayMoved(strip.translated(-plot.topLeft().toPoint()));
    }
    m_crosshairX = now;
    update(cursorHeader());
    if (hasFocus()) {
        QAccessibleValueChangeEvent event(this, spokenText());
        QAccessible::updateAccessibility(&event);
    }
}

void TimePane::setMarks(std::vector<TimeMark> marks)
{
    m_marks = std::move(marks);
    allMoved();
}

void TimePane::setFrozenSince(std::optional<std::int64_t> ms)
{
    if (m_frozenSince == ms)
        return;
    m_frozenSince = ms;
    allMoved();
}

void TimePane::setEffect(const std::optional<EffectBand>& effect)
{
    if (m_effect == effect)
        return;
    m_effect = effect;
    allMoved();
}

void TimePane::setCollapsed(bool collapsed)
{
    if (m_collapsed == collapsed)
        return;
    m_collapsed = collapsed;
    if (collapsed) {
        setFixedHeight(px(collapsedHeight));
    } else {
        setMinimumHeight(0);
        setMaximumHeight(QWIDGETSIZE_MAX);
    }
    update();
}

void TimePane::setLoading(bool loading)
{
    if (m_loading == loading)
        return;
    m_loading = loading;
    allMoved();
}

std::int64_t TimePane::stepMs() const
{
    return std::max<std::int64_t>(1000, m_context.time.spanMs() / 200);
}

QRectF TimePane::plotRect() const
{
    const double left = plotLeft();
    const int margin = std::max(0, rightMargin - contentsMargins().right());
    return {left, 4, std::max(10.0, width() - left - margin), std::max(2.0, height() - 6.0)};
}

void TimePane::setRoomBeside(int px)
{
    setContentsMargins(0, 0, px, 0);
    update();
}

TimeScale TimePane::scale() const
{
    const QRectF plot = plotRect();
    return {m_context.time.startMs(), m_context.time.axisEndMs(), plot.left(), plot.width()};
}

void TimePane::paintEvent(QPaintEvent* event)
{
    m_dirty = event->region();
    QPainter painter(this);
    painter.setLayoutDirection(Qt::LeftToRight);  // time runs that way everywhere
    const QRectF plot = plotRect();
    const QRect head(0, 0, plotLeft(), height());
    if (event->region().intersects(head))
        paintHeader(painter, QRect(12, 2, ticksLeft() - 12, height() - 4));
    if (!m_collapsed) {
        painter.save();
        paintPlot(painter, plot);
        painter.restore();
        paintOverlay(painter, plot);
    }
    if (hasFocus()) {
        painter.setPen(QPen(m_context.theme.tokens().focus, 2));
        painter.drawRect(QRect(3, 2, ticksLeft() - 6, height() - 5));
    }
}

void TimePane::paintTimeGrid(QPainter& painter, const QRectF& plot) const
{
    const TimeScale times{m_context.time.startMs(), m_context.time.axisEndMs(), plot.left(), plot.width()};
    painter.setPen(QPen(m_context.theme.tokens().grid, 1));
    for (const std::int64_t ms : tickTimes(times.startMs, times.endMs, ticksFor(plot.width()))) {
        const double x = std::round(times.x(ms)) + 0.5;
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    }
}

void TimePane::paintEffect(QPainter& painter, const QRectF& plot, const TimeScale& times) const
{
    const Tokens& t = m_context.theme.tokens();
    const auto at = [&](std::int64_t ms) { return std::clamp(times.x(ms), plot.left(), plot.right()); };
    QColor tint = t.lineSecond;
    tint.setAlpha(30);
    painter.fillRect(QRectF(QPointF(at(m_effect->beforeMs), plot.top()), QPointF(at(m_effect->atMs), plot.bottom())),
                     tint);
    const double from = std::round(at(m_effect->settledMs)) + 0.5;
    const double to = std::round(at(m_effect->afterMs)) - 0.5;
    if (to - from < 4)
        return;
    painter.setPen(QPen(t.textSecondary, 1));
    const double top = plot.top() + 4.5;
    painter.drawLine(QPointF(from, top), QPointF(to, top));
    painter.drawLine(QPointF(from, top), QPointF(from, top + 5));
    painter.drawLine(QPointF(to, top), QPointF(to, top + 5));
    const QString text = effectText();
    if (text.isEmpty() || plot.height() < px(34))
        return;
    painter.setFont(m_context.theme.font(11, QFont::DemiBold));
    const double width = painter.fontMetrics().horizontalAdvance(text) + 10;
    const double left = std::clamp((from + to - width) / 2, plot.left(), plot.right() - width);
    const QRectF box(left, top + 5, width, px(16));
    QColor behind = t.raised;
    behind.setAlpha(230);
    painter.fillRect(box, behind);
    painter.setPen(t.text);
    painter.drawText(box, Qt::AlignCenter, text);
}

void TimePane::paintOverlay(QPainter& painter, const QRectF& plot) const
{
    const Tokens& t = m_context.theme.tokens();
    const TimeCursor& time = m_context.time;
    const TimeScale times{time.startMs(), time.axisEndMs(), plot.left(), plot.width()};
    const auto vertical = [&](std::int64_t ms, const QPen& pen) {
        const double x = std::round(times.x(ms)) + 0.5;
        if (x < plot.left() || x > plot.right())
            return false;
        painter.setPen(pen);
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
        return true;
    };
    const auto band = [&](double from, double to, int alpha) {
        QColor ink = t.text;
        ink.setAlpha(alpha);
        from = std::clamp(from, plot.left(), plot.right());
        to = std::clamp(to, plot.left(), plot.right());
        painter.fillRect(QRectF(std::min(from, to), plot.top(), std::abs(to - from), plot.height()), ink);
    };
    if (m_frozenSince && *m_frozenSince < times.endMs) {
        const double from = std::max(plot.left(), times.x(*m_frozenSince));
        drawHatch(painter, QRectF(from, plot.top(), plot.right() - from, plot.height()), t.unknown);
    }
    for (const TimeMark& mark : m_marks)
        vertical(mark.atMs, QPen(mark.held ? t.held : t.textTertiary, 1, Qt::DashLine));
    if (const auto selection = time.selection()) {
        band(times.x(selection->startMs), times.x(selection->endMs), 24);
        vertical(selection->startMs, QPen(t.textSecondary, 1));
        vertical(selection->endMs, QPen(t.textSecondary, 1));
    }
    for (const auto& [pin, letter] : {std::pair{time.pinA(), 'A'}, {time.pinB(), 'B'}}) {
        if (!pin || !vertical(*pin, QPen(t.text, 1, Qt::DotLine)) || plot.height() < 24)
            continue;
        const QRectF flag(std::round(times.x(*pin)) + 1, plot.top(), px(13), px(14));
        painter.fillRect(flag, t.text);
        painter.setFont(m_context.theme.font(10, QFont::Bold));
        painter.setPen(t.window);
        painter.drawText(flag, Qt::AlignCenter, QString(QLatin1Char(letter)));
    }
    if (m_effect)
        paintEffect(painter, plot, times);
    if (m_dragTo && m_pressed) {
        const double shift = plot.left() - plotRect().left();
        band(m_pressed->x() + shift, *m_dragTo + shift, m_drag == Drag::Select ? 44 : 28);
    }
    if (m_loading) {
        painter.fillRect(QRectF(plot.left(), plot.top(), plot.width(), 2), t.border);
        painter.fillRect(QRectF(plot.left(), plot.top(), plot.width() / 4, 2), t.text);
    }
    if (time.crosshairMs())
        vertical(*time.crosshairMs(), QPen(t.text, 1));
}

void TimePane::mouseMoveEvent(QMouseEvent* event)
{
    const QRectF plot = plotRect();
    const double x = event->position().x();
    if (m_pressed && std::abs(event->pos().x() - m_pressed->x()) >= dragFrom) {
        m_dragTo = event->pos().x();
        m_drag = event->modifiers().testFlag(Qt::ShiftModifier) ? Drag::Select : Drag::Zoom;
        allMoved();
    }
    if (m_collapsed || x < plot.left() || x > plot.right())
        m_context.time.setCrosshair(std::nullopt);
    else
        m_context.time.setCrosshair(scale().at(x));
}

void TimePane::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    if (event->pos().x() < ticksLeft() && event->pos().y() < px(titleHeight))
        emit titleClicked();
    else if (!m_collapsed && plotRect().contains(QPointF(event->position().x(), plotRect().center().y())))
        m_pressed = event->pos();
}

void TimePane::mouseReleaseEvent(QMouseEvent* event)
{
    if (!m_pressed || event->button() != Qt::LeftButton)
        return;
    const TimeScale times = scale();
    const std::int64_t latest = m_context.time.endMs();
    const std::int64_t from = std::clamp(times.at(m_pressed->x()), times.startMs, latest);
    const std::int64_t to = std::clamp(times.at(event->position().x()), times.startMs, latest);
    const bool dragged = m_dragTo.has_value();
    const Drag drag = m_drag;
    m_pressed.reset();
    m_dragTo.reset();
    m_drag = Drag::None;
    if (dragged && drag == Drag::Select)
        m_context.time.select(TimeSpan{from, to});
    else if (dragged)
        m_context.time.setRange(from, to);
    else
        m_context.time.pin(from);
    allMoved();
}

void TimePane::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->pos().x() < ticksLeft())
        return;
    m_context.time.clearPins();
    m_context.time.back();
}

void TimePane::contextMenuEvent(QContextMenuEvent* event)
{
    const QPoint at = event->reason() == QContextMenuEvent::Keyboard ? mapToGlobal(QPoint(ticksLeft(), px(titleHeight)))
                                                                     : event->globalPos();
    if (isSignalConnected(QMetaMethod::fromSignal(&TimePane::menuRequested)))
        emit menuRequested(at);
    else
        openPaneMenu(*this, at);
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

void TimePane::keyPressEvent(QKeyEvent* event)
{
    TimeCursor& time = m_context.time;
    const bool control = event->modifiers().testFlag(Qt::ControlModifier);
    const bool arrow = event->key() == Qt::Key_Left || event->key() == Qt::Key_Right;
    if (arrow && !control && !event->modifiers().testFlag(Qt::AltModifier)) {
        const int steps = event->modifiers().testFlag(Qt::ShiftModifier) ? bigStep : 1;
        const std::int64_t by = (event->key() == Qt::Key_Left ? -steps : steps) * stepMs();
        const std::int64_t from = time.crosshairMs().value_or(time.endMs());
        time.setCrosshair(std::clamp(from + by, time.startMs(), time.endMs()));
    } else if (event->key() == Qt::Key_Space && event->modifiers() == Qt::NoModifier) {
        time.pin(time.crosshairMs().value_or(time.endMs()));
    } else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
               && event->modifiers() == Qt::NoModifier) {
        emit titleClicked();
    } else {
        QWidget::keyPressEvent(event);  // other lanes, events and the table are the page's
    }
}

void TimePane::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void TimePane::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

}  // namespace holdfast::widgets
