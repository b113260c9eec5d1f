#pragma once

#include "widgets/map/fleet_graph.h"

#include <QPainterPath>
#include <QTransform>
#include <QWidget>

namespace holdfast::widgets {

class Theme;

/// Draws a FleetGraph: boxes with the golden signals, edges as wide as their traffic, and each breaker as a switch on
/// its edge. Drag moves, Ctrl+wheel zooms, a plain wheel scrolls. Thread: gui.
class MapCanvas : public QWidget {
    Q_OBJECT

public:
    MapCanvas(Theme& theme, QWidget* parent);

    void setFleet(const Fleet& fleet, const ControlList* controls);
    void setOnlyAbnormal(bool on);
    void setSelected(const QString& service);
    [[nodiscard]] const FleetGraph& graph() const { return m_graph; }
    void arrange();
    /// Everything in sight.
    void fit();
    void moveSelection(int by);

signals:
    void selected(const QString& service);
    void opened(const QString& service);
    void breakerChosen(const QString& control);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    [[nodiscard]] QRectF boxOf(const GraphNode& node) const;
    [[nodiscard]] QPainterPath pathOf(const GraphCall& call) const;
    [[nodiscard]] int nodeAt(QPointF pos) const;
    [[nodiscard]] int callAt(QPointF pos) const;
    [[nodiscard]] bool faded(std::size_t node) const;
    [[nodiscard]] bool abnormal(std::size_t node) const;
    void drawCall(QPainter& painter, const GraphCall& call) const;
    /// What stands on the edges, each where it covers no box and no other label.
    void drawLabels(QPainter& painter) const;
    [[nodiscard]] QColor toneOf(const GraphCall& call) const;
    /// `passing` where calls go through.
    [[nodiscard]] QColor toneOf(SwitchState state, const QColor& passing) const;
    void drawSwitch(QPainter& painter, QPointF at, qreal angle, SwitchState state) const;
    void drawNode(QPainter& painter, std::size_t index) const;
    void drawLegend(QPainter& painter) const;

    Theme& m_theme;
    FleetGraph m_graph;
    QTransform m_view;
    QString m_selected;
    std::vector<bool> m_related;  ///< of the hovered node; empty without one
    int m_hovered = -1;
    bool m_onlyAbnormal = false;
    bool m_fitted = false;
    bool m_dragging = false;
    QPointF m_pressedAt;
    QPointF m_draggedFrom;
};

}  // namespace holdfast::widgets
