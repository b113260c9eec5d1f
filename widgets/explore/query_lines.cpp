#include "widgets/explore/query_lines.h"

#include "widgets/charts/columns.h"
#include "widgets/charts/time_scale.h"

#include <QPainter>
#include <QPainterPath>
#include <QPen>

#include <algorithm>
#include <cmath>

namespace holdfast::widgets {

namespace {

constexpr double densestForLines = 2.0;  // samples a pixel, as in widgets/charts
constexpr double usualPx = 1.5;
constexpr double strongPx = 2.5;
constexpr int dimAlpha = 90;

class LineDrawing {
public:
    LineDrawing(const LinesFrame& frame, const QueryLine& line)
        : m_frame(frame), m_line(line), m_times{frame.startMs, frame.endMs, 0, static_cast<double>(frame.size.width())}
    {
    }

    [[nodiscard]] QPainterPath path()
    {
        const double perPixel = static_cast<double>(m_frame.endMs - m_frame.startMs)
                                / static_cast<double>(m_line.matrix->stepMs) / std::max(1, m_frame.size.width());
        if (perPixel > densestForLines)
            addColumns();
        else
            addSamples();
        endRun();
        return std::move(m_path);
    }

private:
    [[nodiscard]] double y(double value) const
    {
        const double height = m_frame.size.height();
        const double span = m_frame.axis.high - m_frame.axis.low;
        return std::clamp(height - (value - m_frame.axis.low) / span * height, -2.0, height + 2.0);
    }

    void add(QPointF at)
    {
        if (m_run == 0)
            m_path.moveTo(at);
        else
            m_path.lineTo(at);
        m_last = at;
        ++m_run;
    }
    void endRun()
    {
        if (m_run == 1)
            m_path.addEllipse(m_last, 1, 1);
        m_run = 0;
    }

    void addSamples()
    {
        const std::vector<double>& values = m_line.values();
        const std::int64_t step = m_line.matrix->stepMs;
        const std::int64_t start = m_line.matrix->startMs;
        std::size_t previous = values.size();
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (std::isnan(values[i]))
                continue;
            if (previous < i && i - previous > 2)
                endRun();
            add({m_times.x(start + static_cast<std::int64_t>(i) * step), y(values[i])});
            previous = i;
        }
    }

    void addColumns()
    {
        const auto count = static_cast<std::size_t>(std::max(1, m_frame.size.width()));
        const std::vector<Column> columns = toColumns(m_line.values(), m_line.matrix->startMs, m_line.matrix->stepMs,
                                                      m_frame.startMs, m_frame.endMs, count);
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const Column& column = columns[i];
            if (column.empty) {
                endRun();
                continue;
            }
            const double x = static_cast<double>(i) + 0.5;
            add({x, y(column.first)});
            if (column.most > column.least) {
                add({x, y(column.most)});
                add({x, y(column.least)});
                add({x, y(column.last)});
            }
        }
    }

    const LinesFrame& m_frame;
    const QueryLine& m_line;
    const TimeScale m_times;
    QPainterPath m_path;
    QPointF m_last;
    int m_run = 0;
};

void paintLine(QPainter& painter, const QueryLine& line, const LinesFrame& frame, ThemeKind kind)
{
    QColor colour = lineColour(line.style.colour, kind);
    if (line.dim)
        colour.setAlpha(dimAlpha);
    QPen pen(colour, line.strong ? strongPx : usualPx);
    pen.setCapStyle(Qt::FlatCap);
    pen.setJoinStyle(Qt::BevelJoin);
    if (const std::vector<double> dashes = lineDash(line.style.dash); !dashes.empty())
        pen.setDashPattern(QList<qreal>(dashes.begin(), dashes.end()));
    painter.setPen(pen);
    painter.drawPath(LineDrawing(frame, line).path());
}

}  // namespace

ValueSpan valueSpan(const std::vector<QueryLine>& lines, std::int64_t startMs, std::int64_t endMs)
{
    ValueSpan span;
    for (const QueryLine& line : lines) {
        const std::vector<double>& values = line.values();
        for (std::size_t i = 0; i < values.size(); ++i) {
            const std::int64_t at = line.matrix->startMs + static_cast<std::int64_t>(i) * line.matrix->stepMs;
            if (!std::isfinite(values[i]) || at < startMs - line.matrix->stepMs || at > endMs + line.matrix->stepMs)
                continue;
            const bool first = span.least > span.most;
            span.least = first ? values[i] : std::min(span.least, values[i]);
            span.most = first ? values[i] : std::max(span.most, values[i]);
        }
    }
    return span;
}

void paintQueryLines(QPainter& painter, const std::vector<QueryLine>& lines, const LinesFrame& frame, ThemeKind kind)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    for (const bool strong : {false, true}) {
        for (const QueryLine& line : lines) {
            if (line.strong == strong)
                paintLine(painter, line, frame, kind);
        }
    }
}

}  // namespace holdfast::widgets
