#include "widgets/charts/state_lanes.h"

#include "widgets/theme/line_text.h"
#include "widgets/theme/shapes.h"
#include "widgets/theme/theme.h"
#include "widgets/time/time_cursor.h"
#include "widgets/time/zone.h"

#include <QCoreApplication>
#include <QMouseEvent>
#include <QPaintEngine>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace holdfast::widgets {

namespace {

constexpr double narrowestWord = 24;

}  // namespace

QString stateText(const StateSpan& span, bool flag)
{
    const auto say = [](const char* words) { return QCoreApplication::translate("StateLanes", words); };
    QString text;
    switch (span.state) {
    case LaneState::Closed: return flag ? say("off") : say("closed");
    case LaneState::Unknown: return say("unknown");
    case LaneState::HalfOpen: text = flag ? say("ON") : say("HALF-OPEN"); break;
    case LaneState::Open: text = flag ? say("ON") : say("OPEN"); break;
    case LaneState::ForcedOpen: text = flag ? say("FORCED ON") : say("FORCED OPEN"); break;
    case LaneState::ForcedClosed: text = flag ? say("FORCED OFF") : say("FORCED CLOSED"); break;
    case LaneState::Disabled: text = say("BYPASSED"); break;
    }
    if (span.n > 0 && span.k > 0)
        text += QStringLiteral(" %1/%2").arg(span.k).arg(span.n);
    return text;
}

StateLanes::StateLanes(const ChartContext& context, QWidget* parent) : TimePane(context, parent)
{
    setAccessibleName(tr("Breakers and flags"));
    connect(&context.theme, &Theme::changed, this, [this] {
        m_picture = {};
        setFixedHeight(wantedHeight());
    });
}

void StateLanes::setRows(std::vector<StateRow> rows)
{
    const bool resized = rows.size() != m_rows.size();
    m_rows.clear();
    QStringList spoken;
    for (StateRow& row : rows) {
        auto spans = stateSpans(row, context().time.endMs());
        spoken << QStringLiteral("%1 %2").arg(row.title,
                                              spans.empty() ? tr("no data") : stateText(spans.back(), row.flag));
        m_rows.push_back({std::move(row), std::move(spans)});
    }
    setAccessibleDescription(spoken.join(QStringLiteral(", ")));
    if (resized)
        setFixedHeight(wantedHeight());
    m_picture = {};
    update();
}

QString StateLanes::cursorText(const Row& row) const
{
    const TimeCursor& time = context().time;
    const auto cursor = time.crosshairMs();
    if (!cursor || *cursor < time.startMs() || *cursor > time.endMs())
        return row.spans.empty() ? QString() : stateText(row.spans.back(), row.data.flag);
    for (const StateSpan& span : row.spans) {
        if (*cursor >= span.startMs && *cursor < span.endMs)
            return stateText(span, row.data.flag);
    }
    return {};
}

QString StateLanes::spokenText() const
{
    QStringList spoken;
    for (const Row& row : m_rows)
        spoken << QStringLiteral("%1 %2").arg(row.data.title, cursorText(row));
    return spoken.join(QStringLiteral(", "));
}

void StateLanes::paintHeader(QPainter& painter, const QRect& header)
{
    const Theme& theme = context().theme;
    const Tokens& t = theme.tokens();
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const QRect line(header.left(), 4 + static_cast<int>(i) * px(rowHeight), plotLeft() - 18, px(rowHeight));
        const QString& title = m_rows[i].data.title;
        QString cursor = cursorText(m_rows[i]);
        int x = line.left();
        if (m_rows[i].data.flag) {
            theme.icon(QStringLiteral("flag"), t.textSecondary).paint(&painter, x, line.top() + px(4), px(12), px(12));
            x += px(16);
        }
        painter.setFont(theme.small());
        int right = line.right();
        // Who it is comes before how many of it.
        if (x + textWidth(painter.font(), title) + 6 + textWidth(painter.font(), cursor) > right)
            cursor = cursor.section(QLatin1Char(' '), 0, cursor.contains(QLatin1Char('/')) ? -2 : -1);
        if (!cursor.isEmpty()) {
            painter.setPen(t.text);
            const int width = static_cast<int>(std::ceil(textWidth(painter.font(), cursor)));
            drawLine(painter, line, Qt::AlignVCenter | Qt::AlignRight, cursor);
            right -= width + 6;
        }
        painter.setPen(t.textSecondary);
        drawFitted(painter, QRectF(x, line.top(), right - x, line.height()), Qt::AlignVCenter, title);
    }
}

QRectF StateLanes::laneRect(const QRectF& plot, std::size_t row) const
{
    return {plot.left(), plot.top() + static_cast<double>(row) * px(rowHeight), plot.width(),
            static_cast<double>(px(rowHeight))};
}

StateLanes::Look StateLanes::lookOf(const Row& row, const QRectF& lane, const TimeScale& times, double ratio) const
{
    const Tokens& t = context().theme.tokens();
    Look look;
    double painted = lane.left() - 1;
    for (const StateSpan& span : row.spans) {
        // Of many changes within one pixel one is seen.
        const double right = std::min(lane.right(), times.x(span.endMs));
        if (right < lane.left() || right - painted < 0.5)
            continue;
        const double left = std::max(lane.left(), times.x(span.startMs));
        painted = std::max(painted, right);
        const bool normal = span.state == LaneState::Closed;
        const bool narrow =
            right - left < narrowestWord && (span.state == LaneState::Open || span.state == LaneState::HalfOpen);
        if (normal || narrow) {
            const QColor& fill = normal                              ? t.lineThird
                                 : span.state == LaneState::HalfOpen ? t.warningFill
                                 : row.data.flag                     ? t.lineSecond
                                                                     : t.critical;
            const double from = (left - lane.left()) * ratio;
            const double to = (std::max(right, left + (normal ? 1 : 2)) - lane.left()) * ratio;
            look.blocks.push_back(
                {static_cast<int>(std::lround(from)), static_cast<int>(std::lround(to)), normal, fill.rgb()});
        } else if (right > left) {
            look.badges.push_back(
                {QRectF(left, lane.top() + 2, std::max(2.0, right - left), lane.height() - 4), &span});
        }
    }
    return look;
}

void StateLanes::paintRow(QPainter& painter, const Row& row, const Look& look, const QRectF& lane) const
{
    for (const Badge& badge : look.badges)
        paintSpan(painter, badge.box, *badge.span, row.data.flag);
    if (!row.spans.empty())
        return;
    painter.setFont(context().theme.axis());
    painter.setPen(context().theme.tokens().textTertiary);
    drawLine(painter, lane.adjusted(8, 0, 0, 0), Qt::AlignVCenter, tr("no data in this span"));
}

void StateLanes::makePicture(const QRectF& plot)
{
    const double ratio = devicePixelRatioF();
    const QRectF whole(QPointF(0, 0), plot.size());
    const TimeScale times{context().time.startMs(), context().time.axisEndMs(), 0, plot.width()};
    m_picture = QImage((plot.size() * ratio).toSize(), QImage::Format_RGB32);
    m_picture.setDevicePixelRatio(ratio);
    m_picture.fill(context().theme.tokens().plot);
    QPainter painter(&m_picture);
    paintTimeGrid(painter, whole);
    std::vector<Look> looks;
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        looks.push_back(lookOf(m_rows[i], laneRect(whole, i), times, ratio));
    painter.end();
    // Thousands of blocks: each row of pixels of a lane is the same, and is copied.
    std::vector<QRgb> pixels;
    const int width = m_picture.width();
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const QRectF lane = laneRect(whole, i);
        const int top = static_cast<int>(std::lround((lane.top() + 2) * ratio));
        const int bottom = std::min(m_picture.height(), static_cast<int>(std::lround((lane.bottom() - 2) * ratio)));
        const int middle = static_cast<int>(std::lround(lane.center().y() * ratio));
        const auto fill = [&](QRgb* row, bool lines) {
            for (const Block& block : looks[i].blocks) {
                if (block.line == lines)
                    std::fill(row + std::clamp(block.left, 0, width), row + std::clamp(block.right, 0, width),
                              block.colour);
            }
        };
        if (top >= bottom)
            break;
        const auto* ground = reinterpret_cast<const QRgb*>(m_picture.constScanLine(top));
        pixels.assign(ground, ground + width);
        fill(pixels.data(), false);
        for (int y = top; y < bottom; ++y)
            std::copy(pixels.begin(), pixels.end(), reinterpret_cast<QRgb*>(m_picture.scanLine(y)));
        for (int y = middle; y < std::min(bottom, middle + std::max(1, static_cast<int>(ratio))); ++y)
            fill(reinterpret_cast<QRgb*>(m_picture.scanLine(y)), true);
    }
    painter.begin(&m_picture);
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        paintRow(painter, m_rows[i], looks[i], laneRect(whole, i));
}

void StateLanes::paintPlot(QPainter& painter, const QRectF& plot)
{
    const TimeScale times = scale();
    if (painter.paintEngine()->type() != QPaintEngine::SVG) {
        const PictureOf now{plot.size().toSize(), devicePixelRatioF(), times.startMs, times.endMs,
                            static_cast<int>(shownOffsetMs(times.startMs))};
        if (m_picture.isNull() || now != m_pictureOf) {
            makePicture(plot);
            m_pictureOf = now;
        }
        painter.drawImage(plot.topLeft(), m_picture);
        return;
    }
    painter.fillRect(plot, context().theme.tokens().plot);
    paintTimeGrid(painter, plot);
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const QRectF lane = laneRect(plot, i);
        const Look look = lookOf(m_rows[i], lane, times, 1);
        for (const Block& block : look.blocks) {
            const QRectF box(lane.left() + block.left, block.line ? std::round(lane.center().y()) : lane.top() + 2,
                             block.right - block.left, block.line ? 1 : lane.height() - 4);
            painter.fillRect(box, QColor(block.colour));
        }
        paintRow(painter, m_rows[i], look, lane);
    }
}

void StateLanes::paintSpan(QPainter& painter, const QRectF& box, const StateSpan& span, bool flag) const
{
    const Theme& theme = context().theme;
    const Tokens& t = theme.tokens();
    QColor fill = t.critical;
    QColor ink = t.badgeText;
    const bool held = span.state == LaneState::ForcedOpen || span.state == LaneState::ForcedClosed;
    if (held) {
        fill = t.held;
    } else if (flag && span.state == LaneState::Open) {
        fill = t.lineSecond;  // on by itself: worth seeing, nothing is wrong and nobody holds it
    } else if (span.state == LaneState::HalfOpen) {
        fill = t.warningFill;
        ink = t.badgeOnWarning;
    } else if (span.state == LaneState::Unknown || span.state == LaneState::Disabled) {
        drawHatch(painter, box, t.unknown);
        painter.setPen(QPen(t.unknown, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5));
        return;
    }
    painter.fillRect(box, fill);
    if (box.width() < narrowestWord)
        return;  // measuring words costs more than all the rest
    QString text = stateText(span, flag);
    if (held)
        text.prepend(QStringLiteral("M "));
    const QFont face = theme.font(11, QFont::Bold);
    painter.setFont(face);
    if (textWidth(face, text) + 8 < box.width()) {
        painter.setPen(ink);
        drawLine(painter, box, Qt::AlignCenter, text);
    }
}

void StateLanes::mousePressEvent(QMouseEvent* event)
{
    const int row = (event->pos().y() - 4) / px(rowHeight);
    if (event->pos().x() < ticksLeft() && row >= 0 && row < static_cast<int>(m_rows.size()))
        emit controlChosen(m_rows[static_cast<std::size_t>(row)].data.control);
    TimePane::mousePressEvent(event);
}

}  // namespace holdfast::widgets
