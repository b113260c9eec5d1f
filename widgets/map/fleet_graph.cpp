#include "widgets/map/fleet_graph.h"

#include <QCoreApplication>
#include <QRectF>

#include <algorithm>

namespace holdfast::widgets {

namespace {

SwitchState stateOf(const Control& control)
{
    if (control.quality == QLatin1String("unknown") || control.quality == QLatin1String("stale"))
        return SwitchState::Unknown;
    if (control.forced())
        return SwitchState::Forced;
    if (control.state == QLatin1String("open"))
        return SwitchState::Open;
    return control.state == QLatin1String("half_open") ? SwitchState::HalfOpen : SwitchState::Closed;
}

QString wordOf(const Control& control, SwitchState state)
{
    if (state == SwitchState::Closed)
        return {};
    // The fixed wording up to the dash: "OPEN – rejecting calls" → "OPEN 2/3".
    const QString word = control.word.section(QStringLiteral(" – "), 0, 0);
    return QStringLiteral("%1 %2/%3").arg(word).arg(control.k).arg(control.n);
}

const Control* controlOf(const ControlList* controls, const QString& id)
{
    if (controls == nullptr || id.isEmpty())
        return nullptr;
    const auto found = std::ranges::find(controls->controls, id, &Control::id);
    return found == controls->controls.end() ? nullptr : &*found;
}

}  // namespace

void FleetGraph::update(const Fleet& fleet, const ControlList* controls)
{
    m_nodes.clear();
    m_calls.clear();
    for (const FleetService& service : fleet.services)
        m_nodes.push_back({service, true, {}});
    const auto nodeOf = [this](const QString& name) {
        const int index = indexOf(name);
        if (index >= 0)
            return static_cast<std::size_t>(index);
        FleetService unknown;
        unknown.name = name;
        m_nodes.push_back({unknown, false, {}});
        return m_nodes.size() - 1;
    };
    for (const FleetEdge& edge : fleet.edges) {
        GraphCall call;
        call.caller = nodeOf(edge.caller);
        call.callee = nodeOf(edge.callee);
        call.edge = edge;
        call.inferred = edge.source == QLatin1String("inferred");
        if (const Control* control = controlOf(controls, edge.breaker)) {
            call.state = stateOf(*control);
            call.word = wordOf(*control, call.state);
        }
        m_calls.push_back(call);
    }
    place();
}

void FleetGraph::arrange()
{
    m_places.clear();
    place();
}

int FleetGraph::indexOf(const QString& service) const
{
    const auto found = std::ranges::find_if(m_nodes, [&](const GraphNode& n) { return n.service.name == service; });
    return found == m_nodes.end() ? -1 : static_cast<int>(found - m_nodes.begin());
}

std::vector<bool> FleetGraph::related(std::size_t node) const
{
    std::vector<bool> before(m_nodes.size(), false);
    std::vector<bool> behind(m_nodes.size(), false);
    before[node] = behind[node] = true;
    for (bool grown = true; grown;) {
        grown = false;
        for (const GraphCall& call : m_calls) {
            if (behind[call.caller] && !behind[call.callee])
                behind[call.callee] = grown = true;
            if (before[call.callee] && !before[call.caller])
                before[call.caller] = grown = true;
        }
    }
    for (std::size_t i = 0; i < before.size(); ++i)
        before[i] = before[i] || behind[i];
    return before;
}

void FleetGraph::place()
{
    std::vector<GraphEdge> edges;
    edges.reserve(m_calls.size());
    for (const GraphCall& call : m_calls)
        edges.push_back({call.caller, call.callee});
    const bool anew = m_places.isEmpty();
    const GraphLayout layout = layeredLayout(m_nodes.size(), edges, spacing);
    bool moved = false;
    for (std::size_t i = 0; i < m_nodes.size(); ++i) {
        GraphNode& node = m_nodes[i];
        auto known = m_places.find(node.service.name);
        if (known == m_places.end())
            known = m_places.insert(node.service.name, anew ? layout.corners[i] : freeCornerNear(layout.corners[i]));
        node.corner = *known;
        moved = moved || node.corner != layout.corners[i];
    }
    // Routes belong to the layout they were made with; where a node keeps an older place, edges go straight.
    for (std::size_t i = 0; i < m_calls.size() && !moved; ++i)
        m_calls[i].route = layout.routes[i];
}

QPointF FleetGraph::freeCornerNear(QPointF wanted) const
{
    const qreal pitch = spacing.node.height() + spacing.between;
    const auto taken = [&](QPointF corner) {
        return std::any_of(m_places.begin(), m_places.end(), [&](QPointF other) {
            return QRectF(other, spacing.node).intersects(QRectF(corner, spacing.node));
        });
    };
    while (taken(wanted))
        wanted.ry() += pitch;
    return wanted;
}

}  // namespace holdfast::widgets
