#pragma once

#include "widgets/charts/chart_context.h"
#include "widgets/charts/time_scale.h"

#include <QPoint>
#include <QString>
#include <QWidget>

#include <optional>
#include <vector>

class QPainter;

namespace holdfast::widgets {

/// A vertical mark on all lanes: an action, a deploy.
struct TimeMark {
    std::int64_t atMs = 0;
    bool held = false;  ///< by a person
    QString text;
};

/// One strip of a page: header at the left, value ticks, and a plot on the window's time axis. It shares the crosshair,
/// the pins and the range with all others through the TimeCursor, and it alone knows the mouse: move is the crosshair,
/// click a pin, drag a zoom, Ctrl+wheel zooms at the pointer, double click goes back. Thread: gui.
class TimePane : public QWidget {
    Q_OBJECT

public:
    static constexpr int headerWidth = 132;
    static constexpr int tickWidth = 48;
    static constexpr int rightMargin = 14;

    TimePane(const ChartContext& context, QWidget* parent);

    void setMarks(std::vector<TimeMark> marks);
    /// The picture is as of then; what is later is hatched. Nothing: it is live.
    void setFrozenSince(std::optional<std::int64_t> ms);

protected:
    [[nodiscard]] QRectF plotRect() const;
    [[nodiscard]] TimeScale scale() const;
    [[nodiscard]] const ChartContext& context() const { return m_context; }

    /// The plot without marks and crosshair.
    virtual void paintPlot(QPainter& painter, const QRectF& plot) = 0;
    virtual void paintHeader(QPainter& painter, const QRect& header) = 0;
    /// Something was drawn over the plot by a child; it must follow.
    virtual void cursorMoved() {}

    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

    /// Grid, marks, pins, crosshair, zoom band: for panes whose plot is a child widget.
    void paintOverlay(QPainter& painter, const QRectF& plot) const;
    void paintTimeGrid(QPainter& painter, const QRectF& plot) const;

private:
    void moved();

    const ChartContext m_context;
    std::vector<TimeMark> m_marks;
    std::optional<std::int64_t> m_frozenSince;
    std::optional<QPoint> m_pressed;
    std::optional<int> m_dragTo;
};

/// How many time labels fit on a plot so wide.
[[nodiscard]] int ticksFor(double plotWidth);

}  // namespace holdfast::widgets
