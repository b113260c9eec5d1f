#include "widgets/charts/line_pane.h"

#include "widgets/charts/line_plot.h"
#include "widgets/charts/rasterise.h"
#include "widgets/client/courier.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/shapes.h"
#include "widgets/theme/theme.h"
#include "widgets/time/time_cursor.h"

#include <QPainter>
#include <QPointer>

#include <cmath>

namespace holdfast::widgets {

namespace {

struct Drawn {
    QImage image;
    LayerFrame frame;
    std::vector<Gap> gaps;
};

}  // namespace

LinePane::LinePane(const ChartContext& context, const QString& title, QWidget* parent)
    : TimePane(context, parent), m_title(title), m_plot(new LinePlot(context.theme, this))
{
    setAccessibleName(title);
    m_plot->setPainters([this](QPainter& painter, const QRectF& plot) { paintTimeGrid(painter, plot); },
                        [this](QPainter& painter, const QRectF& plot) { paintOverlay(painter, plot); });
    m_plot->setSpan(context.time.startMs(), context.time.endMs());
    connect(&context.theme, &Theme::changed, this, [this] {
        m_plot->dropFrame();
        rasterise();
    });
}

void LinePane::setData(LaneData lane)
{
    m_data = std::move(lane);
    m_missing.clear();
    m_plot->show();
    m_plot->setLimit(m_data.limit);
    rasterise();
    setAccessibleDescription(spoken());
    update();
}

void LinePane::setMissing(const QString& words)
{
    m_missing = words;
    m_plot->setVisible(words.isEmpty());
    m_painted = m_painted || !words.isEmpty();
    setAccessibleDescription(words);
    update();
}

void LinePane::rasterise()
{
    if (m_rasterising) {
        m_again = true;  // one picture at a time: the newest data are drawn when this one is there
        return;
    }
    if (m_data.lines.empty() || m_plot->width() < 10)
        return;
    const TimeCursor& time = context().time;
    const QPointer<LinePane> self(this);
    m_rasterising = context().courier.run([self, lane = m_data, previous = m_plot->values(), size = m_plot->size(),
                                           ratio = devicePixelRatioF(), start = time.startMs(), end = time.endMs(),
                                           tokens = context().theme.tokens()]() -> Courier::Delivery {
        Drawn drawn;
        drawn.frame = {size, ratio, start, end, axisRange(lane, previous)};
        drawn.image = rasteriseLines(lane, drawn.frame, tokens);
        drawn.gaps = gapsOf(lane, end);
        return [self, drawn = std::move(drawn)] {
            if (!self)
                return;
            self->m_rasterising = false;
            self->m_painted = true;
            self->m_plot->setGaps(drawn.gaps);
            self->m_plot->setValues(drawn.frame.values);
            self->m_plot->setLayer(drawn.image, drawn.frame);
            self->update();
            if (std::exchange(self->m_again, false))
                self->rasterise();
        };
    });
}

void LinePane::cursorMoved()
{
    m_plot->setSpan(context().time.startMs(), context().time.endMs());
    m_plot->viewport()->update();
}

void LinePane::resizeEvent(QResizeEvent* event)
{
    TimePane::resizeEvent(event);
    m_plot->setGeometry(plotRect().toRect());
    rasterise();
}

double LinePane::shownValue(const LaneLine& line) const
{
    const TimeCursor& time = context().time;
    const auto cursor = time.crosshairMs();
    if (cursor && *cursor >= time.startMs() && *cursor <= time.endMs())
        return valueAt(line, *cursor);
    return edgeValue(line, time.endMs());
}

void LinePane::paintHeader(QPainter& painter, const QRect& header)
{
    const Theme& theme = context().theme;
    const Tokens& t = theme.tokens();
    painter.setFont(theme.base());
    painter.setPen(t.textSecondary);
    int y = header.top();
    const int line = 17;
    painter.drawText(QRect(header.left(), y, header.width(), line), Qt::AlignVCenter, m_title);
    y += line;
    bool first = true;
    QStringList rest;
    for (const LaneLine& each : m_data.lines) {
        const double value = shownValue(each);
        const QString text = std::isnan(value) ? QStringLiteral("–") : valueText(value, m_data.unit);
        if (!first) {
            rest << QStringLiteral("%1 %2").arg(each.name, text);
            continue;
        }
        first = false;
        const bool bad = m_data.limit && !std::isnan(value)
                         && (m_data.limit->badBelow ? value < m_data.limit->value : value > m_data.limit->value);
        int x = header.left();
        if (bad) {
            drawSeverity(painter, QRectF(x, y + 4, 10, 10),
                         m_data.limit->badBelow ? Severity::Warning : Severity::Critical, t);
            x += 15;
        }
        painter.setFont(theme.font(14, QFont::DemiBold));
        painter.setPen(t.text);
        const bool named = m_data.lines.size() > 1 && each.name.compare(m_title, Qt::CaseInsensitive) != 0;
        const QString shown = named ? QStringLiteral("%1 %2").arg(each.name, text) : text;
        painter.drawText(QRect(x, y, header.right() - x, line + 1), Qt::AlignVCenter, shown);
        y += line + 1;
    }
    painter.setFont(theme.small());
    painter.setPen(t.textTertiary);
    for (const QString& text : rest) {
        if (y + 15 > header.bottom() + 4)
            break;
        painter.drawText(QRect(header.left(), y, header.width(), 15), Qt::AlignVCenter, text);
        y += 15;
    }
}

void LinePane::paintPlot(QPainter& painter, const QRectF& plot)
{
    const Theme& theme = context().theme;
    const Tokens& t = theme.tokens();
    if (!m_missing.isEmpty()) {
        painter.fillRect(plot, t.plot);
        painter.setFont(theme.small());
        painter.setPen(t.textTertiary);
        painter.drawText(
            plot.adjusted(12, 0, -12, 0), Qt::AlignVCenter | Qt::AlignLeft,
            painter.fontMetrics().elidedText(m_missing, Qt::ElideRight, static_cast<int>(plot.width()) - 24));
        return;
    }
    if (!m_painted)
        return;
    painter.setFont(theme.axis());
    painter.setPen(t.textTertiary);
    const ValueRange range = m_plot->values();
    const QRectF ticks(headerWidth, plot.top(), tickWidth - 6, plot.height());
    painter.drawText(QRectF(ticks.left(), ticks.top() - 3, ticks.width(), 14), Qt::AlignRight | Qt::AlignTop,
                     axisText(range.high, m_data.unit));
    painter.drawText(QRectF(ticks.left(), ticks.bottom() - 12, ticks.width(), 14), Qt::AlignRight | Qt::AlignBottom,
                     range.low == 0 ? QStringLiteral("0") : axisText(range.low, m_data.unit));
}

QString LinePane::spoken() const
{
    QStringList parts;
    for (const LaneLine& line : m_data.lines) {
        const double value = edgeValue(line, context().time.endMs());
        parts << QStringLiteral("%1 %2").arg(line.name,
                                             std::isnan(value) ? tr("no value") : valueText(value, m_data.unit));
    }
    return parts.join(QStringLiteral(", "));
}

}  // namespace holdfast::widgets
