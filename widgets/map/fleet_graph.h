#pragma once

#include "widgets/client/control.h"
#include "widgets/client/fleet.h"
#include "widgets/map/layered_layout.h"
#include "widgets/map/switch_glyph.h"

#include <QHash>
#include <QMap>
#include <QPainterPath>
#include <QPointF>
#include <QString>

#include <vector>

namespace holdfast::widgets {

struct GraphNode {
    FleetService service;
    bool known = false;  ///< false: only named by an edge, no metrics of its own
    QPointF corner;
};

struct GraphCall {
    std::size_t caller = 0;
    std::size_t callee = 0;
    FleetEdge edge;
    SwitchState state = SwitchState::None;
    QString word;                ///< "OPEN 2/3"
    bool inferred = false;       ///< the callee is known only from a breaker's name
    std::vector<QPointF> route;  ///< GraphLayout::routes
    QPainterPath path;           ///< from box to box
    /// Points of `path` at equal shares of its length, for labels and for finding it under the pointer; asking the path
    /// itself costs a hundred times more.
    std::vector<QPointF> points;
    qreal width = 1;  ///< by the calls per second
};

/// The fleet as a graph with places. Nodes keep their place as long as the window lives: data never moves them, a new
/// node joins at the end of its layer, and only arrange() lays everything out anew. Places can be kept over a restart,
/// and a person can move a node. Thread: gui.
class FleetGraph {
public:
    void update(const Fleet& fleet, const ControlList* controls);
    /// Forgets all places.
    void arrange();

    /// Where nodes stood the last time; before the first update().
    void setPlaces(const QMap<QString, QPointF>& places) { m_places = places; }
    [[nodiscard]] const QMap<QString, QPointF>& places() const { return m_places; }
    void moveNode(std::size_t node, QPointF corner);

    [[nodiscard]] const std::vector<GraphNode>& nodes() const { return m_nodes; }
    [[nodiscard]] const std::vector<GraphCall>& calls() const { return m_calls; }
    [[nodiscard]] int indexOf(const QString& service) const;
    /// The node and all that are before or behind it on some path.
    [[nodiscard]] std::vector<bool> related(std::size_t node) const;

    /// All within so many hops of the node, in either direction.
    [[nodiscard]] std::vector<bool> around(std::size_t node, int hops) const;
    /// The sick, those that call them on some path, and what they call.
    [[nodiscard]] std::vector<bool> abnormalPaths() const;
    /// The next node from here: right and left along calls, the one nearest in height; up and down within the column.
    /// −1 when there is none.
    [[nodiscard]] int neighbour(std::size_t node, int dx, int dy) const;
    [[nodiscard]] QRectF boxOf(std::size_t node) const;

    static constexpr LayoutSpacing spacing{};
    static constexpr int pointsPerCall = 24;

private:
    void place();
    void drawPaths();
    [[nodiscard]] QPointF freeCornerNear(QPointF wanted) const;

    std::vector<GraphNode> m_nodes;
    std::vector<GraphCall> m_calls;
    QMap<QString, QPointF> m_places;
    QHash<QString, int> m_index;
    std::vector<GraphEdge> m_laidOut;  ///< what the layout was made for: the same edges need no other
    QStringList m_laidOutNames;
    GraphLayout m_layout;
};

}  // namespace holdfast::widgets
