#include "widgets/charts/state_lanes.h"

#include "widgets/theme/shapes.h"
#include "widgets/theme/theme.h"
#include "widgets/time/time_cursor.h"

#include <QCoreApplication>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr double narrowestWord = 24;
constexpr int widestLetter = 9;  // px; short names fit without being measured

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
    connect(&context.theme, &Theme::changed, this, [this] { setFixedHeight(wantedHeight()); });
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
        const QString cursor = cursorText(m_rows[i]);
        int x = line.left();
        if (m_rows[i].data.flag) {
            theme.icon(QStringLiteral("flag"), t.textSecondary).paint(&painter, x, line.top() + px(4), px(12), px(12));
            x += px(16);
        }
        painter.setFont(theme.small());
        int right = line.right();
        if (!cursor.isEmpty()) {
            painter.setPen(t.text);
            const int width = painter.fontMetrics().horizontalAdvance(cursor);
            painter.drawText(line, Qt::AlignVCenter | Qt::AlignRight, cursor);
            right -= width + 6;
        }
        painter.setPen(t.textSecondary);
        const QString& title = m_rows[i].data.title;
        painter.drawText(QRect(x, line.top(), right - x, line.height()), Qt::AlignVCenter,
                         title.size() * px(widestLetter) < right - x
                             ? title
                             : painter.fontMetrics().elidedText(title, Qt::ElideRight, right - x));
    }
}

void StateLanes::paintPlot(QPainter& painter, const QRectF& plot)
{
    const Tokens& t = context().theme.tokens();
    painter.fillRect(plot, t.plot);
    paintTimeGrid(painter, plot);
    painter.setClipRect(plot);
    const TimeScale times = scale();
    std::vector<QRect> normal;
    std::vector<QRect> open;
    std::vector<QRect> half;
    std::vector<QRect> busy;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const QRectF lane(plot.left(), 4.0 + static_cast<double>(i) * px(rowHeight), plot.width(), px(rowHeight));
        const int middle = static_cast<int>(std::round(lane.center().y()));
        double painted = lane.left() - 1;
        for (const StateSpan& span : m_rows[i].spans) {
            // Of many changes within one pixel one is seen.
            const double right = std::min(lane.right(), times.x(span.endMs));
            if (right < lane.left() || right - painted < 0.5)
                continue;
            const double left = std::max(lane.left(), times.x(span.startMs));
            painted = std::max(painted, right);
            if (span.state == LaneState::Closed)
                normal.emplace_back(static_cast<int>(left), middle,
                                    std::max(1, static_cast<int>(right) - static_cast<int>(left)), 1);
            else if (right - left < narrowestWord
                     && (span.state == LaneState::Open || span.state == LaneState::HalfOpen))
                (span.state == LaneState::HalfOpen ? half
                 : m_rows[i].data.flag             ? busy
                                                   : open)
                    .push_back(QRectF(left, lane.top() + 2, std::max(2.0, right - left), lane.height() - 4).toRect());
            else if (right > left)
                paintSpan(painter, QRectF(left, lane.top() + 2, std::max(2.0, right - left), lane.height() - 4), span,
                          m_rows[i].data.flag);
        }
        // Many at once and on whole pixels: Qt fills those without making a path of each.
        painter.setPen(Qt::NoPen);
        for (auto& [boxes, fill] :
             {std::pair{&open, t.critical}, {&half, t.warningFill}, {&busy, t.lineSecond}, {&normal, t.lineThird}}) {
            painter.setBrush(fill);
            painter.drawRects(boxes->data(), static_cast<int>(boxes->size()));
            boxes->clear();
        }
        if (m_rows[i].spans.empty()) {
            painter.setFont(context().theme.axis());
            painter.setPen(t.textTertiary);
            painter.drawText(lane.adjusted(8, 0, 0, 0), Qt::AlignVCenter, tr("no data in this span"));
        }
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
    QFont face = theme.font(11, QFont::Bold);
    painter.setFont(face);
    if (QFontMetricsF(face).horizontalAdvance(text) + 8 < box.width()) {
        painter.setPen(ink);
        painter.drawText(box, Qt::AlignCenter, text);
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
