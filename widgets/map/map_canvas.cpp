#include "widgets/map/map_canvas.h"

#include "widgets/map/edge_ink.h"
#include "widgets/map/edge_tags.h"
#include "widgets/map/map_card.h"
#include "widgets/map/map_legend.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace holdfast::widgets {

namespace {

constexpr qreal smallestZoom = 0.04;
constexpr qreal largestZoom = 2.0;
constexpr qreal detailZoom = 0.7;  // from here on a box shows three lines,
constexpr qreal nameZoom = 0.24;   // from here on its name, below only its shape
constexpr qreal fitZoom = 1.25;    // boxes larger than that only look lost
constexpr qreal margin = 30;
constexpr qreal fadedShare = 0.16;

struct Spot {
    QPointF at;
    qreal angle = 0;
};

/// A point of the path, by its share of the points, and which way the path goes there.
Spot spotOf(const GraphCall& call, qreal share)
{
    const auto last = call.points.size() - 1;
    const auto i =
        std::clamp<std::size_t>(static_cast<std::size_t>(std::lround(share * static_cast<qreal>(last))), 1, last - 1);
    return {call.points[i], -QLineF(call.points[i - 1], call.points[i + 1]).angle()};
}

}  // namespace

MapCanvas::MapCanvas(Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);  // all of it is painted
    setObjectName(QStringLiteral("mapCanvas"));
    setAccessibleName(tr("Map of services and their calls"));
}

void MapCanvas::setFleet(const Fleet& fleet, const ControlList* controls)
{
    const auto before = m_graph.nodes().size();
    const auto callsBefore = m_graph.calls().size();
    if (!m_settled && (before != fleet.services.size() || callsBefore != fleet.edges.size()))
        m_graph.setPlaces({});
    m_graph.update(fleet, controls);
    m_hoveredNode = m_hoveredCall = -1;
    choose();
    const bool grown = before != m_graph.nodes().size() || (!m_settled && callsBefore != m_graph.calls().size());
    if (grown && m_settled)
        emit placesChanged();
    if (!m_fitted || (grown && !m_viewMoved))
        fit();
    if (underMouse() && !m_dragging) {
        const int node = nodeAt(m_pointer);
        hover(node, node < 0 ? callAt(m_pointer) : -1);
    }
    describe();
    redraw();
}

void MapCanvas::choose()
{
    const int selected = m_graph.indexOf(m_selected);
    m_around =
        m_hops > 0 && selected >= 0 ? m_graph.around(static_cast<std::size_t>(selected), m_hops) : std::vector<bool>{};
    m_abnormal = m_onlyAbnormal ? m_graph.abnormalPaths() : std::vector<bool>{};
    m_related.clear();
}

void MapCanvas::setOnlyAbnormal(bool on)
{
    m_onlyAbnormal = on;
    choose();
    redraw();
}

void MapCanvas::setSelected(const QString& service)
{
    if (m_selected == service)
        return;
    m_selected = service;
    choose();
    describe();
    if (m_hops > 0)
        fit();
    redraw();
}

void MapCanvas::setHops(int hops)
{
    m_hops = hops;
    choose();
    fit();
    redraw();
}

void MapCanvas::setBlast(const std::optional<BlastRadius>& blast)
{
    m_blast = blast;
    redraw();
}

void MapCanvas::setHistory(const QString& control, const std::vector<double>& states)
{
    m_historyOf = control;
    m_history = states;
    update();
}

void MapCanvas::describe()
{
    const int at = m_graph.indexOf(m_selected);
    if (at < 0) {
        setAccessibleDescription(tr("%1 services, %2 calls")
                                     .arg(static_cast<qint64>(m_graph.nodes().size()))
                                     .arg(static_cast<qint64>(m_graph.calls().size())));
        return;
    }
    const FleetService& service = m_graph.nodes()[static_cast<std::size_t>(at)].service;
    QStringList told{service.name, signalText(tr("p99 %1"), service.p99, latencyText),
                     signalText(tr("errors %1"), service.errors, ratioText)};
    for (const GraphCall& call : m_graph.calls()) {
        if (call.caller == static_cast<std::size_t>(at))
            told << tr("calls %1 %2").arg(call.edge.callee, call.word);
    }
    told.removeAll(QString());
    setAccessibleDescription(told.join(QStringLiteral(", ")));
}

void MapCanvas::arrange()
{
    m_graph.arrange();
    emit placesChanged();
    fit();
}

void MapCanvas::fit()
{
    QRectF all;
    for (std::size_t i = 0; i < m_graph.nodes().size(); ++i) {
        if (m_around.empty() || m_around[i])
            all |= m_graph.boxOf(i);
    }
    for (const GraphCall& call : m_graph.calls()) {  // a long one bends around boxes, above or below all of them
        if (m_around.empty() || (m_around[call.caller] && m_around[call.callee]))
            all |= call.path.controlPointRect();
    }
    if (all.isEmpty() || width() < 50)
        return;
    all.adjust(-margin, -margin, margin, margin);
    const qreal high = std::max(50, height() - legendHeight);
    const qreal scale = std::clamp(std::min(width() / all.width(), high / all.height()), smallestZoom, fitZoom);
    const QPointF centre = all.center();
    m_view =
        QTransform::fromTranslate(width() / 2.0, high / 2.0).scale(scale, scale).translate(-centre.x(), -centre.y());
    m_fitted = true;
    m_viewMoved = false;
    redraw();
}

void MapCanvas::zoomBy(double factor, QPointF at)
{
    m_viewMoved = true;
    const qreal wanted = std::clamp(m_view.m11() * factor, smallestZoom, largestZoom);
    const qreal step = wanted / m_view.m11();
    m_view *= QTransform::fromTranslate(-at.x(), -at.y()) * QTransform::fromScale(step, step)
              * QTransform::fromTranslate(at.x(), at.y());
    redraw();
}

void MapCanvas::moveSelection(int by)
{
    const auto count = static_cast<int>(m_graph.nodes().size());
    if (count == 0)
        return;
    const int next = (std::max(0, m_graph.indexOf(m_selected)) + by + count) % count;
    emit selected(m_graph.nodes()[static_cast<std::size_t>(next)].service.name);
}

QPointF MapCanvas::placeOf(const QString& service) const
{
    const int node = m_graph.indexOf(service);
    return node < 0 ? QPointF() : m_view.map(m_graph.boxOf(static_cast<std::size_t>(node)).center());
}

QPointF MapCanvas::placeOf(const QString& caller, const QString& callee) const
{
    for (const GraphCall& call : m_graph.calls()) {
        if (call.edge.caller == caller && call.edge.callee == callee)
            return m_view.map(spotOf(call, 0.5).at);
    }
    return {};
}

void MapCanvas::redraw()
{
    m_layer = {};
    update();
}

void MapCanvas::paintEvent(QPaintEvent*)
{
    const qreal ratio = devicePixelRatioF();
    if (m_layer.isNull() || m_layer.size() != size() * ratio) {
        m_layer = QImage(size() * ratio, QImage::Format_RGB32);
        m_layer.setDevicePixelRatio(ratio);
        m_layer.fill(m_theme.tokens().plot);
        drawCalls();
        QPainter painter(&m_layer);
        painter.setLayoutDirection(Qt::LeftToRight);
        drawLayer(painter);
    }
    QPainter painter(this);
    painter.setLayoutDirection(Qt::LeftToRight);
    painter.drawImage(0, 0, m_layer);
    if (m_dragging)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_hoveredNode >= 0) {
        drawNodeCard(painter, m_graph.nodes()[static_cast<std::size_t>(m_hoveredNode)], m_pointer, rect(), m_theme);
    } else if (m_hoveredCall >= 0) {
        const GraphCall& call = m_graph.calls()[static_cast<std::size_t>(m_hoveredCall)];
        drawCallCard(painter, call, m_graph.nodes()[call.callee],
                     m_historyOf == call.edge.breaker ? m_history : std::vector<double>{}, m_pointer, rect(), m_theme);
    }
}

QRectF MapCanvas::sight(qreal more) const
{
    return m_view.inverted().mapRect(QRectF(rect())).adjusted(-more, -more, more, more);
}

void MapCanvas::drawLayer(QPainter& painter) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setTransform(m_view);
    for (const GraphCall& call : m_graph.calls()) {
        if (!blasted(call) || shownShare(call) <= 0)
            continue;
        painter.setOpacity(shownShare(call));
        painter.setPen(QPen(QBrush(m_theme.tokens().held, Qt::BDiagPattern), 9));
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(call.path);
    }
    painter.resetTransform();
    const QRectF seen = QRectF(rect()).adjusted(-30, -30, 30, 30);
    for (std::size_t i = 0; i < m_graph.nodes().size(); ++i) {
        const QRectF box = m_view.mapRect(m_graph.boxOf(i));
        if (!seen.intersects(box) || shownShare(i) <= 0)
            continue;
        painter.setOpacity(shownShare(i));
        drawNodeBox(painter, m_graph.nodes()[i], box, lookOf(i), m_theme);
    }
    painter.setOpacity(1);
    drawEdgeTags(painter,
                 {.graph = m_graph,
                  .view = m_view,
                  .screen = rect(),
                  .detailed = isDetailed(),
                  .worded = m_view.m11() >= nameZoom,
                  .shown = [this](const GraphCall& call) { return shownShare(call); },
                  .nodeShown = [this](std::size_t node) { return shownShare(node); }},
                 m_theme);
    drawMapLegend(painter, rect(),
                  m_blast ? tr("Blast radius of %1 → %2: at most these shares of requests   Esc")
                                .arg(m_blast->caller, m_blast->callee)
                          : tr("Edge width: calls per second, logarithmic · dashed thin: inferred"),
                  m_theme);
}

bool MapCanvas::isDetailed() const
{
    return m_view.m11() >= detailZoom;
}

NodeLook MapCanvas::lookOf(std::size_t node) const
{
    NodeLook look;
    const QString& name = m_graph.nodes()[node].service.name;
    look.selected = name == m_selected;
    look.detailed = isDetailed();
    look.named = m_view.m11() >= nameZoom;
    if (!m_blast)
        return look;
    const auto reach = m_blast->reach.find(name);
    if (reach == m_blast->reach.end())
        return look;
    look.entrance = std::ranges::find(m_blast->entrances, name) != m_blast->entrances.end();
    look.blast = look.entrance ? tr("≤ %1 of its users").arg(ratioText(reach->second))
                               : tr("≤ %1").arg(ratioText(reach->second));
    return look;
}

void MapCanvas::drawCalls()
{
    // Hundreds of edges side by side: thin ones without heads are told apart best.
    const bool crowded = m_graph.calls().size() > 250 && !isDetailed();
    const qreal ratio = m_layer.devicePixelRatio();
    const qreal zoom = m_view.m11() * ratio;
    const QTransform toPixels = m_view * QTransform::fromScale(ratio, ratio);
    const QRectF seen = sight(30);
    EdgeInk ink(m_layer);
    std::vector<QPointF> pixels;
    for (const GraphCall& call : m_graph.calls()) {
        const qreal shown = shownShare(call);
        if (shown <= 0 || !seen.intersects(call.path.controlPointRect().adjusted(-1, -1, 1, 1)))
            continue;
        QColor tone = blasted(call) ? m_theme.tokens().held : edgeTone(call, m_theme);
        tone.setAlphaF(static_cast<float>(shown));
        pixels.clear();
        for (const QPointF& point : call.points)
            pixels.push_back(toPixels.map(point));
        const qreal wide = crowded ? ratio : std::max(ratio, call.width * zoom);
        const bool dashed = call.inferred || call.state == SwitchState::Open;
        if (!blasted(call))
            ink.stroke(pixels, wide, tone, dashed ? EdgeInk::Dash{4 * wide, 3 * wide} : EdgeInk::Dash{});
        if (!crowded)
            ink.arrowHead(pixels.back(), 9 * zoom, 9 * zoom, tone);
    }
}

qreal MapCanvas::shownShare(std::size_t node) const
{
    if (!m_around.empty() && !m_around[node])
        return 0;
    if (!m_abnormal.empty() && !m_abnormal[node])
        return fadedShare;
    if (m_blast && m_blast->callee != m_graph.nodes()[node].service.name
        && !m_blast->reach.contains(m_graph.nodes()[node].service.name))
        return 2 * fadedShare;
    return m_related.empty() || m_related[node] ? 1 : fadedShare;
}

qreal MapCanvas::shownShare(const GraphCall& call) const
{
    return std::min(shownShare(call.caller), shownShare(call.callee));
}

bool MapCanvas::blasted(const GraphCall& call) const
{
    return m_blast && call.edge.caller == m_blast->caller && call.edge.callee == m_blast->callee;
}

}  // namespace holdfast::widgets
