#include "widgets/map/edge_ink.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace holdfast::widgets {

namespace {

constexpr double notchShare = 0.36;  // of the width: half the diagonal of the cut at 45 degrees

}  // namespace

/// One piece of a polyline. `steep` pieces are walked downwards, the others to the right.
struct EdgeInk::Line {
    QPointF from;
    QPointF to;
    double width = 1;
    bool steep = false;
    Dash dash;
    double walked = 0;  ///< of the whole polyline before `from`
    double before = 0;  ///< drawn beyond its ends, px: where its neighbour is cut the other way a notch would stay
    double after = 0;
};

EdgeInk::EdgeInk(QImage& image)
    : m_bits(reinterpret_cast<QRgb*>(image.bits())),
      m_stride(image.bytesPerLine() / qsizetype(sizeof(QRgb))),
      m_width(image.width()),
      m_height(image.height())
{
}

void EdgeInk::blend(QRgb& pixel, double coverage) const
{
    const auto share = static_cast<unsigned>(coverage * m_alpha * 256 + 0.5);
    // Red and blue at once, green alone: no product runs into its neighbour.
    const unsigned redBlue = ((m_colour & 0xFF00FFU) * share + (pixel & 0xFF00FFU) * (256 - share)) >> 8;
    const unsigned green = ((m_colour & 0xFF00U) * share + (pixel & 0xFF00U) * (256 - share)) >> 8;
    pixel = 0xFF000000U | (redBlue & 0xFF00FFU) | (green & 0xFF00U);
}

void EdgeInk::across(bool steep, int at, double from, double to)
{
    from = std::max(from, 0.0);
    to = std::min(to, static_cast<double>(steep ? m_width : m_height));
    if (to <= from)
        return;
    const qsizetype next = steep ? 1 : m_stride;
    const int first = static_cast<int>(from);
    const int last = std::max(first, static_cast<int>(std::ceil(to)) - 1);
    QRgb* pixel = m_bits + (steep ? at * m_stride + first : first * m_stride + at);
    if (first == last) {
        blend(*pixel, to - from);
        return;
    }
    blend(*pixel, first + 1 - from);
    pixel += next;
    for (int i = first + 1; i < last; ++i, pixel += next) {
        if (m_alpha >= 1)
            *pixel = m_colour;
        else
            blend(*pixel, 1);
    }
    blend(*pixel, to - last);
}

void EdgeInk::along(const Line& line)
{
    const auto main = [&](QPointF p) { return line.steep ? p.y() : p.x(); };
    const auto side = [&](QPointF p) { return line.steep ? p.x() : p.y(); };
    const double length = main(line.to) - main(line.from);
    if (length == 0)
        return;
    const double slope = (side(line.to) - side(line.from)) / length;
    const double lengthen = std::sqrt(1 + slope * slope);  // of the way, and of the cut through the line's width
    const double half = line.width / 2 * lengthen;
    const double low = length > 0 ? main(line.from) - line.before : main(line.to) - line.after;
    const double high = length > 0 ? main(line.to) + line.after : main(line.from) + line.before;
    // Each pixel belongs to the piece its middle lies on, so that none is drawn twice.
    const int edge = line.steep ? m_height : m_width;
    const int first = static_cast<int>(std::max(0.0, std::ceil(low - 0.5)));
    const int end = static_cast<int>(std::min<double>(edge, std::ceil(high - 0.5)));
    const double period = line.dash.on + line.dash.off;
    for (int at = first; at < end; ++at) {
        const double way = at + 0.5 - main(line.from);
        if (line.dash.off > 0 && std::fmod(line.walked + std::abs(way) * lengthen, period) > line.dash.on)
            continue;
        const double middle = side(line.from) + slope * way;
        across(line.steep, at, middle - half, middle + half);
    }
}

void EdgeInk::stroke(std::span<const QPointF> points, double width, const QColor& colour, Dash dash)
{
    m_colour = colour.rgb();
    m_alpha = colour.alphaF() * std::min(1.0, width);
    width = std::max(1.0, width);
    const auto isSteep = [&points](std::size_t i) {
        const QPointF way = points[i] - points[i - 1];
        return std::abs(way.y()) > std::abs(way.x());
    };
    const double reach = width * notchShare;
    double walked = 0;
    for (std::size_t i = 1; i < points.size(); ++i) {
        const bool steep = isSteep(i);
        along({.from = points[i - 1],
               .to = points[i],
               .width = width,
               .steep = steep,
               .dash = dash,
               .walked = walked,
               .before = i > 1 && isSteep(i - 1) != steep ? reach : 0,
               .after = i + 1 < points.size() && isSteep(i + 1) != steep ? reach : 0});
        const QPointF way = points[i] - points[i - 1];
        walked += std::hypot(way.x(), way.y());
    }
}

void EdgeInk::arrowHead(QPointF tip, double length, double width, const QColor& colour)
{
    m_colour = colour.rgb();
    const int end = static_cast<int>(std::ceil(tip.x()));
    for (int x = static_cast<int>(std::floor(tip.x() - length)); x < end; ++x) {
        if (x < 0 || x >= m_width)
            continue;
        const double half = std::clamp((tip.x() - x - 0.5) / length, 0.0, 1.0) * width / 2;
        const double inside = std::clamp(x + 1 - (tip.x() - length), 0.0, 1.0);
        m_alpha = colour.alphaF() * inside;
        across(false, x, tip.y() - half, tip.y() + half);
    }
}

}  // namespace holdfast::widgets
