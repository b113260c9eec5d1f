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

void ColumnInk::blend(int x, int y, QRgb colour, double coverage)
{
    QRgb& pixel = m_bits[y * m_stride + x];
    const int share = std::clamp(static_cast<int>(std::lround(coverage * 256)), 0, 256);
    const auto mix = [share](int over, int under) { return (over * share + under * (256 - share)) >> 8; };
    pixel = qRgba(mix(qRed(colour), qRed(pixel)), mix(qGreen(colour), qGreen(pixel)), mix(qBlue(colour), qBlue(pixel)),
                  mix(qAlpha(colour), qAlpha(pixel)));
}

void ColumnInk::stroke(int x, double top, double bottom, const QColor& colour)
{
    top = std::max(top, 0.0);
    bottom = std::min(bottom, static_cast<double>(m_height));
    if (x < 0 || x >= m_width || bottom <= top)
        return;
    const QRgb ink = qPremultiply(colour.rgba());
    const int first = static_cast<int>(std::floor(top));
    const int last = std::min(static_cast<int>(std::ceil(bottom)) - 1, m_height - 1);
    if (first >= last) {
        blend(x, std::min(first, m_height - 1), ink, bottom - top);
        return;
    }
    blend(x, first, ink, first + 1 - top);
    QRgb* pixel = m_bits + (first + 1) * m_stride + x;
    for (int y = first + 1; y < last; ++y, pixel += m_stride)
        *pixel = ink;
    blend(x, last, ink, bottom - last);
}

}  // namespace holdfast::widgets
