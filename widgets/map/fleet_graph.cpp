#include "widgets/map/fleet_graph.h"

#include <QCoreApplication>
#include <QRectF>

#include <algorithm>
#include <cmath>

namespace holdfast::widgets {

namespace {

SwitchState stateOf(const Control& control)
{
    if (control.quality == QLatin1String("unknown") || control.quality == QLatin1String("stale"))
        return SwitchState::Unknown;
    if (control.forced())
        return control.state == QLatin1String("forced_closed") ? SwitchState::ForcedClosed : SwitchState::Forced;
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

qreal widthFor(const std::optional<double>& perSecond)
{
    // Logarithmic: a hundred times the calls are three pixels more.
    return 1.2 + 1.5 * std::log10(1 + std::max(0.0, perSecond.value_or(0)));
}

}  // namespace

void FleetGraph::update(const Fleet& fleet, const ControlList* controls)
{
    m_nodes.clear();
    m_calls.clear();
    m_index.clear();
    m_nodes.reserve(fleet.services.size());
    m_calls.reserve(fleet.edges.size());
    for (const FleetService& service : fleet.services) {
        m_index.insert(service.name, static_cast<int>(m_nodes.size()));
        m_nodes.push_back({service, true, {}});
    }
    const auto nodeOf = [this](const QString& name) {
        const int index = indexOf(name);
        if (index >= 0)
            return static_cast<std::size_t>(index);
        FleetService unknown;
        unknown.name = name;
        m_index.insert(name, static_cast<int>(m_nodes.size()));
        m_nodes.push_back({unknown, false, {}});
        return m_nodes.size() - 1;
    };
    QHash<QString, const Control*> byId;
    if (controls && !fleet.edges.empty()) {
        byId.reserve(static_cast<qsizetype>(controls->controls.size()));
        for (const Control& control : controls->controls) {
            if (control.kind == ControlKind::Breaker)
                byId.insert(control.id, &control);
        }
    }
    for (const FleetEdge& edge : fleet.edges) {
        GraphCall call;
        call.caller = nodeOf(edge.caller);
        call.callee = nodeOf(edge.callee);
        call.edge = edge;
        call.inferred = edge.source == QLatin1String("inferred")
                        || (edge.source == QLatin1String("breaker") && !m_nodes[call.callee].known);
        if (const Control* control = byId.value(edge.breaker)) {
            call.state = stateOf(*control);
            call.word = wordOf(*control, call.state);
        }
        m_calls.push_back(std::move(call));
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
    return m_index.value(service, -1);
}

QRectF FleetGraph::boxOf(std::size_t node) const
{
    return {m_nodes[node].corner, spacing.node};
}

void FleetGraph::moveNode(std::size_t node, QPointF corner)
{
    m_nodes[node].corner = corner;
    m_places[m_nodes[node].service.name] = corner;
    for (GraphCall& call : m_calls)
        call.route.clear();
    drawPaths();
}

std::vector<bool> FleetGraph::around(std::size_t node, int hops) const
{
    std::vector<bool> near(m_nodes.size(), false);
    near[node] = true;
    for (int hop = 0; hop < hops; ++hop) {
        std::vector<bool> wider = near;
        for (const GraphCall& call : m_calls) {
            if (near[call.caller] || near[call.callee])
                wider[call.caller] = wider[call.callee] = true;
        }
        near = wider;
    }
    return near;
}

std::vector<bool> FleetGraph::abnormalPaths() const
{
    std::vector<bool> sick(m_nodes.size(), false);
    for (std::size_t i = 0; i < m_nodes.size(); ++i)
        sick[i] = m_nodes[i].known && m_nodes[i].service.severity != Severity::Normal;
    for (const GraphCall& call : m_calls) {
        const bool refuses =
            call.state == SwitchState::Open || call.state == SwitchState::HalfOpen || call.state == SwitchState::Forced;
        if (refuses)
            sick[call.caller] = sick[call.callee] = true;
    }
    std::vector<bool> on = sick;
    for (bool grown = true; grown;) {
        grown = false;
        for (const GraphCall& call : m_calls) {
            if (on[call.callee] && !on[call.caller])
                on[call.caller] = grown = true;
        }
    }
    for (const GraphCall& call : m_calls)
        on[call.callee] = on[call.callee] || sick[call.caller];
    return on;
}

int FleetGraph::neighbour(std::size_t node, int dx, int dy) const
{
    const QPointF here = m_nodes[node].corner;
    int best = -1;
    double least = 0;
    const auto consider = [&](std::size_t other, double distance) {
        if (best < 0 || distance < least) {
            best = static_cast<int>(other);
            least = distance;
        }
    };
    if (dx != 0) {
        for (const GraphCall& call : m_calls) {
            const std::size_t from = dx > 0 ? call.caller : call.callee;
            const std::size_t to = dx > 0 ? call.callee : call.caller;
            if (from == node && to != node)
                consider(to, std::abs(m_nodes[to].corner.y() - here.y()));
        }
        return best;
    }
    for (std::size_t other = 0; other < m_nodes.size(); ++other) {
        const QPointF way = m_nodes[other].corner - here;
        if (other != node && way.y() * dy > 0 && std::abs(way.x()) < spacing.node.width())
            consider(other, std::abs(way.y()));
    }
    return best;
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
    QStringList names;
    names.reserve(static_cast<qsizetype>(m_nodes.size()));
    for (const GraphNode& node : m_nodes)
        names << node.service.name;
    const auto same = [](const GraphEdge& a, const GraphEdge& b) { return a.from == b.from && a.to == b.to; };
    // The layout knows no rates and no states: while nobody joins or leaves it stays the same.
    if (names != m_laidOutNames || !std::ranges::equal(edges, m_laidOut, same)) {
        m_layout = layeredLayout(m_nodes.size(), edges, spacing);
        m_laidOut = std::move(edges);
        m_laidOutNames = std::move(names);
    }
    const bool anew = m_places.isEmpty();
    bool moved = false;
    for (std::size_t i = 0; i < m_nodes.size(); ++i) {
        GraphNode& node = m_nodes[i];
        auto known = m_places.find(node.service.name);
        if (known == m_places.end())
            known =
                m_places.insert(node.service.name, anew ? m_layout.corners[i] : freeCornerNear(m_layout.corners[i]));
        node.corner = *known;
        moved = moved || node.corner != m_layout.corners[i];
    }
    // Routes belong to the layout they were made with; where a node keeps an older place, edges go straight.
    for (std::size_t i = 0; i < m_calls.size() && !moved; ++i)
        m_calls[i].route = m_layout.routes[i];
    drawPaths();
}

void FleetGraph::drawPaths()
{
    for (GraphCall& call : m_calls) {
        const QRectF from = boxOf(call.caller);
        const QRectF to = boxOf(call.callee);
        QPainterPath path(QPointF(from.right(), from.center().y()));
        call.points.clear();
        call.points.reserve(pointsPerCall + 1);
        const std::size_t pieces = call.route.size() + 1;
        const int perPiece = std::max(10, pointsPerCall / static_cast<int>(pieces));
        const auto curveTo = [&](QPointF end) {
            const QPointF start = path.currentPosition();
            const qreal reach = std::max<qreal>(50, std::abs(end.x() - start.x()) / 2);
            const QPointF first = start + QPointF(reach, 0);
            const QPointF second = end - QPointF(reach, 0);
            path.cubicTo(first, second, end);
            for (int i = 0; i <= perPiece; ++i) {
                const qreal t = static_cast<qreal>(i) / perPiece;
                const qreal u = 1 - t;
                call.points.push_back(u * u * u * start + 3 * u * u * t * first + 3 * u * t * t * second
                                      + t * t * t * end);
            }
        };
        // Past the boxes of the layers between, not behind them.
        for (const QPointF& gap : call.route) {
            curveTo(gap);
            path.lineTo(gap + QPointF(spacing.node.width(), 0));
        }
        curveTo({to.left(), to.center().y()});
        call.path = path;
        call.width = call.inferred ? 1 : widthFor(call.edge.requests);
    }
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
