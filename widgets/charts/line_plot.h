#pragma once

#include "widgets/charts/layer_maker.h"

#include <QChartView>
#include <QImage>
#include <QPixmap>

#include <functional>

class QChart;
class QLineSeries;
class QValueAxis;

namespace holdfast::widgets {

class Theme;

/// The plot of a line lane: Qt Charts gives the frame, its axes map values to pixels; the lines are a picture made on a
/// worker and blitted. No sample ever enters a Qt Charts series. The frame is kept as a pixmap, so that moving the
/// crosshair repaints two blits and a line. Painted into an SVG, the lines are drawn as lines. Thread: gui.
class LinePlot : public QChartView {
    Q_OBJECT

public:
    LinePlot(const Theme& theme, QWidget* parent);

    void setSpan(std::int64_t startMs, std::int64_t endMs);
    [[nodiscard]] ValueRange values() const { return m_values; }
    /// A picture of the lines and what it covers; shifted and stretched to the present span when that has moved on.
    void setLayer(const LaneLayer& layer);
    /// Paints grid and what lies over everything, in the plot's coordinates.
    void setPainters(std::function<void(QPainter&, const QRectF&)> grid,
                     std::function<void(QPainter&, const QRectF&)> overlay);
    void dropFrame();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void setValues(ValueRange range);
    void renderFrame();
    void paintFrame(QPainter& painter, const QRectF& plot);
    void paintLayer(QPainter& painter, const QRectF& plot);
    void paintBaseline(QPainter& painter, const QRectF& plot);
    void paintLimit(QPainter& painter, const QRectF& plot, const QRegion& dirty);
    [[nodiscard]] double yOf(double value) const;
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
    QPixmap m_frame;
    bool m_frameValid = false;
};

}  // namespace holdfast::widgets
