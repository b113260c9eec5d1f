#include "widgets/charts/line_plot.h"

#include "widgets/theme/shapes.h"
#include "widgets/theme/theme.h"

#include <QChart>
#include <QGraphicsLayout>
#include <QLegend>
#include <QLineSeries>
#include <QPaintEngine>
#include <QPaintEvent>
#include <QPainter>
#include <QValueAxis>

#include <cmath>

namespace holdfast::widgets {

namespace {

constexpr int limitReach = 160;  // px from the left; the words of a limit end before

}  // namespace

LinePlot::LinePlot(const Theme& theme, QWidget* parent)
    : QChartView(parent),
      m_theme(theme),
      m_chart(new QChart),
      m_map(new QLineSeries(m_chart)),
      m_x(new QValueAxis(m_chart)),
      m_y(new QValueAxis(m_chart))
{
    setFrameShape(QFrame::NoFrame);
    setInteractive(false);  // hit-testing of series costs up to 5 ms a mouse event
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setRenderHint(QPainter::Antialiasing, false);
    setBackgroundBrush(Qt::NoBrush);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);  // what lies below need not be painted
    m_chart->setAnimationOptions(QChart::NoAnimation);
    m_chart->setBackgroundVisible(false);
    m_chart->setBackgroundRoundness(0);
    m_chart->setMargins({});
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_chart->legend()->hide();
    m_chart->addSeries(m_map);
    m_chart->addAxis(m_x, Qt::AlignBottom);
    m_chart->addAxis(m_y, Qt::AlignLeft);
    m_map->attachAxis(m_x);
    m_map->attachAxis(m_y);
    // Qt Charts draws its axes anew at each change of range (0.2 ms each) and at odd times; ours are drawn once.
    m_x->setVisible(false);
    m_y->setVisible(false);
    m_x->setRange(0, 1);
    setChart(m_chart);
}

void LinePlot::setSpan(std::int64_t startMs, std::int64_t endMs)
{
    if (m_startMs == startMs && m_endMs == endMs)
        return;
    m_startMs = startMs;
    m_endMs = endMs;
    viewport()->update();
}

void LinePlot::setValues(ValueRange range)
{
    if (m_values == range)
        return;
    m_values = range;
    m_y->setRange(range.low, range.high);
    m_frameValid = false;
}

void LinePlot::setLayer(const LaneLayer& layer)
{
    m_layer = layer;
    setValues(layer.frame.values);
    viewport()->update();
}

void LinePlot::setPainters(std::function<void(QPainter&, const QRectF&)> grid,
                           std::function<void(QPainter&, const QRectF&)> overlay)
{
    m_grid = std::move(grid);
    m_overlay = std::move(overlay);
}

void LinePlot::dropFrame()
{
    m_frameValid = false;
    viewport()->update();
}

void LinePlot::resizeEvent(QResizeEvent* event)
{
    QChartView::resizeEvent(event);
    m_chart->setPlotArea(QRectF(viewport()->rect()));
    m_frameValid = false;
}

double LinePlot::yOf(double value) const
{
    return m_chart->mapToPosition(QPointF(0, value), m_map).y();
}

double LinePlot::xOf(std::int64_t ms) const
{
    const double share =
        static_cast<double>(ms - m_startMs) / static_cast<double>(std::max<std::int64_t>(1, m_endMs - m_startMs));
    return m_chart->mapToPosition(QPointF(share, m_values.low), m_map).x();
}

void LinePlot::paintFrame(QPainter& painter, const QRectF& plot)
{
    const Tokens& t = m_theme.tokens();
    painter.fillRect(plot, t.plot);
    painter.setPen(QPen(t.grid, 1));
    const double middle = std::round(yOf((m_values.low + m_values.high) / 2)) + 0.5;
    painter.drawLine(QPointF(plot.left(), middle), QPointF(plot.right(), middle));
    painter.drawLine(QPointF(plot.left(), plot.bottom() - 0.5), QPointF(plot.right(), plot.bottom() - 0.5));
}

void LinePlot::renderFrame()
{
    const QSize wanted = viewport()->size() * devicePixelRatioF();
    if (m_frame.size() != wanted)
        m_frame = QPixmap(wanted);
    m_frame.setDevicePixelRatio(devicePixelRatioF());
    QPainter painter(&m_frame);
    paintFrame(painter, viewport()->rect());
    render(&painter, viewport()->rect(), viewport()->rect());  // what the chart itself draws
    m_frameValid = true;
}

void LinePlot::paintEvent(QPaintEvent* event)
{
    QPainter painter(viewport());
    const QRectF plot = viewport()->rect();
    const bool asVectors = painter.paintEngine()->type() == QPaintEngine::SVG;
    if (asVectors) {
        paintFrame(painter, plot);
    } else {
        if (!m_frameValid)
            renderFrame();
        painter.drawPixmap(0, 0, m_frame);
    }
    if (m_grid)
        m_grid(painter, plot);
    QColor ink = m_theme.tokens().textTertiary;
    ink.setAlpha(70);
    for (const Gap& gap : m_layer.gaps) {
        const QRectF box(xOf(gap.startMs), plot.top(), xOf(gap.endMs) - xOf(gap.startMs), plot.height());
        drawHatch(painter, box.intersected(plot), ink);
    }
    paintBaseline(painter, plot);
    if (asVectors && m_layer.data)
        paintLines(painter, *m_layer.data, {viewport()->size(), 1, m_startMs, m_endMs, m_values}, m_theme.tokens());
    else
        paintLayer(painter, plot);
    paintLimit(painter, plot, event->region());
    if (m_overlay)
        m_overlay(painter, plot);
}

void LinePlot::paintLayer(QPainter& painter, const QRectF&)
{
    if (m_layer.image.isNull())
        return;
    const LayerFrame& frame = m_layer.frame;
    const double left = xOf(frame.startMs);
    const double right = xOf(frame.endMs);
    const double top = yOf(frame.values.high);
    const double bottom = yOf(frame.values.low);
    const bool same =
        std::abs(right - left - frame.size.width()) < 0.5 && std::abs(bottom - top - frame.size.height()) < 1.5;
    if (same)
        painter.drawImage(QPointF(std::round(left), std::round(top)), m_layer.image);
    else
        painter.drawImage(QRectF(left, top, right - left, bottom - top), m_layer.image);
}

void LinePlot::paintBaseline(QPainter& painter, const QRectF& plot)
{
    if (!m_layer.data || !m_layer.data->baseline)
        return;
    const Baseline& usual = *m_layer.data->baseline;
    QColor band = m_theme.tokens().lineThird;
    band.setAlpha(48);
    const double top = std::max(plot.top(), yOf(usual.high));
    const double bottom = std::min(plot.bottom(), yOf(usual.low));
    painter.fillRect(QRectF(plot.left(), top, plot.width(), std::max(1.0, bottom - top)), band);
    painter.setPen(QPen(m_theme.tokens().lineThird, 1, Qt::DotLine));
    const double mean = std::round(yOf(usual.mean)) + 0.5;
    painter.drawLine(QPointF(plot.left(), mean), QPointF(plot.right(), mean));
}

void LinePlot::paintLimit(QPainter& painter, const QRectF& plot, const QRegion& dirty)
{
    if (!m_layer.data || !m_layer.data->limit)
        return;
    const LaneLimit& limit = *m_layer.data->limit;
    if (limit.value > m_values.high || limit.value < m_values.low)
        return;
    const Tokens& t = m_theme.tokens();
    const double y = std::round(yOf(limit.value)) + 0.5;
    painter.setPen(QPen(t.textTertiary, 1, Qt::DashLine));
    painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
    if (!dirty.intersects(QRect(0, 0, m_theme.px(limitReach), viewport()->height())))
        return;
    painter.setFont(m_theme.axis());
    const double width = painter.fontMetrics().horizontalAdvance(limit.text) + 8;
    const QRectF box(plot.left() + 4, y < plot.top() + m_theme.px(18) ? y + 1 : y - m_theme.px(16), width,
                     m_theme.px(15));
    QColor behind = t.plot;
    behind.setAlpha(200);
    painter.fillRect(box, behind);
    painter.setPen(t.textSecondary);
    painter.drawText(box, Qt::AlignCenter, limit.text);
}

}  // namespace holdfast::widgets
