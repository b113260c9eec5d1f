#include "widgets/charts/line_pane.h"

#include "widgets/charts/line_plot.h"
#include "widgets/charts/span_stats.h"
#include "widgets/theme/line_text.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/shapes.h"
#include "widgets/theme/theme.h"
#include "widgets/time/time_cursor.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace holdfast::widgets {

namespace {

constexpr int firstLine = 18;
constexpr int furtherLine = 15;
constexpr int titleLine = 17;
constexpr double sameShare = 0.2;  // a smaller change of the median is none; see cockpit.md's effect card

}  // namespace

LinePane::LinePane(const ChartContext& context, const QString& title, QWidget* parent)
    : TimePane(context, parent),
      m_title(title),
      m_data(std::make_shared<const LaneData>()),
      m_newest(m_data),
      m_plot(new LinePlot(context.theme, this)),
      m_maker(context.courier, [this](const LaneLayer& layer) { take(layer); })
{
    setAccessibleName(title);
    m_plot->setPainters([this](QPainter& painter, const QRectF& plot) { paintTimeGrid(painter, plot); },
                        [this](QPainter& painter, const QRectF& plot) { paintOverlay(painter, plot); });
    m_plot->setSpan(context.time.startMs(), context.time.axisEndMs());
    connect(&context.theme, &Theme::changed, this, [this] {
        m_plot->setGeometry(plotRect().toRect());
        m_plot->viewport()->update();
        rasterise();
    });
}

void LinePane::setData(LaneData lane)
{
    m_newest = std::make_shared<const LaneData>(std::move(lane));
    if (!m_missing.isEmpty()) {
        m_missing.clear();
        m_plot->setVisible(!collapsed());
        update();
    }
    if (m_plot->width() < 10 || collapsed() || !isVisible()) {
        m_data = m_newest;  // nothing to draw now, but the header tells the number
        m_painted = m_painted || collapsed();
        update(QRect(0, 0, ticksLeft(), height()));
    }
    rasterise();
}

void LinePane::setMissing(const QString& words)
{
    m_missing = words;
    m_plot->setVisible(words.isEmpty());
    m_painted = m_painted || !words.isEmpty();
    setAccessibleDescription(words);
    update();
}

void LinePane::setNote(const QString& note)
{
    if (m_note == note)
        return;
    m_note = note;
    update(QRect(0, 0, ticksLeft(), height()));
}

void LinePane::rasterise()
{
    if (m_newest->lines.empty() || m_plot->width() < 10 || collapsed())
        return;
    const TimeCursor& time = context().time;
    m_maker.draw(m_newest,
                 {m_plot->size(), devicePixelRatioF(), time.startMs(), time.axisEndMs(), m_plot->values(),
                  tickTimes(time.startMs(), time.axisEndMs(), ticksFor(m_plot->width()))},
                 context().theme.tokens());
}

void LinePane::take(const LaneLayer& layer)
{
    const bool news = m_data != layer.data;
    std::shared_ptr<const LaneData> old = std::exchange(m_data, layer.data);
    m_painted = true;
    if (context().time.mode() == TimeMode::Live)
        m_plot->setSpan(layer.frame.startMs, layer.frame.endMs);
    m_plot->setLayer(layer);
    if (!news)
        return;
    m_maker.retire(std::move(old));
    setAccessibleDescription(description());
    update(QRect(0, 0, plotLeft(), height()));
}

QRect LinePane::cursorHeader() const
{
    return collapsed() ? QRect(0, 0, width(), height())
                       : QRect(0, px(titleLine) + 2, ticksLeft() + 4, height() - px(titleLine));
}

void LinePane::overlayMoved(const QRect& dirty)
{
    m_plot->viewport()->update(dirty);
}

bool LinePane::spanMoved()
{
    // While live the axis moves by a pixel a second: one repaint, with the new picture, is enough.
    const bool soon = context().time.mode() == TimeMode::Live && m_painted && !m_newest->lines.empty() && isVisible()
                      && !collapsed() && m_missing.isEmpty();
    if (!soon)
        m_plot->setSpan(context().time.startMs(), context().time.axisEndMs());
    rasterise();
    return soon;
}

void LinePane::resizeEvent(QResizeEvent* event)
{
    TimePane::resizeEvent(event);
    m_plot->setVisible(!collapsed() && m_missing.isEmpty());
    m_plot->setGeometry(plotRect().toRect());
    rasterise();
}

std::int64_t LinePane::stepMs() const
{
    for (const LaneLine& line : m_data->lines) {
        if (line.matrix)
            return std::max<std::int64_t>(line.matrix->stepMs, 1000);
    }
    return TimePane::stepMs();
}

double LinePane::shownValue(const LaneLine& line) const
{
    const TimeCursor& time = context().time;
    const auto cursor = time.crosshairMs();
    if (cursor && *cursor >= time.startMs() && *cursor <= time.endMs())
        return valueAt(line, *cursor);
    return edgeValue(line, time.endMs());
}

bool LinePane::violates(double value) const
{
    if (!m_data->limit || std::isnan(value))
        return false;
    return m_data->limit->badBelow ? value < m_data->limit->value : value > m_data->limit->value;
}

QString LinePane::number(double value) const
{
    return std::isnan(value) ? QStringLiteral("–") : valueText(value, m_data->unit);
}

std::optional<std::int64_t> LinePane::ageMs() const
{
    const TimeCursor& time = context().time;
    std::int64_t newest = 0;
    for (const LaneLine& line : m_data->lines) {
        const std::vector<double>* values = line.values();
        if (!values || line.shiftMs != 0)
            continue;
        // Only the end is looked at: a line without a sample in two hundred steps is old anyway.
        const auto count = static_cast<std::int64_t>(values->size());
        for (std::int64_t i = count - 1; i >= std::max<std::int64_t>(0, count - 200); --i) {
            if (!std::isnan((*values)[static_cast<std::size_t>(i)])) {
                newest = std::max(newest, line.startMs() + i * line.matrix->stepMs);
                break;
            }
        }
    }
    const auto patience = gapPatienceMs(*m_data);
    if (newest == 0 || !patience || time.endMs() - newest <= *patience)
        return std::nullopt;
    return time.endMs() - newest;
}

std::vector<LinePane::Row> LinePane::rows() const
{
    std::vector<Row> rows;
    const TimeCursor& time = context().time;
    if (m_data->lines.empty())
        return rows;
    if (time.selection())
        addSelectionRows(rows);
    else if (time.pinA())
        addPinRows(rows);
    else
        addCursorRows(rows);
    if (!m_note.isEmpty())
        rows.push_back({m_note, false, false});
    return rows;
}

void LinePane::addCursorRows(std::vector<Row>& rows) const
{
    for (const LaneLine& each : m_data->lines) {
        const double value = shownValue(each);
        const bool first = rows.empty();
        const bool named = m_data->lines.size() > 1 && each.name.compare(m_title, Qt::CaseInsensitive) != 0;
        rows.push_back({first && !named ? number(value) : QStringLiteral("%1 %2").arg(each.name, number(value)),
                        first && violates(value), first});
    }
    const LaneLine& main = m_data->lines.front();
    if (m_data->baseline && m_data->baseline->mean > 0) {
        const double change = shownValue(main) / m_data->baseline->mean - 1;
        if (!std::isnan(change))
            rows.insert(rows.begin() + 1, {tr("%1 vs baseline").arg(deltaText(change, LaneUnit::Ratio)), false, false});
    }
    if (const auto age = ageMs(); age && !context().time.crosshairMs())
        rows.insert(rows.begin() + 1, {tr("%1 old").arg(ageText(*age)), false, false});
}

void LinePane::addPinRows(std::vector<Row>& rows) const
{
    const TimeCursor& time = context().time;
    const LaneLine& main = m_data->lines.front();
    const double a = valueAt(main, *time.pinA());
    const std::optional<std::int64_t> other = time.pinB() ? time.pinB() : time.crosshairMs();
    const double b = other ? valueAt(main, *other) : edgeValue(main, time.endMs());
    const bool both = !std::isnan(a) && !std::isnan(b);
    rows.push_back({QStringLiteral("Δ ") + (both ? deltaText(b - a, m_data->unit) : QStringLiteral("–")), false, true});
    rows.push_back({QStringLiteral("A ") + number(a), false, false});
    rows.push_back({(time.pinB() ? QStringLiteral("B ") : other ? tr("here ") : tr("now ")) + number(b), false, false});
}

void LinePane::addSelectionRows(std::vector<Row>& rows) const
{
    const TimeSpan span = *context().time.selection();
    const auto stats = statsOf(m_data->lines.front(), span.startMs, span.endMs);
    if (!stats) {
        rows.push_back({tr("no samples"), false, true});
        return;
    }
    rows.push_back({tr("mean %1").arg(number(stats->mean)), false, true});
    rows.push_back({tr("max %1").arg(number(stats->most)), false, false});
    rows.push_back({tr("p95 of points %1").arg(number(stats->p95)), false, false});
    rows.push_back({tr("min %1").arg(number(stats->least)), false, false});
}

QString LinePane::effectText() const
{
    const auto& band = effect();
    if (!band || m_data->lines.empty())
        return {};
    const auto before = statsOf(m_data->lines.front(), band->beforeMs, band->atMs);
    const auto after = statsOf(m_data->lines.front(), band->settledMs, band->afterMs);
    if (!before || !after)
        return tr("too early");
    const double change = after->median - before->median;
    const double base = std::abs(before->median);
    if (std::abs(change) <= base * sameShare)
        return tr("no clear change");
    return QStringLiteral("%1 → %2").arg(number(before->median), number(after->median));
}

void LinePane::paintHeader(QPainter& painter, const QRect& header)
{
    const Theme& theme = context().theme;
    const Tokens& t = theme.tokens();
    const int bottom = header.bottom() + 4;
    painter.setFont(theme.base());
    painter.setPen(t.textSecondary);
    const std::vector<Row> all = rows();
    if (collapsed()) {
        const QString text = all.empty() ? m_title : QStringLiteral("%1   %2").arg(m_title, all.front().text);
        drawFitted(painter, QRectF(header.left(), header.top(), width() - header.left() - 8, header.height()),
                   Qt::AlignVCenter, text);
        painter.fillRect(QRect(plotLeft(), height() - 1, width(), 1), t.grid);
        return;
    }
    int y = header.top();
    if (header.height() < px(titleLine) + px(firstLine) && !all.empty()) {
        paintNarrowHeader(painter, header, all.front());
        return;
    }
    if (dirty().intersects(QRect(header.left(), y, header.width(), px(titleLine))))
        drawFitted(painter, QRectF(header.left(), y, header.width(), px(titleLine)), Qt::AlignVCenter, m_title);
    y += px(titleLine);
    for (const Row& row : all) {
        const int height = px(row.strong ? firstLine : furtherLine);
        if (y + height > bottom)
            break;
        int x = header.left();
        if (row.bad) {
            drawSeverity(painter, QRectF(x, y + px(4), px(10), px(10)),
                         m_data->limit->badBelow ? Severity::Warning : Severity::Critical, t);
            x += px(15);
        }
        painter.setFont(row.strong ? theme.font(14, QFont::DemiBold) : theme.small());
        painter.setPen(row.strong ? t.text : t.textTertiary);
        const int room = header.right() + 6 - x;
        drawFitted(painter, QRectF(x, y, room, height), Qt::AlignVCenter, row.text);
        y += height;
    }
}

void LinePane::paintNarrowHeader(QPainter& painter, const QRect& header, const Row& row) const
{
    const Theme& theme = context().theme;
    const QRect line(header.left(), header.top(), header.width(), px(titleLine));
    painter.setFont(theme.strong());
    painter.setPen(theme.tokens().text);
    const int width = static_cast<int>(std::ceil(textWidth(painter.font(), row.text)));
    drawLine(painter, line, Qt::AlignVCenter | Qt::AlignRight, row.text);
    if (row.bad)
        drawSeverity(painter, QRectF(line.right() - width - px(14), line.top() + px(4), px(10), px(10)),
                     m_data->limit->badBelow ? Severity::Warning : Severity::Critical, theme.tokens());
    painter.setFont(theme.base());
    painter.setPen(theme.tokens().textSecondary);
    const int room = header.width() - width - (row.bad ? px(20) : 6);
    drawFitted(painter, QRectF(line.left(), line.top(), room, line.height()), Qt::AlignVCenter, m_title);
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
    if (!dirty().intersects(QRect(ticksLeft() + 4, 0, px(tickWidth) - 4, height())))
        return;
    painter.setFont(theme.axis());
    painter.setPen(t.textTertiary);
    const ValueRange range = m_plot->values();
    const QRectF ticks(ticksLeft(), plot.top(), px(tickWidth) - 6, plot.height());
    drawLine(painter, QRectF(ticks.left(), ticks.top() - 3, ticks.width(), px(14)), Qt::AlignRight | Qt::AlignTop,
             axisText(range.high, m_data->unit));
    if (ticks.height() < px(24))
        return;  // two would lie on each other
    drawLine(painter, QRectF(ticks.left(), ticks.bottom() - px(12), ticks.width(), px(14)),
             Qt::AlignRight | Qt::AlignBottom,
             range.low == 0 ? QStringLiteral("0") : axisText(range.low, m_data->unit));
}

std::optional<double> LinePane::spokenNumber() const
{
    if (m_data->lines.empty())
        return std::nullopt;
    const double value = shownValue(m_data->lines.front());
    return std::isnan(value) ? std::nullopt : std::optional(value);
}

QString LinePane::spokenText() const
{
    if (!m_missing.isEmpty())
        return m_missing;
    QStringList parts;
    for (const Row& row : rows())
        parts << (row.bad ? tr("%1, beyond the limit").arg(row.text) : row.text);
    if (const auto cursor = context().time.crosshairMs())
        parts << tr("at %1").arg(timeText(*cursor, context().time.nowMs()));
    return parts.join(QStringLiteral(", "));
}

QString LinePane::description() const
{
    QStringList parts;
    for (const LaneLine& line : m_data->lines) {
        const double value = edgeValue(line, context().time.endMs());
        const bool bad = line.role == LineRole::Main && violates(value);
        const QString said = std::isnan(value) ? tr("no value") : number(value);
        parts << QStringLiteral("%1 %2%3").arg(line.name, said, bad ? tr(" beyond the limit") : QString());
    }
    if (m_data->limit)
        parts << m_data->limit->text;
    return tr("%1: %2").arg(context().time.rangeText(), parts.join(QStringLiteral(", ")));
}

}  // namespace holdfast::widgets
