#pragma once

#include "widgets/client/control.h"
#include "widgets/client/fleet.h"
#include "widgets/map/layered_layout.h"

#include <QMap>
#include <QPointF>
#include <QString>

#include <vector>

namespace holdfast::widgets {

/// How the switch on an edge stands.
enum class SwitchState { None, Closed, HalfOpen, Open, Forced, Unknown };

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
    QString word;  ///< "OPEN 2/3"
    bool inferred = false;
    std::vector<QPointF> route;  ///< GraphLayout::routes
};

/// The fleet as a graph with places. Nodes keep their place as long as the window lives: data never moves them, a new
/// node joins at the end of its layer, and only arrange() lays everything out anew. Thread: gui.
class FleetGraph {
public:
    void update(const Fleet& fleet, const ControlList* controls);
    /// Forgets all places.
    void arrange();

    [[nodiscard]] const std::vector<GraphNode>& nodes() const { return m_nodes; }
    [[nodiscard]] const std::vector<GraphCall>& calls() const { return m_calls; }
    [[nodiscard]] int indexOf(const QString& service) const;
    /// The node and all that are before or behind it on some path.
    [[nodiscard]] std::vector<bool> related(std::size_t node) const;

    static constexpr LayoutSpacing spacing{};

private:
    void place();
    [[nodiscard]] QPointF freeCornerNear(QPointF wanted) const;

    std::vector<GraphNode> m_nodes;
    std::vector<GraphCall> m_calls;
    QMap<QString, QPointF> m_places;
};

}  // namespace holdfast::widgets
