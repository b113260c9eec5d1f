#include "widgets/fleet/spark_picture.h"

#include "widgets/charts/column_ink.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace holdfast::widgets {

namespace {

constexpr int dotEvery = 3;   // px of the dotted limit
constexpr double tickPx = 4;  // at the right end of the limit
constexpr double loneDotPx = 0.8;

/// What one column of pixels shows of the line, in device pixels from the top.
struct Reach {
    double top = 1e9;
    double bottom = -1e9;
    bool bad = false;

    void add(double from, double to, bool isBad)
    {
        top = std::min({top, from, to});
        bottom = std::max({bottom, from, to});
        bad = bad || isBad;
    }
};

}  // namespace

QImage sparkPicture(std::span<const double> points, double top, std::optional<double> limit, bool badBelow, QSize size,
                    double ratio, const SparkTones& tones)
{
    QImage image((QSizeF(size) * ratio).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::transparent);
    if (points.size() < 2 || image.isNull())
        return image;
    const double width = image.width();
    const double height = image.height();
    const double thick = ratio;
    const auto y = [&](double value) { return (height - thick) * (1 - std::clamp(value / top, 0.0, 1.0)) + thick / 2; };
    ColumnInk ink(image);
    const QRgb line = qPremultiply(tones.line.rgba());
    const QRgb bad = qPremultiply(tones.bad.rgba());
    if (limit && *limit <= top) {
        const double level = std::floor(y(*limit));
        for (int x = 0; x < image.width(); ++x) {
            const bool tick = x >= width - tickPx * ratio;
            if (tick || static_cast<int>(x / ratio) % dotEvery == 0)
                ink.stroke(x, level, level + std::round(ratio), tick ? tones.tick : tones.limit);
        }
    }
    std::vector<Reach> columns(static_cast<std::size_t>(image.width()));
    const double step = width / static_cast<double>(points.size() - 1);
    bool joined = false;
    for (std::size_t i = 1; i < points.size(); ++i) {
        if (std::isnan(points[i]) || std::isnan(points[i - 1]))
            continue;
        joined = true;
        const bool beyond = limit && (badBelow ? points[i] < *limit : points[i] > *limit);
        const double from = static_cast<double>(i - 1) * step;
        const double y0 = y(points[i - 1]);
        const double slope = (y(points[i]) - y0) / step;
        const int last = std::min(image.width() - 1, static_cast<int>(from + step));
        for (int x = static_cast<int>(from); x <= last; ++x) {
            const double begin = std::max<double>(x, from) - from;
            const double end = std::min<double>(x + 1, from + step) - from;
            columns[static_cast<std::size_t>(x)].add(y0 + slope * begin, y0 + slope * end, beyond);
        }
    }
    if (!joined) {  // the first points have no line yet
        for (std::size_t i = 0; i < points.size(); ++i) {
            const auto x = std::min<double>(width - 1, static_cast<double>(i) * step);
            if (!std::isnan(points[i]))
                columns[static_cast<std::size_t>(x)].add(y(points[i]) - loneDotPx, y(points[i]) + loneDotPx, false);
        }
    }
    for (std::size_t x = 0; x < columns.size(); ++x) {
        const Reach& reach = columns[x];
        if (reach.bottom < reach.top)
            continue;
        const double middle = (reach.top + reach.bottom) / 2;
        const double half = std::max(thick, reach.bottom - reach.top) / 2;
        ink.strokePremultiplied(static_cast<int>(x), middle - half, middle + half, reach.bad ? bad : line);
    }
    return image;
}

}  // namespace holdfast::widgets
