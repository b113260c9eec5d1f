#include "widgets/charts/heat_pane.h"

#include "widgets/theme/number_format.h"
#include "widgets/theme/theme.h"
#include "widgets/time/time_cursor.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace holdfast::widgets {

namespace {

constexpr std::int64_t nowSpanMs = 60'000;  // "over SLO" now means the last minute

QString boundText(double bound)
{
    return std::isinf(bound) ? QStringLiteral("∞") : latencyText(bound);
}

}  // namespace

HeatPane::HeatPane(const ChartContext& context, const QString& title, QWidget* parent)
    : TimePane(context, parent), m_title(title)
{
    setAccessibleName(title);
    connect(&context.theme, &Theme::changed, this, [this] {
        if (m_data)
            m_image = heatImage(*m_data, m_slo, this->context().theme.tokens());
    });
}

void HeatPane::setData(std::shared_ptr<const HeatData> heat, std::optional<double> slo)
{
    m_missing.clear();
    m_data = std::move(heat);
    m_slo = slo;
    m_image = heatImage(*m_data, slo, context().theme.tokens());
    if (m_data->columns == 0)
        m_missing = tr("No requests were measured in this span.");
    update();
}

void HeatPane::setMissing(const QString& words)
{
    m_missing = words;
    update();
}

QString HeatPane::cursorText() const
{
    const auto cursor = context().time.crosshairMs();
    const QRectF plot = plotRect();
    const QPoint mouse = mapFromGlobal(QCursor::pos());
    if (!cursor || !m_data || m_data->columns == 0 || !plot.contains(mouse))
        return {};
    const std::int64_t column = (*cursor - m_data->startMs + m_data->stepMs - 1) / m_data->stepMs;
    const auto rows = static_cast<double>(m_data->bounds.size());
    const auto bucket = static_cast<std::size_t>(
        std::clamp(std::floor((plot.bottom() - mouse.y()) / plot.height() * rows), 0.0, rows - 1));
    if (column < 0 || column >= m_data->columns)
        return {};
    const double count = m_data->count(column, bucket);
    const double low = bucket == 0 ? 0 : m_data->bounds[bucket - 1];
    return tr("%1–%2: %3")
        .arg(bucket == 0 ? QStringLiteral("0") : boundText(low), boundText(m_data->bounds[bucket]),
             std::isnan(count) ? QStringLiteral("–") : countText(std::round(count)));
}

void HeatPane::paintHeader(QPainter& painter, const QRect& header)
{
    const Theme& theme = context().theme;
    const Tokens& t = theme.tokens();
    painter.setFont(theme.base());
    painter.setPen(t.textSecondary);
    painter.drawText(QRect(header.left(), header.top(), header.width(), 17), Qt::AlignVCenter, m_title);
    if (!m_data || m_data->columns == 0)
        return;
    if (m_slo) {
        const auto share = shareOver(*m_data, *m_slo, context().time.endMs() - std::max(nowSpanMs, m_data->stepMs));
        painter.setFont(theme.strong());
        painter.setPen(t.text);
        painter.drawText(QRect(header.left(), header.top() + 17, header.width(), 18), Qt::AlignVCenter,
                         share ? tr("over SLO %1").arg(ratioText(*share)) : tr("no requests"));
    }
    painter.setFont(theme.small());
    painter.setPen(t.textTertiary);
    painter.drawText(QRect(header.left(), header.top() + 35, header.width() + 8, 16), Qt::AlignVCenter, cursorText());
}

void HeatPane::paintPlot(QPainter& painter, const QRectF& plot)
{
    const Theme& theme = context().theme;
    const Tokens& t = theme.tokens();
    painter.fillRect(plot, t.plot);
    paintTimeGrid(painter, plot);
    if (!m_missing.isEmpty()) {
        painter.setFont(theme.small());
        painter.setPen(t.textTertiary);
        painter.drawText(
            plot.adjusted(12, 0, -12, 0), Qt::AlignVCenter,
            painter.fontMetrics().elidedText(m_missing, Qt::ElideRight, static_cast<int>(plot.width()) - 24));
        return;
    }
    if (!m_data || m_image.isNull())
        return;
    const TimeScale times = scale();
    // A column holds what came in the step before its time.
    const double left = times.x(m_data->startMs - m_data->stepMs);
    const double right = times.x(m_data->startMs + (m_data->columns - 1) * m_data->stepMs);
    painter.setClipRect(plot);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.drawImage(QRectF(left, plot.top(), right - left, plot.height()), m_image);
    painter.setClipping(false);
    painter.setFont(theme.axis());
    painter.setPen(t.textTertiary);
    const std::size_t rows = m_data->bounds.size();
    const QRectF ticks(headerWidth, plot.top(), tickWidth - 6, plot.height());
    painter.drawText(QRectF(ticks.left(), ticks.top() - 3, ticks.width(), 14), Qt::AlignRight | Qt::AlignTop,
                     boundText(m_data->bounds.back()));
    if (rows > 3 && plot.height() > 60)
        painter.drawText(
            QRectF(ticks.left(),
                   ticks.bottom() - plot.height() * static_cast<double>(rows / 2) / static_cast<double>(rows) - 7,
                   ticks.width(), 14),
            Qt::AlignRight | Qt::AlignVCenter, boundText(m_data->bounds[rows / 2 - 1]));
    painter.drawText(QRectF(ticks.left(), ticks.bottom() - 12, ticks.width(), 14), Qt::AlignRight | Qt::AlignBottom,
                     QStringLiteral("0"));
}

}  // namespace holdfast::widgets
