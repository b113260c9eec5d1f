#include "widgets/charts/rasterise.h"

#include "widgets/charts/column_ink.h"
#include "widgets/charts/time_scale.h"
#include "widgets/theme/shapes.h"

#include <QLineF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <vector>

namespace holdfast::widgets {

namespace {

constexpr double densestForLines = 2.0;  // samples a pixel; above it columns are equal in looks and 6-20 times cheaper
constexpr double strokePx = 1.0;
constexpr double mainStrokePx = 1.5;
constexpr double dotPx = 1.6;
constexpr int gapAlpha = 70;
constexpr int bandAlpha = 48;

class LinePainter {
public:
    /// image  what `painter` paints on, where columns may be written into it; null: everything goes through the painter
    LinePainter(QPainter& painter, QImage* image, const LayerFrame& frame, const Tokens& tokens, const LaneData& data)
        : m_painter(painter),
          m_image(image),
          m_frame(frame),
          m_tokens(tokens),
          m_data(data),
          m_scale{frame.startMs, frame.endMs, 0, static_cast<double>(frame.size.width())}
    {
        m_painter.setRenderHint(QPainter::Antialiasing);
    }

    void draw(const LaneLine& line, const Pyramid& pyramid)
    {
        if (!line.values())
            return;
        const double perPixel = static_cast<double>(m_frame.endMs - m_frame.startMs)
                                / static_cast<double>(line.matrix->stepMs)
                                / (m_frame.size.width() * m_frame.pixelRatio);
        if (perPixel > densestForLines && m_image)
            drawColumns(line, pyramid);
        else
            drawSegments(line);
    }

    void drawForecast(const Forecast& forecast)
    {
        const QPointF now(m_scale.x(forecast.fromMs), y(forecast.value));
        const double zero = y(0);
        QPainterPath fan(now);
        fan.lineTo(m_scale.x(forecast.lowMs), zero);
        fan.lineTo(m_scale.x(forecast.highMs), zero);
        fan.closeSubpath();
        QColor fill = m_tokens.warning;
        fill.setAlpha(60);
        m_painter.fillPath(fan, fill);
        m_painter.setPen(QPen(m_tokens.warning, 1, Qt::DashLine));
        m_painter.drawLine(now, QPointF(m_scale.x(forecast.midMs), zero));
    }

private:
    [[nodiscard]] double y(double value) const { return yOf(value, m_frame); }

    [[nodiscard]] QColor tone(const LaneLine& line) const
    {
        if (line.outlier)
            return m_tokens.critical;
        switch (line.role) {
        case LineRole::Second: return m_tokens.lineSecond;
        case LineRole::Third: return m_tokens.lineThird;
        case LineRole::Main: break;
        }
        return m_tokens.lineMain;
    }

    [[nodiscard]] bool canViolate(const LaneLine& line) const
    {
        return m_data.limit && line.role == LineRole::Main && line.shiftMs == 0;
    }
    [[nodiscard]] bool violates(const LaneLine& line, double value) const
    {
        if (!canViolate(line))
            return false;
        return m_data.limit->badBelow ? value < m_data.limit->value : value > m_data.limit->value;
    }

    [[nodiscard]] QColor alarm() const
    {
        return m_data.limit && m_data.limit->badBelow ? m_tokens.warning : m_tokens.critical;
    }

    [[nodiscard]] static double widthOf(const LaneLine& line)
    {
        return line.role == LineRole::Main || line.outlier ? mainStrokePx : strokePx;
    }

    [[nodiscard]] QPen pen(const QColor& colour, const LaneLine& line) const
    {
        QPen pen(colour, widthOf(line));
        pen.setCapStyle(Qt::RoundCap);
        return pen;
    }

    void drawSegments(const LaneLine& line)
    {
        const std::vector<double>& values = *line.values();
        const std::int64_t step = line.matrix->stepMs;
        const std::int64_t start = line.startMs();
        // One sample beyond either edge, so that the line runs out of the picture.
        const auto at = [&](std::int64_t ms) {
            return static_cast<std::size_t>(
                std::clamp<std::int64_t>((ms - start) / step, 0, static_cast<std::int64_t>(values.size())));
        };
        const std::size_t first = at(m_frame.startMs - 2 * step);
        const std::size_t last = at(m_frame.endMs + 3 * step);
        std::vector<QLineF> good;
        std::vector<QLineF> bad;
        std::vector<Dot> dots;
        std::size_t previous = values.size();
        for (std::size_t i = first; i < last; ++i) {
            if (std::isnan(values[i]))
                continue;
            const QPointF here(m_scale.x(start + static_cast<std::int64_t>(i) * step), y(values[i]));
            // One missed grid point is no gap: a scrape may fall beside it.
            const bool joined = previous < i && i - previous <= 2;
            const QPointF from =
                joined ? QPointF(m_scale.x(start + static_cast<std::int64_t>(previous) * step), y(values[previous]))
                       : here - QPointF(0.5, 0);
            (violates(line, values[i]) ? bad : good).emplace_back(from, here);
            dots.push_back({here, violates(line, values[i])});
            previous = i;
        }
        if (line.dotted) {
            drawDots(line, dots, tone(line), false);
            drawDots(line, dots, alarm(), true);
            return;
        }
        // Single lines, not a polyline: Qt's raster engine is 49 times slower on polylines wider than a pixel.
        m_painter.setPen(pen(tone(line), line));
        m_painter.drawLines(good.data(), static_cast<int>(good.size()));
        m_painter.setPen(pen(alarm(), line));
        m_painter.drawLines(bad.data(), static_cast<int>(bad.size()));
    }

    struct Dot {
        QPointF at;
        bool bad = false;
    };

    void drawDots(const LaneLine& line, const std::vector<Dot>& dots, const QColor& colour, bool bad)
    {
        const double radius = (line.role == LineRole::Main ? dotPx : dotPx - 0.4) / 2 + 0.2;
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(colour);
        double last = -1e9;
        for (const Dot& dot : dots) {
            if (dot.bad != bad || dot.at.x() - last < 3 * dotPx)
                continue;
            m_painter.drawEllipse(dot.at, radius, radius);
            last = dot.at.x();
        }
    }

    void drawColumns(const LaneLine& line, const Pyramid& pyramid)
    {
        m_painter.end();  // the ink writes into the picture itself
        {
            ColumnInk ink(*m_image);
            const double ratio = m_frame.pixelRatio;
            const auto count = static_cast<std::size_t>(m_image->width());
            const std::vector<Column> columns =
                pyramid.columns(line.startMs(), line.matrix->stepMs, m_frame.startMs, m_frame.endMs, count);
            const double thick = widthOf(line) * ratio;
            const bool limited = canViolate(line);
            const double limitY = limited ? y(m_data.limit->value) * ratio : 0;
            const Column* before = nullptr;
            for (std::size_t i = 0; i < columns.size(); ++i) {
                const Column& column = columns[i];
                if (column.empty) {
                    before = nullptr;
                    continue;
                }
                const double low = before ? std::min(column.least, before->last) : column.least;
                const double high = before ? std::max(column.most, before->last) : column.most;
                double top = y(high) * ratio;
                double bottom = y(low) * ratio;
                if (bottom - top < thick) {
                    const double middle = (top + bottom) / 2;
                    top = middle - thick / 2;
                    bottom = middle + thick / 2;
                }
                const int x = static_cast<int>(i);
                before = &column;
                if (!limited || line.outlier) {
                    if (!line.dotted || i % 4 == 0)
                        ink.stroke(x, top, bottom, tone(line));
                    continue;
                }
                // Only what lies beyond the limit is coloured, also within one column.
                const bool badBelow = m_data.limit->badBelow;
                const double from = std::clamp(limitY, top, bottom);
                const bool anyBad = badBelow ? column.least < m_data.limit->value : column.most > m_data.limit->value;
                const QColor upper = anyBad && !badBelow ? alarm() : tone(line);
                const QColor lower = anyBad && badBelow ? alarm() : tone(line);
                ink.stroke(x, top, from, upper);
                ink.stroke(x, from, bottom, lower);
            }
        }
        m_painter.begin(m_image);
        m_painter.setRenderHint(QPainter::Antialiasing);
    }

    QPainter& m_painter;
    QImage* m_image;
    const LayerFrame& m_frame;
    const Tokens& m_tokens;
    const LaneData& m_data;
    const TimeScale m_scale;
};

}  // namespace

LaneDigest::LaneDigest(const LaneData& data) : gaps(gapsOf(data, std::numeric_limits<std::int64_t>::min()))
{
    for (const LaneLine& line : data.lines) {
        pyramids.emplace_back(line.values() ? std::span<const double>(*line.values()) : std::span<const double>());
        const Pyramid& pyramid = pyramids.back();
        if (const Column all = pyramid.over(0, pyramid.size()); !all.empty && std::isfinite(all.most))
            largest = std::max(largest, all.most);
        if (!line.values() || line.shiftMs != 0)
            continue;
        for (auto i = static_cast<std::int64_t>(pyramid.size()) - 1; i >= 0; --i) {
            if (std::isnan((*line.values())[static_cast<std::size_t>(i)]))
                continue;
            lastSampleMs = std::max(lastSampleMs.value_or(0), line.startMs() + i * line.matrix->stepMs);
            break;
        }
    }
    if (!std::all_of(pyramids.begin(), pyramids.end(), [](const Pyramid& each) {
            const Column all = each.over(0, each.size());
            return all.empty || std::isfinite(all.most);
        }))
        largest = largestOf(data);  // an infinite value hides the largest finite one
}

std::vector<Gap> gapsUntil(const LaneData& data, const LaneDigest& digest, std::int64_t untilMs)
{
    std::vector<Gap> gaps = digest.gaps;
    if (!digest.lastSampleMs)
        return gaps;
    if (const auto patience = gapPatienceMs(data); patience && untilMs - *digest.lastSampleMs > *patience)
        gaps.push_back({*digest.lastSampleMs, untilMs});
    return gaps;
}

namespace {

void drawAll(LinePainter& painter, const LaneData& data, const LaneDigest& digest)
{
    if (data.forecast)
        painter.drawForecast(*data.forecast);
    const auto rank = [](const LaneLine& line) {
        if (line.shiftMs != 0)
            return -1;
        if (line.outlier)
            return 3;
        return line.role == LineRole::Main ? 2 : line.role == LineRole::Second ? 1 : 0;
    };
    for (int layer = -1; layer <= 3; ++layer) {
        for (std::size_t i = 0; i < data.lines.size(); ++i) {
            if (rank(data.lines[i]) == layer)
                painter.draw(data.lines[i], digest.pyramids[i]);
        }
    }
}

}  // namespace

QImage rasteriseLines(const LaneData& data, const LaneDigest& digest, const LayerFrame& frame, const Tokens& tokens)
{
    QImage image((QSizeF(frame.size) * frame.pixelRatio).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(frame.pixelRatio);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    LinePainter lines(painter, &image, frame, tokens, data);
    drawAll(lines, data, digest);
    return image;
}

double yOf(double value, const LayerFrame& frame)
{
    const double span = frame.values.high - frame.values.low;
    const double height = frame.size.height();
    return std::clamp(height - (value - frame.values.low) / span * height, -2.0, height + 2.0);
}

void paintGround(QPainter& painter, const LayerFrame& frame, const Tokens& tokens)
{
    const int width = frame.size.width();
    const int height = frame.size.height();
    painter.fillRect(QRect(QPoint(0, 0), frame.size), tokens.plot);
    // Filled boxes, not lines: on whole pixels they look the same and cost a tenth.
    painter.fillRect(QRect(0, height / 2, width, 1), tokens.grid);
    painter.fillRect(QRect(0, height - 1, width, 1), tokens.grid);
    const TimeScale times{frame.startMs, frame.endMs, 0, static_cast<double>(width)};
    for (const std::int64_t ms : frame.ticks)
        painter.fillRect(QRect(static_cast<int>(std::round(times.x(ms))), 0, 1, height), tokens.grid);
}

void paintBelowLines(QPainter& painter, const LaneData& data, const LayerFrame& frame, std::span<const Gap> gaps,
                     const Tokens& tokens)
{
    const double width = frame.size.width();
    const double height = frame.size.height();
    const TimeScale times{frame.startMs, frame.endMs, 0, width};
    QColor ink = tokens.textTertiary;
    ink.setAlpha(gapAlpha);
    for (const Gap& gap : gaps) {
        const double left = std::max(0.0, times.x(gap.startMs));
        const double right = std::min(width, times.x(gap.endMs));
        if (right > left)
            drawHatch(painter, QRectF(left, 0, right - left, height), ink);
    }
    if (!data.baseline)
        return;
    QColor band = tokens.lineThird;
    band.setAlpha(bandAlpha);
    const double top = std::max(0.0, yOf(data.baseline->high, frame));
    const double bottom = std::min(height, yOf(data.baseline->low, frame));
    painter.fillRect(QRectF(0, top, width, std::max(1.0, bottom - top)), band);
    painter.setPen(QPen(tokens.lineThird, 1, Qt::DotLine));
    const double mean = std::round(yOf(data.baseline->mean, frame)) + 0.5;
    painter.drawLine(QPointF(0, mean), QPointF(width, mean));
}

void paintLimitLine(QPainter& painter, const LaneData& data, const LayerFrame& frame, const Tokens& tokens)
{
    if (!data.limit || data.limit->value > frame.values.high || data.limit->value < frame.values.low)
        return;
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(QPen(tokens.textTertiary, 1, Qt::DashLine));
    const double y = std::round(yOf(data.limit->value, frame)) + 0.5;
    painter.drawLine(QPointF(0, y), QPointF(frame.size.width(), y));
}

QImage rasterisePlot(const LaneData& data, const LaneDigest& digest, const LayerFrame& frame, std::span<const Gap> gaps,
                     const Tokens& tokens)
{
    QImage image((QSizeF(frame.size) * frame.pixelRatio).toSize(), QImage::Format_RGB32);
    image.setDevicePixelRatio(frame.pixelRatio);
    QPainter painter(&image);
    paintGround(painter, frame, tokens);
    paintBelowLines(painter, data, frame, gaps, tokens);
    LinePainter lines(painter, &image, frame, tokens, data);
    drawAll(lines, data, digest);
    paintLimitLine(painter, data, frame, tokens);
    return image;
}

void paintLines(QPainter& painter, const LaneData& data, const LayerFrame& frame, const Tokens& tokens)
{
    painter.save();
    painter.setClipRect(QRectF(QPointF(0, 0), QSizeF(frame.size)));
    LinePainter lines(painter, nullptr, frame, tokens, data);
    drawAll(lines, data, LaneDigest(data));
    painter.restore();
}

QImage rasteriseLines(const LaneData& data, const LayerFrame& frame, const Tokens& tokens)
{
    return rasteriseLines(data, LaneDigest(data), frame, tokens);
}

}  // namespace holdfast::widgets
