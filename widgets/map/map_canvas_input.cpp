// Pointer, wheel and keys on the map, and what lies under the pointer.

#include "widgets/map/map_canvas.h"

#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace holdfast::widgets {

namespace {

constexpr qreal graspPx = 9;
constexpr int dragFromPx = 6;
constexpr qreal scrollPx = 60;

}  // namespace

void MapCanvas::mousePressEvent(QMouseEvent* event)
{
    m_pressedAt = m_draggedFrom = event->position();
    m_dragging = false;
    m_draggedNode = event->button() == Qt::LeftButton ? nodeAt(event->position()) : -1;
}

void MapCanvas::mouseMoveEvent(QMouseEvent* event)
{
    if (!event->buttons().testFlag(Qt::LeftButton)) {
        const int node = nodeAt(event->position());
        const int call = node < 0 ? callAt(event->position()) : -1;
        m_pointer = event->position();
        setCursor(node >= 0 || call >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
        hover(node, call);
        return;
    }
    m_dragging = m_dragging || (event->position() - m_pressedAt).manhattanLength() > dragFromPx;
    if (!m_dragging)
        return;
    const QPointF by = event->position() - m_draggedFrom;
    m_draggedFrom = event->position();
    if (m_draggedNode >= 0) {
        const auto node = static_cast<std::size_t>(m_draggedNode);
        m_graph.moveNode(node, m_graph.nodes()[node].corner + by / m_view.m11());
    } else {
        m_view *= QTransform::fromTranslate(by.x(), by.y());
        m_viewMoved = true;
    }
    redraw();
}

void MapCanvas::hover(int node, int call)
{
    const bool moved = node != m_hoveredNode || call != m_hoveredCall;
    if (moved && call >= 0) {
        const FleetEdge& edge = m_graph.calls()[static_cast<std::size_t>(call)].edge;
        if (!edge.breaker.isEmpty() && edge.breaker != m_historyOf)
            emit breakerHovered(edge.caller, edge.breaker);
    }
    if (node != m_hoveredNode)
        m_layer = {};  // what fades is another
    m_hoveredNode = node;
    m_hoveredCall = call;
    m_related = node >= 0 ? m_graph.related(static_cast<std::size_t>(node)) : std::vector<bool>{};
    if (moved || node >= 0 || call >= 0)
        update();
}

void MapCanvas::mouseReleaseEvent(QMouseEvent* event)
{
    if (std::exchange(m_dragging, false)) {
        if (m_draggedNode >= 0)
            emit placesChanged();
        m_draggedNode = -1;
        redraw();
        return;
    }
    if (event->button() != Qt::LeftButton)
        return;
    if (const int node = nodeAt(event->position()); node >= 0) {
        emit selected(m_graph.nodes()[static_cast<std::size_t>(node)].service.name);
    } else if (const int call = callAt(event->position()); call >= 0) {
        const GraphCall& chosen = m_graph.calls()[static_cast<std::size_t>(call)];
        emit selected(chosen.edge.caller);
        if (!chosen.edge.breaker.isEmpty())
            emit breakerChosen(chosen.edge.breaker);
    }
}

void MapCanvas::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (const int node = nodeAt(event->position()); node >= 0)
        emit opened(m_graph.nodes()[static_cast<std::size_t>(node)].service.name);
    else
        fit();
}

void MapCanvas::wheelEvent(QWheelEvent* event)
{
    const QPointF turn = QPointF(event->angleDelta()) / 120.0;
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        zoomBy(std::pow(1.2, turn.y()), event->position());
        return;
    }
    m_view *= QTransform::fromTranslate(turn.x() * scrollPx, turn.y() * scrollPx);
    m_viewMoved = true;
    redraw();
}

void MapCanvas::keyPressEvent(QKeyEvent* event)
{
    const QPointF middle = QRectF(rect()).center();
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal: zoomBy(1.25, middle); return;
    case Qt::Key_Minus: zoomBy(0.8, middle); return;
    case Qt::Key_Home: fit(); return;
    default: break;
    }
    const int dx = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    const int dy = event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0;
    if ((dx == 0 && dy == 0) || m_graph.nodes().empty()) {
        QWidget::keyPressEvent(event);
        return;
    }
    const int from = m_graph.indexOf(m_selected);
    const int next = from < 0 ? 0 : m_graph.neighbour(static_cast<std::size_t>(from), dx, dy);
    if (next >= 0)
        emit selected(m_graph.nodes()[static_cast<std::size_t>(next)].service.name);
}

void MapCanvas::leaveEvent(QEvent*)
{
    hover(-1, -1);
    redraw();
}

void MapCanvas::resizeEvent(QResizeEvent*)
{
    // What a person looks at closely stays; the whole map stays whole.
    if (m_viewMoved)
        redraw();
    else
        fit();
}

int MapCanvas::nodeAt(QPointF pos) const
{
    const QPointF at = m_view.inverted().map(pos);
    for (std::size_t i = 0; i < m_graph.nodes().size(); ++i) {
        if (m_graph.boxOf(i).contains(at) && shownShare(i) > 0)
            return static_cast<int>(i);
    }
    return -1;
}

int MapCanvas::callAt(QPointF pos) const
{
    const QPointF at = m_view.inverted().map(pos);
    const qreal grasp = graspPx / m_view.m11();
    int best = -1;
    qreal least = grasp;
    for (std::size_t i = 0; i < m_graph.calls().size(); ++i) {
        const GraphCall& call = m_graph.calls()[i];
        if (!call.path.controlPointRect().adjusted(-grasp, -grasp, grasp, grasp).contains(at) || shownShare(call) <= 0)
            continue;
        for (std::size_t j = 1; j < call.points.size(); ++j) {
            const QPointF from = call.points[j - 1];
            const QPointF way = call.points[j] - from;
            const qreal length = QPointF::dotProduct(way, way);
            const qreal share = length > 0 ? std::clamp(QPointF::dotProduct(at - from, way) / length, 0.0, 1.0) : 0;
            const QPointF off = at - (from + share * way);
            const qreal distance = std::hypot(off.x(), off.y());
            if (distance < least) {
                least = distance;
                best = static_cast<int>(i);
            }
        }
    }
    return best;
}

}  // namespace holdfast::widgets
