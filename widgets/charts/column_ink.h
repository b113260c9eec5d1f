#pragma once

#include <QColor>
#include <QImage>

namespace holdfast::widgets {

/// Draws vertical strokes of one pixel's width straight into a premultiplied picture; the ends are blended by how much
/// of their pixel they cover. 6 to 20 times cheaper than QPainter where a line has several samples a pixel.
/// Thread-safe with a picture of one's own.
class ColumnInk {
public:
    /// image  Format_ARGB32_Premultiplied or Format_RGB32; must outlive this
    explicit ColumnInk(QImage& image);

    /// Column `x`, rows [top, bottom) in device pixels; what lies outside the picture is cut off.
    void stroke(int x, double top, double bottom, const QColor& colour);
    /// The same with a colour that is premultiplied already; for many strokes of one.
    void strokePremultiplied(int x, double top, double bottom, QRgb ink);

private:
    static void blend(QRgb& pixel, QRgb colour, double coverage);

    QRgb* m_bits;
    qsizetype m_stride;  // pixels a row
    int m_width;
    int m_height;
};

}  // namespace holdfast::widgets
