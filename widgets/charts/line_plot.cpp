#include "widgets/charts/line_plot.h"

#include "widgets/theme/line_text.h"
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

void LinePlot::resizeEvent(QResizeEvent* event)
{
    QChartView::resizeEvent(event);
    m_chart->setPlotArea(QRectF(viewport()->rect()));
}

double LinePlot::heightOf(double value) const
{
    return m_chart->mapToPosition(QPointF(0, value), m_map).y();
}

double LinePlot::xOf(std::int64_t ms) const
{
    const double share =
        static_cast<double>(ms - m_startMs) / static_cast<double>(std::max<std::int64_t>(1, m_endMs - m_startMs));
    return m_chart->mapToPosition(QPointF(share, m_values.low), m_map).x();
}

LayerFrame LinePlot::frameNow() const
{
    return {viewport()->size(), devicePixelRatioF(), m_startMs, m_endMs, m_values};
}

QRectF LinePlot::layerRect() const
{
    if (m_layer.image.isNull())
        return {};
    const LayerFrame& frame = m_layer.frame;
    const double left = xOf(frame.startMs);
    const double right = xOf(frame.endMs);
    const double top = heightOf(frame.values.high);
    const double bottom = heightOf(frame.values.low);
    const QSizeF size(frame.size);
    if (std::abs(right - left - size.width()) < 0.5 && std::abs(bottom - top - size.height()) < 1.5)
        return {QPointF(std::round(left), std::round(top)), size};
    return {left, top, right - left, bottom - top};
}

void LinePlot::paintEvent(QPaintEvent* event)
{
    QPainter painter(viewport());
    const QRectF plot = viewport()->rect();
    if (painter.paintEngine()->type() == QPaintEngine::SVG) {
        paintVectors(painter, plot);
        return;
    }
    const QRectF layer = layerRect();
    const QRegion bare = event->region() - QRegion(layer.toRect());
    if (!bare.isEmpty())
        paintBare(painter, plot, bare);
    if (!layer.isEmpty())
        paintLayer(painter, layer);
    if (event->region().intersects(QRect(0, 0, m_theme.px(limitReach), viewport()->height())))
        paintLimitWords(painter, plot);
    if (m_overlay)
        m_overlay(painter, plot);
}

void LinePlot::paintBare(QPainter& painter, const QRectF& plot, const QRegion& bare)
{
    painter.setClipRegion(bare);
    paintGround(painter, frameNow(), m_theme.tokens());
    if (m_grid)
        m_grid(painter, plot);
    painter.setClipping(false);
}

void LinePlot::paintVectors(QPainter& painter, const QRectF& plot)
{
    const Tokens& t = m_theme.tokens();
    LayerFrame frame = frameNow();
    frame.pixelRatio = 1;
    paintGround(painter, frame, t);
    if (m_grid)
        m_grid(painter, plot);
    if (m_layer.data) {
        paintBelowLines(painter, *m_layer.data, frame, m_layer.gaps, t);
        paintLines(painter, *m_layer.data, frame, t);
        paintLimitLine(painter, *m_layer.data, frame, t);
    }
    paintLimitWords(painter, plot);
    if (m_overlay)
        m_overlay(painter, plot);
}

void LinePlot::paintLayer(QPainter& painter, const QRectF& where)
{
    if (where.size() == QSizeF(m_layer.frame.size))
        painter.drawImage(where.topLeft(), m_layer.image);
    else
        painter.drawImage(where, m_layer.image);
}

void LinePlot::paintLimitWords(QPainter& painter, const QRectF& plot)
{
    if (!m_layer.data || !m_layer.data->limit)
        return;
    const LaneLimit& limit = *m_layer.data->limit;
    if (limit.value > m_values.high || limit.value < m_values.low)
        return;
    const double height = m_theme.px(15);
    if (plot.height() < height)
        return;
    const Tokens& t = m_theme.tokens();
    const double y = std::round(heightOf(limit.value)) + 0.5;
    painter.setFont(m_theme.axis());
    const double width = std::ceil(textWidth(painter.font(), limit.text)) + 8;
    const double top = y < plot.top() + m_theme.px(18) ? y + 1 : y - m_theme.px(16);
    const QRectF box(plot.left() + 4, std::clamp(top, plot.top(), plot.bottom() - height), width, height);
    QColor behind = t.plot;
    behind.setAlpha(200);
    painter.fillRect(box, behind);
    painter.setPen(t.textSecondary);
    drawLine(painter, box, Qt::AlignCenter, limit.text);
}

}  // namespace holdfast::widgets
