#pragma once

#include <QColor>
#include <QImage>
#include <QPointF>

#include <span>

namespace holdfast::widgets {

/// Draws smooth curves straight into an opaque picture. Along the axis it mostly follows, a curve is one short stroke a
/// pixel, whose ends are blended by how much of their pixel they cover; QPainter builds and fills an outline instead,
/// which takes ten to thirty times as long for hundreds of edges (bench_map). Thread-safe with a picture of one's own.
class EdgeInk {
public:
    /// Lengths in device pixels; `off` 0: no dashes.
    struct Dash {
        double on = 0;
        double off = 0;
    };

    /// image  Format_RGB32; must outlive this, and nothing else paints on it meanwhile
    explicit EdgeInk(QImage& image);

    /// points  of a polyline, device pixels; corners of more than some degrees are not rounded
    /// width   device pixels; below one the line is fainter instead
    /// colour  its alpha counts
    void stroke(std::span<const QPointF> points, double width, const QColor& colour, Dash dash);
    void stroke(std::span<const QPointF> points, double width, const QColor& colour)
    {
        stroke(points, width, colour, {});
    }

    /// A head of so much length and width, pointing right, its tip at `tip`.
    void arrowHead(QPointF tip, double length, double width, const QColor& colour);

private:
    struct Line;
    void along(const Line& line);
    void blend(QRgb& pixel, double coverage) const;
    /// `steep`: `at` is a row of the picture, else a column of it.
    void across(bool steep, int at, double from, double to);

    QRgb* m_bits;
    qsizetype m_stride;  // pixels a row
    int m_width;
    int m_height;
    QRgb m_colour = 0;
    double m_alpha = 1;
};

}  // namespace holdfast::widgets
