#include "widgets/charts/column_ink.h"

#include <algorithm>
#include <cmath>

namespace holdfast::widgets {

ColumnInk::ColumnInk(QImage& image)
    : m_bits(reinterpret_cast<QRgb*>(image.bits())),
      m_stride(image.bytesPerLine() / qsizetype(sizeof(QRgb))),
      m_width(image.width()),
      m_height(image.height())
{
}

void ColumnInk::blend(QRgb& pixel, QRgb colour, double coverage)
{
    const auto share = static_cast<unsigned>(std::clamp(coverage, 0.0, 1.0) * 256 + 0.5);
    // Two channels at once: no product of eight by nine bits runs into its neighbour.
    constexpr unsigned even = 0x00FF00FFU;
    const unsigned redBlue = ((colour & even) * share + (pixel & even) * (256 - share)) >> 8;
    const unsigned alphaGreen = ((colour >> 8) & even) * share + ((pixel >> 8) & even) * (256 - share);
    pixel = (redBlue & even) | (alphaGreen & ~even);
}

void ColumnInk::stroke(int x, double top, double bottom, const QColor& colour)
{
    strokePremultiplied(x, top, bottom, qPremultiply(colour.rgba()));
}

void ColumnInk::strokePremultiplied(int x, double top, double bottom, QRgb ink)
{
    top = std::max(top, 0.0);
    bottom = std::min(bottom, static_cast<double>(m_height));
    if (x < 0 || x >= m_width || bottom <= top)
        return;
    const int first = static_cast<int>(top);
    const int last = std::min(static_cast<int>(std::ceil(bottom)) - 1, m_height - 1);
    QRgb* pixel = m_bits + std::min(first, m_height - 1) * m_stride + x;
    if (first >= last) {
        blend(*pixel, ink, bottom - top);
        return;
    }
    blend(*pixel, ink, first + 1 - top);
    pixel += m_stride;
    for (int y = first + 1; y < last; ++y, pixel += m_stride)
        *pixel = ink;
    blend(*pixel, ink, bottom - last);
}

}  // namespace holdfast::widgets
