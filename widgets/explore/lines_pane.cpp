#include "widgets/explore/lines_pane.h"

#include "widgets/client/courier.h"
#include "widgets/theme/theme.h"
#include "widgets/time/time_cursor.h"

#include <QPaintEngine>
#include <QPainter>
#include <QPointer>

#include <algorithm>
#include <cmath>

namespace holdfast::widgets {

namespace {

constexpr double pxPerTick = 46;
constexpr int rowAt100 = 18;

}  // namespace

LinesPane::LinesPane(const ChartContext& context, QWidget* parent) : TimePane(context, parent)
{
    setAccessibleName(tr("Result"));
    setMinimumHeight(120);
    connect(&context.theme, &Theme::changed, this, &LinesPane::draw);
}

void LinesPane::setLines(std::vector<QueryLine> lines)
{
    m_lines = std::make_shared<const Lines>(std::move(lines));
    m_missing.clear();
    draw();
}

void LinesPane::setHeader(QStringList rows)
{
    if (m_header == rows)
        return;
    m_header = std::move(rows);
    setAccessibleDescription(m_header.join(QStringLiteral(", ")));
    update(QRect(0, 0, ticksLeft(), height()));
}

void LinesPane::setMissing(const QString& words)
{
    m_missing = words;
    m_lines = std::make_shared<const Lines>();
    m_image = QImage();
    m_painted = true;
    setAccessibleDescription(words);
    update();
}

std::int64_t LinesPane::stepMs() const
{
    return m_lines->empty() ? TimePane::stepMs() : std::max<std::int64_t>(1'000, m_lines->front().matrix->stepMs);
}

void LinesPane::draw()
{
    if (m_lines->empty() || !isVisible())
        return;
    if (m_drawing) {
        m_again = true;
        return;
    }
    LinesFrame frame;
    frame.size = plotRect().size().toSize();
    frame.pixelRatio = devicePixelRatioF();
    frame.startMs = context().time.startMs();
    frame.endMs = context().time.axisEndMs();
    if (frame.size.width() < 10 || frame.size.height() < 10)
        return;
    const QPointer<LinesPane> self(this);
    const int ticks = std::max(2, static_cast<int>(frame.size.height() / pxPerTick));
    m_drawing = context().courier.run(
        [self, lines = m_lines, frame, ticks, kind = context().theme.kind()]() mutable -> Courier::Delivery {
            const ValueSpan span = valueSpan(*lines, frame.startMs, frame.endMs);
            frame.axis = valueAxis(span.least, span.most, ticks);
            QImage image(frame.size * frame.pixelRatio, QImage::Format_ARGB32_Premultiplied);
            image.setDevicePixelRatio(frame.pixelRatio);
            image.fill(Qt::transparent);
            {
                QPainter painter(&image);
                paintQueryLines(painter, *lines, frame, kind);
            }
            return [self, image, frame] {
                if (self)
                    self->take(image, frame);
            };
        });
}

void LinesPane::take(QImage image, const LinesFrame& frame)
{
    m_drawing = false;
    if (!m_lines->empty()) {
        m_image = std::move(image);
        m_frame = frame;
        m_painted = true;
        update();
    }
    if (std::exchange(m_again, false))
        draw();
}

bool LinesPane::spanMoved()
{
    const bool soon = context().time.mode() == TimeMode::Live && m_painted && !m_lines->empty() && isVisible();
    draw();
    return soon;
}

void LinesPane::resizeEvent(QResizeEvent* event)
{
    TimePane::resizeEvent(event);
    draw();
}

void LinesPane::paintPlot(QPainter& painter, const QRectF& plot)
{
    const Theme& theme = context().theme;
    painter.fillRect(plot, theme.tokens().plot);
    if (!m_missing.isEmpty()) {
        painter.setFont(theme.base());
        painter.setPen(theme.tokens().textSecondary);
        painter.drawText(plot.adjusted(16, 0, -16, 0), int(Qt::AlignVCenter | Qt::AlignLeft) | Qt::TextWordWrap,
                         m_missing);
        return;
    }
    paintTimeGrid(painter, plot);
    if (m_image.isNull())
        return;
    paintAxis(painter, plot);
    painter.setClipRect(plot);
    if (painter.paintEngine()->type() == QPaintEngine::SVG) {
        painter.translate(plot.topLeft());
        LinesFrame frame = m_frame;
        frame.size = plot.size().toSize();
        paintQueryLines(painter, *m_lines, frame, theme.kind());
        return;
    }
    const TimeScale times = scale();
    const double left = times.x(m_frame.startMs);
    const double right = times.x(m_frame.endMs);
    const bool same =
        std::abs(right - left - m_frame.size.width()) < 0.5 && std::abs(plot.height() - m_frame.size.height()) < 1.5;
    if (same)
        painter.drawImage(QPointF(left, plot.top()), m_image);
    else
        painter.drawImage(QRectF(left, plot.top(), right - left, plot.height()), m_image);
}

void LinesPane::paintAxis(QPainter& painter, const QRectF& plot) const
{
    const Tokens& tokens = context().theme.tokens();
    const ValueAxis& axis = m_frame.axis;
    painter.setFont(context().theme.axis());
    for (const double tick : axis.ticks) {
        const double y = plot.bottom() - (tick - axis.low) / (axis.high - axis.low) * plot.height();
        painter.setPen(QPen(std::abs(tick) < 1e-12 ? tokens.border : tokens.grid, 1));
        painter.drawLine(QPointF(plot.left(), std::round(y) - 0.5), QPointF(plot.right(), std::round(y) - 0.5));
        painter.setPen(tokens.textTertiary);
        const double top = std::clamp(y - px(7), plot.top() - 3, plot.bottom() - px(12));
        painter.drawText(QRectF(ticksLeft() - px(20), top, px(tickWidth) + px(14), px(14)),
                         Qt::AlignRight | Qt::AlignVCenter, shortValue(tick));
    }
}

void LinesPane::paintHeader(QPainter& painter, const QRect& header)
{
    const Theme& theme = context().theme;
    painter.setFont(theme.small());
    painter.setPen(theme.tokens().textSecondary);
    int y = header.top();
    for (const QString& row : m_header) {
        const int room = header.width() - 22;
        painter.drawText(QRect(header.left(), y, room, px(rowAt100)), Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(row, Qt::ElideRight, room));
        y += px(rowAt100);
    }
}

}  // namespace holdfast::widgets
