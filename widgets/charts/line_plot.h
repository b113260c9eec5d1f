#pragma once

#include "widgets/charts/layer_maker.h"

#include <QChartView>
#include <QImage>

#include <functional>

class QChart;
class QLineSeries;
class QValueAxis;

namespace holdfast::widgets {

class Theme;

/// The plot of a line lane: Qt Charts gives the frame, its axes map values to pixels; ground, grid and lines are one
/// opaque picture made on a worker and blitted. No sample ever enters a Qt Charts series. Where a pan has uncovered
/// what the picture does not reach, the empty frame shows until the next one is there. Painted into an SVG, the lines
/// are drawn as lines. Thread: gui.
class LinePlot : public QChartView {
    Q_OBJECT

public:
    LinePlot(const Theme& theme, QWidget* parent);

    void setSpan(std::int64_t startMs, std::int64_t endMs);
    [[nodiscard]] ValueRange values() const { return m_values; }
    /// A picture of the lines and what it covers; shifted and stretched to the present span when that has moved on.
    void setLayer(const LaneLayer& layer);
    /// Paints the grid of times and what lies over everything, in the plot's coordinates.
    void setPainters(std::function<void(QPainter&, const QRectF&)> grid,
                     std::function<void(QPainter&, const QRectF&)> overlay);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void setValues(ValueRange range);
    void paintBare(QPainter& painter, const QRectF& plot, const QRegion& bare);
    void paintVectors(QPainter& painter, const QRectF& plot);
    void paintLayer(QPainter& painter, const QRectF& where);
    void paintLimitWords(QPainter& painter, const QRectF& plot);
    /// Where the picture lies now; nothing without one.
    [[nodiscard]] QRectF layerRect() const;
    /// The plot as the worker would be asked for it now.
    [[nodiscard]] LayerFrame frameNow() const;
    [[nodiscard]] double heightOf(double value) const;
    [[nodiscard]] double xOf(std::int64_t ms) const;

    const Theme& m_theme;
    QChart* m_chart;
    QLineSeries* m_map;  // empty: only ties the axes together, so that the chart can map values
    QValueAxis* m_x;
    QValueAxis* m_y;
    std::int64_t m_startMs = 0;
    std::int64_t m_endMs = 1;
    ValueRange m_values;
    LaneLayer m_layer;
    std::function<void(QPainter&, const QRectF&)> m_grid;
    std::function<void(QPainter&, const QRectF&)> m_overlay;
};

}  // namespace holdfast::widgets
