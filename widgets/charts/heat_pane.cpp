#include "widgets/charts/heat_pane.h"

#include "widgets/client/courier.h"
#include "widgets/theme/line_text.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/theme.h"
#include "widgets/time/time_cursor.h"

#include <QPainter>
#include <QPointer>

#include <algorithm>
#include <cmath>

namespace holdfast::widgets {

namespace {

constexpr std::int64_t nowSpanMs = 60'000;  // "over SLO" now means the last minute

QString boundText(double bound)
{
    return std::isinf(bound) ? QStringLiteral("∞") : axisText(bound, LaneUnit::Seconds);
}

}  // namespace

HeatPane::HeatPane(const ChartContext& context, const QString& title, QWidget* parent)
    : TimePane(context, parent), m_title(title)
{
    setAccessibleName(title);
    connect(&context.theme, &Theme::changed, this, [this] {
        if (m_data)
            drawImage();
    });
}

void HeatPane::setData(std::shared_ptr<const HeatData> heat, std::optional<double> slo)
{
    m_slo = slo;
    m_share = slo ? shareOver(*heat, *slo, context().time.endMs() - std::max(nowSpanMs, heat->stepMs)) : std::nullopt;
    m_missing = heat->columns == 0 ? tr("No requests were measured in this span.") : QString();
    if (m_data != heat) {
        m_data = std::move(heat);
        drawImage();
    }
    setAccessibleDescription(shareText());
    update(QRect(0, 0, plotLeft(), height()));
}

void HeatPane::drawImage()
{
    const QPointer<HeatPane> self(this);
    (void)context().courier.run(
        [self, heat = m_data, slo = m_slo, tokens = context().theme.tokens()]() -> Courier::Delivery {
            QImage image = heatImage(*heat, slo, tokens);
            return [self, heat, image = std::move(image)] {
                if (!self || self->m_data != heat)
                    return;  // newer data are underway
                self->m_image = image;
                self->m_imaged = heat;
                self->update();
            };
        });
}

std::int64_t HeatPane::stepMs() const
{
    return m_data ? std::max<std::int64_t>(1000, m_data->stepMs) : TimePane::stepMs();
}

QString HeatPane::shareText() const
{
    if (!m_slo)
        return {};
    return m_share ? tr("over SLO %1").arg(ratioText(*m_share)) : tr("no requests");
}

QString HeatPane::spokenText() const
{
    if (!m_missing.isEmpty())
        return m_missing;
    return QStringList{shareText(), cursorText()}.join(QStringLiteral(", "));
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
    if (!cursor || !m_data || m_data->columns == 0)
        return {};
    const std::int64_t column = (*cursor - m_data->startMs + m_data->stepMs - 1) / m_data->stepMs;
    if (column < 0 || column >= m_data->columns)
        return {};
    double all = 0;
    for (std::size_t i = 0; i < m_data->bounds.size(); ++i) {
        const double each = m_data->count(column, i);
        all += std::isnan(each) ? 0 : each;
    }
    if (!plot.contains(mouse))
        return tr("%1 requests").arg(countText(std::round(all)));
    const auto rows = static_cast<double>(m_data->bounds.size());
    const auto bucket = static_cast<std::size_t>(
        std::clamp(std::floor((plot.bottom() - mouse.y()) / plot.height() * rows), 0.0, rows - 1));
    const double count = m_data->count(column, bucket);
    const double low = bucket == 0 ? 0 : m_data->bounds[bucket - 1];
    const QString bounds = QStringLiteral("%1–%2").arg(bucket == 0 ? QStringLiteral("0") : boundText(low),
                                                       boundText(m_data->bounds[bucket]));
    if (std::isnan(count))
        return tr("%1: no data").arg(bounds);
    return tr("%1: %2 · %3").arg(bounds, countText(std::round(count)), ratioText(all > 0 ? count / all : 0));
}

void HeatPane::paintHeader(QPainter& painter, const QRect& header)
{
    const Theme& theme = context().theme;
    const Tokens& t = theme.tokens();
    painter.setFont(theme.base());
    painter.setPen(t.textSecondary);
    if (collapsed()) {
        painter.drawText(QRect(header.left(), header.top(), width() - header.left() - 8, header.height()),
                         Qt::AlignVCenter, QStringLiteral("%1   %2").arg(m_title, shareText()));
        painter.fillRect(QRect(plotLeft(), height() - 1, width(), 1), t.grid);
        return;
    }
    drawLine(painter, QRectF(header.left(), header.top(), header.width(), px(17)), Qt::AlignVCenter, m_title);
    if (!m_data || m_data->columns == 0)
        return;
    if (header.height() < px(33))
        return;
    painter.setFont(theme.strong());
    painter.setPen(t.text);
    drawLine(painter, QRectF(header.left(), header.top() + px(17), header.width(), px(18)), Qt::AlignVCenter,
             shareText());
    if (header.height() < px(50))
        return;  // no half line
    painter.setFont(theme.small());
    painter.setPen(t.textTertiary);
    const int room = plotLeft() - header.left() - 8;
    drawFitted(painter, QRectF(header.left(), header.top() + px(35), room, px(16)), Qt::AlignVCenter, cursorText());
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
    if (!m_imaged || m_image.isNull())
        return;
    const TimeScale times = scale();
    // A column holds what came in the step before its time.
    const double left = times.x(m_imaged->startMs - m_imaged->stepMs);
    const double right = times.x(m_imaged->startMs + (m_imaged->columns - 1) * m_imaged->stepMs);
    painter.setClipRect(plot);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.drawImage(QRectF(left, plot.top(), right - left, plot.height()), m_image);
    painter.setClipping(false);
    painter.setFont(theme.axis());
    painter.setPen(t.textTertiary);
    const std::size_t rows = m_imaged->bounds.size();
    const QRectF ticks(ticksLeft(), plot.top(), px(tickWidth) - 6, plot.height());
    drawLine(painter, QRectF(ticks.left(), ticks.top() - 3, ticks.width(), px(14)), Qt::AlignRight | Qt::AlignTop,
             boundText(m_imaged->bounds.back()));
    if (rows > 3 && plot.height() > px(60))
        drawLine(
            painter,
            QRectF(ticks.left(),
                   ticks.bottom() - plot.height() * static_cast<double>(rows / 2) / static_cast<double>(rows) - px(7),
                   ticks.width(), px(14)),
            Qt::AlignRight | Qt::AlignVCenter, boundText(m_imaged->bounds[rows / 2 - 1]));
    drawLine(painter, QRectF(ticks.left(), ticks.bottom() - px(12), ticks.width(), px(14)),
             Qt::AlignRight | Qt::AlignBottom, QStringLiteral("0"));
}

}  // namespace holdfast::widgets
