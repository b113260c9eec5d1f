#include "widgets/charts/line_plot.h"

#include "widgets/theme/shapes.h"
#include "widgets/theme/theme.h"

#include <QChart>
#include <QGraphicsLayout>
#include <QLegend>
#include <QLineSeries>
#include <QPainter>
#include <QValueAxis>

#include <cmath>

namespace holdfast::widgets {

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
    m_frameValid = false;  // the grid moves with time
    viewport()->update();
}

void LinePlot::setValues(ValueRange range)
{
    if (m_values == range)
        return;
    m_values = range;
    m_y->setRange(range.low, range.high);
    m_frameValid = false;
    viewport()->update();
}

void LinePlot::setLayer(const QImage& layer, const LayerFrame& frame)
{
    m_layer = layer;
    m_layerFrame = frame;
    viewport()->update();
}

void LinePlot::setLimit(const std::optional<LaneLimit>& limit)
{
    m_limit = limit;
}

void LinePlot::setGaps(std::vector<Gap> gaps)
{
    m_gaps = std::move(gaps);
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

void LinePlot::renderFrame()
{
    const Tokens& t = m_theme.tokens();
    m_frame = QPixmap(viewport()->size() * devicePixelRatioF());
    m_frame.setDevicePixelRatio(devicePixelRatioF());
    m_frame.fill(t.plot);
    QPainter painter(&m_frame);
    const QRectF plot = viewport()->rect();
    render(&painter, plot, viewport()->rect());
    if (m_grid)
        m_grid(painter, plot);
    painter.setPen(QPen(t.grid, 1));
    const double middle = std::round(yOf((m_values.low + m_values.high) / 2)) + 0.5;
    painter.drawLine(QPointF(plot.left(), middle), QPointF(plot.right(), middle));
    painter.drawLine(QPointF(plot.left(), plot.bottom() - 0.5), QPointF(plot.right(), plot.bottom() - 0.5));
    m_frameValid = true;
}

void LinePlot::paintEvent(QPaintEvent*)
{
    if (!m_frameValid)
        renderFrame();
    const Tokens& t = m_theme.tokens();
    QPainter painter(viewport());
    const QRectF plot = viewport()->rect();
    painter.drawPixmap(0, 0, m_frame);
    for (const Gap& gap : m_gaps) {
        QColor ink = t.textTertiary;
        ink.setAlpha(70);
        drawHatch(
            painter,
            QRectF(xOf(gap.startMs), plot.top(), xOf(gap.endMs) - xOf(gap.startMs), plot.height()).intersected(plot),
            ink);
    }
    if (!m_layer.isNull()) {
        const double left = xOf(m_layerFrame.startMs);
        const double right = xOf(m_layerFrame.endMs);
        const double top = yOf(m_layerFrame.values.high);
        const double bottom = yOf(m_layerFrame.values.low);
        const bool same = std::abs(right - left - m_layerFrame.size.width()) < 0.5
                          && std::abs(bottom - top - m_layerFrame.size.height()) < 1.5;
        if (same)
            painter.drawImage(QPointF(std::round(left), std::round(top)), m_layer);
        else
            painter.drawImage(QRectF(left, top, right - left, bottom - top), m_layer);
    }
    if (m_limit && m_limit->value <= m_values.high && m_limit->value >= m_values.low) {
        const double y = std::round(yOf(m_limit->value)) + 0.5;
        painter.setPen(QPen(t.textTertiary, 1, Qt::DashLine));
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        painter.setFont(m_theme.axis());
        const double width = QFontMetricsF(m_theme.axis()).horizontalAdvance(m_limit->text) + 8;
        const QRectF box(plot.left() + 4, y < plot.top() + 18 ? y + 1 : y - 16, width, 15);
        QColor behind = t.plot;
        behind.setAlpha(200);
        painter.fillRect(box, behind);
        painter.setPen(t.textSecondary);
        painter.drawText(box, Qt::AlignCenter, m_limit->text);
    }
    if (m_overlay)
        m_overlay(painter, plot);
}

}  // namespace holdfast::widgets
