#pragma once

#include "widgets/map/blast_radius.h"
#include "widgets/map/fleet_graph.h"
#include "widgets/map/node_box.h"

#include <QImage>
#include <QTransform>
#include <QWidget>

#include <optional>

namespace holdfast::widgets {

class Theme;

/// Draws a FleetGraph: boxes with the golden signals, edges as wide as their traffic, and each breaker as a switch on
/// its edge. Under the pointer a card tells more, and what is not before or behind it fades. Drag moves the picture, or
/// the box it begins on; Ctrl+wheel zooms, a plain wheel scrolls, arrow keys walk along edges. Thread: gui.
class MapCanvas : public QWidget {
    Q_OBJECT

public:
    MapCanvas(Theme& theme, QWidget* parent);

    void setFleet(const Fleet& fleet, const ControlList* controls);
    void setOnlyAbnormal(bool on);
    void setSelected(const QString& service);
    /// Only what is within so many hops of the selected service; 0 shows all.
    void setHops(int hops);
    [[nodiscard]] int hops() const { return m_hops; }
    /// Whom a refused edge would reach; nothing ends it.
    void setBlast(const std::optional<BlastRadius>& blast);
    /// How a breaker stood over the last half hour, oldest first, as `state_expr` gives it; for the card.
    void setHistory(const QString& control, const std::vector<double>& states);
    /// While the engine still learns who is there, boxes may move: nobody knows their places yet.
    void setSettled(bool settled) { m_settled = settled; }
    void setPlaces(const QMap<QString, QPointF>& places) { m_graph.setPlaces(places); }
    [[nodiscard]] const FleetGraph& graph() const { return m_graph; }
    void arrange();
    /// Everything in sight.
    void fit();
    /// Everything is drawn anew at the next repaint; what only moves the pointer needs it not.
    void redraw();
    void zoomBy(double factor, QPointF at);
    void moveSelection(int by);
    [[nodiscard]] const QString& chosen() const { return m_selected; }
    /// Where the middle of a box, or of an edge, is on the widget.
    [[nodiscard]] QPointF placeOf(const QString& service) const;
    [[nodiscard]] QPointF placeOf(const QString& caller, const QString& callee) const;

signals:
    void selected(const QString& service);
    void opened(const QString& service);
    void breakerChosen(const QString& control);
    /// The pointer rests on an edge with a breaker: its past is wanted.
    void breakerHovered(const QString& caller, const QString& control);
    /// A person moved a box, or a layout was made.
    void placesChanged();

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
    [[nodiscard]] int nodeAt(QPointF pos) const;
    [[nodiscard]] int callAt(QPointF pos) const;
    /// 0 hidden … 1 in full.
    [[nodiscard]] qreal shownShare(std::size_t node) const;
    [[nodiscard]] qreal shownShare(const GraphCall& call) const;
    [[nodiscard]] bool blasted(const GraphCall& call) const;
    void choose();
    void hover(int node, int call);
    void describe();
    /// Into the layer itself, before anything else is painted there.
    void drawCalls();
    /// What can be seen of the graph, and so much around it.
    [[nodiscard]] QRectF sight(qreal more) const;
    [[nodiscard]] NodeLook lookOf(std::size_t node) const;
    /// Near enough for three lines in a box and words on every edge.
    [[nodiscard]] bool isDetailed() const;
    void drawLayer(QPainter& painter) const;

    Theme& m_theme;
    FleetGraph m_graph;
    QTransform m_view;
    QImage m_layer;  ///< all but the card at the pointer; null when it has to be drawn anew
    QString m_selected;
    std::vector<bool> m_related;  ///< of the hovered node; empty without one
    std::vector<bool> m_around;   ///< within m_hops of the selected; empty: all
    std::vector<bool> m_abnormal;
    std::optional<BlastRadius> m_blast;
    QString m_historyOf;
    std::vector<double> m_history;
    int m_hops = 0;
    int m_hoveredNode = -1;
    int m_hoveredCall = -1;
    bool m_onlyAbnormal = false;
    bool m_fitted = false;
    bool m_viewMoved = false;  ///< a person chose what is in sight
    bool m_settled = true;
    bool m_dragging = false;
    int m_draggedNode = -1;
    QPointF m_pointer;
    QPointF m_pressedAt;
    QPointF m_draggedFrom;
};

}  // namespace holdfast::widgets
