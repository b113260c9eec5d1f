#include "widgets/map/map_canvas.h"

#include "widgets/map/edge_ink.h"
#include "widgets/map/map_card.h"
#include "widgets/theme/line_text.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/shapes.h"
#include "widgets/theme/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace holdfast::widgets {

namespace {

constexpr qreal smallestZoom = 0.12;
constexpr qreal largestZoom = 2.0;
constexpr qreal detailZoom = 0.55;  // from here on a box shows three lines,
constexpr qreal nameZoom = 0.32;    // from here on its name, below only its shape
constexpr qreal margin = 40;
constexpr qreal fadedShare = 0.16;
constexpr qreal graspPx = 9;
constexpr double failingRatio = 0.05;  // of the calls on an edge; above it the edge is drawn as failing

QString joined(QStringList parts)
{
    parts.removeAll(QString());
    return parts.join(QStringLiteral("   "));
}

QString callText(const GraphCall& call)
{
    QStringList parts;
    if (call.edge.requests)
        parts << rateText(*call.edge.requests);
    if (call.edge.errors && *call.edge.errors > 0)
        parts << ratioText(*call.edge.errors);
    return parts.join(QStringLiteral("  "));
}

/// Text on a ground of its own, so that no line runs through it.
void writeOver(QPainter& painter, const QRectF& box, const QString& text, QColor ground, const QColor& tone)
{
    if (text.isEmpty())
        return;
    ground.setAlpha(215);
    const qreal width = textWidth(painter.font(), text) + 6;
    painter.fillRect(QRectF(box.center().x() - width / 2, box.top(), width, box.height()), ground);
    painter.setPen(tone);
    drawLine(painter, box, Qt::AlignCenter, text);
}

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
    if (!m_fitted || grown)
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
    if (all.isEmpty() || width() < 50)
        return;
    all.adjust(-margin, -margin, margin, margin);
    const qreal scale = std::clamp(std::min(width() / all.width(), height() / all.height()), smallestZoom, 1.25);
    const QPointF centre = all.center();
    m_view = QTransform::fromTranslate(width() / 2.0, height() / 2.0)
                 .scale(scale, scale)
                 .translate(-centre.x(), -centre.y());
    m_fitted = true;
    redraw();
}

void MapCanvas::zoomBy(double factor, QPointF at)
{
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
        drawLayer(painter);
    }
    QPainter painter(this);
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
    const QRectF seen = sight(30);
    for (const GraphCall& call : m_graph.calls()) {
        if (!blasted(call) || shownShare(call) <= 0)
            continue;
        painter.setOpacity(shownShare(call));
        painter.setPen(QPen(QBrush(m_theme.tokens().held, Qt::BDiagPattern), 9));
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(call.path);
        painter.setOpacity(1);
    }
    for (std::size_t i = 0; i < m_graph.nodes().size(); ++i) {
        if (seen.intersects(m_graph.boxOf(i)))
            drawNode(painter, i);
    }
    drawLabels(painter);
    painter.resetTransform();
    drawLegend(painter);
}

void MapCanvas::drawCalls()
{
    // Hundreds of edges side by side: thin ones without heads are told apart best.
    const bool crowded = m_graph.calls().size() > 250 && m_view.m11() < detailZoom;
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
        QColor tone = blasted(call) ? m_theme.tokens().held : toneOf(call);
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

void MapCanvas::drawLabels(QPainter& painter) const
{
    const Tokens& tokens = m_theme.tokens();
    const bool detailed = m_view.m11() >= detailZoom;
    const QRectF seen = sight(0);
    std::vector<QRectF> taken;
    for (std::size_t i = 0; i < m_graph.nodes().size() && detailed; ++i)
        taken.push_back(m_graph.boxOf(i).adjusted(-2, -2, 2, 2));
    const auto covers = [&taken](const QRectF& box) {
        return std::ranges::any_of(taken, [&box](const QRectF& other) { return other.intersects(box); });
    };
    for (const GraphCall& call : m_graph.calls()) {
        const qreal shown = shownShare(call);
        // From far away only what is not normal is worth a glyph.
        const bool normal = call.state == SwitchState::None || call.state == SwitchState::Closed;
        if (shown <= 0 || (!detailed && normal)
            || !seen.intersects(call.path.controlPointRect().adjusted(-60, -60, 60, 60)))
            continue;
        const QString text = detailed ? callText(call) : QString();
        QRectF box;
        Spot spot;
        for (const qreal candidate : {0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78}) {
            spot = spotOf(call, candidate);
            // The label above the line, the switch on it, its word below.
            box = QRectF(spot.at + QPointF(-46, -26), QSizeF(92, call.word.isEmpty() ? 38 : 52));
            if (!detailed || !covers(box))
                break;
        }
        if (detailed)
            taken.push_back(box);
        painter.setOpacity(shown);
        drawSwitch(painter, spot.at, spot.angle, call.state, tokens);
        if (detailed) {
            painter.setFont(m_theme.axis());
            const bool failing = call.edge.errors.value_or(0) > failingRatio;
            writeOver(painter, QRectF(box.left(), box.top(), box.width(), 15), text, tokens.plot,
                      failing ? tokens.critical : tokens.textSecondary);
            writeOver(painter, QRectF(box.left() - 30, box.top() + 37, box.width() + 60, 15), call.word, tokens.plot,
                      toneOf(call));
        }
    }
    painter.setOpacity(1);
}

QColor MapCanvas::toneOf(const GraphCall& call) const
{
    const Tokens& tokens = m_theme.tokens();
    const bool failing = call.edge.errors.value_or(0) > failingRatio;
    return switchTone(call.state, failing ? tokens.critical : tokens.lineThird, tokens);
}

void MapCanvas::drawNode(QPainter& painter, std::size_t index) const
{
    const Tokens& tokens = m_theme.tokens();
    const GraphNode& node = m_graph.nodes()[index];
    const FleetService& service = node.service;
    const QRectF box = m_graph.boxOf(index);
    painter.save();
    const qreal shown = shownShare(index);
    if (shown <= 0) {
        painter.restore();
        return;
    }
    painter.setOpacity(shown);
    const bool alarming = service.severity == Severity::Critical || service.severity == Severity::Warning;
    painter.setPen(QPen(alarming ? m_theme.colour(service.severity) : tokens.border, alarming ? 1.6 : 1));
    painter.setBrush(alarming ? m_theme.tint(service.severity) : tokens.raised);
    painter.drawRoundedRect(box, 6, 6);
    if (service.name == m_selected) {
        painter.setPen(QPen(tokens.focus, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(box.adjusted(-4, -4, 4, 4), 8, 8);
    }
    if (m_blast) {
        const auto reach = m_blast->reach.find(service.name);
        const bool entrance = std::ranges::find(m_blast->entrances, service.name) != m_blast->entrances.end();
        if (reach != m_blast->reach.end()) {
            painter.setPen(QPen(tokens.held, entrance ? 3 : 1.5));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(box.adjusted(-4, -4, 4, 4), 8, 8);
            painter.setFont(m_theme.strong());
            painter.drawText(QRectF(box.left(), box.top() - 26, box.width(), 20), Qt::AlignCenter,
                             entrance ? tr("≤ %1 of its users").arg(ratioText(reach->second))
                                      : tr("≤ %1").arg(ratioText(reach->second)));
        }
    }
    qreal left = box.left() + 12;
    const Severity shape = node.known ? service.severity : Severity::Unknown;
    if (shape != Severity::Normal) {
        drawSeverity(painter, QRectF(left, box.top() + 11, 11, 11), shape, tokens);
        left += 18;
    }
    const bool detailed = m_view.m11() >= detailZoom;
    if (m_view.m11() < nameZoom) {  // too small to read: the shape and the frame say it
        painter.restore();
        return;
    }
    painter.setPen(tokens.text);
    painter.setFont(detailed ? m_theme.strong() : m_theme.font(18, QFont::DemiBold));
    const QRectF name(left, box.top() + 6, box.right() - left - 8, detailed ? 20 : box.height() - 12);
    drawFitted(painter, name, Qt::AlignLeft | Qt::AlignVCenter, service.name);
    if (detailed) {
        painter.setFont(m_theme.small());
        painter.setPen(tokens.textSecondary);
        const QRectF first(box.left() + 12, box.top() + 27, box.width() - 20, 17);
        if (!node.known) {
            drawLine(painter, first, Qt::AlignLeft | Qt::AlignVCenter, tr("not scraped"));
        } else {
            const QString latency = signalText(tr("p99 %1"), service.p99, latencyText);
            const QString errors = signalText(tr("errors %1"), service.errors, ratioText);
            const QString requests = signalText(QStringLiteral("%1"), service.requests, rateText);
            const QString headroom = signalText(tr("headroom %1"), service.headroom, ratioText);
            drawLine(painter, first, Qt::AlignLeft | Qt::AlignVCenter, joined({latency, errors}));
            drawLine(painter, first.translated(0, 18), Qt::AlignLeft | Qt::AlignVCenter, joined({requests, headroom}));
        }
    }
    painter.restore();
}

void MapCanvas::drawLegend(QPainter& painter) const
{
    const Tokens& tokens = m_theme.tokens();
    painter.setFont(m_theme.axis());
    qreal x = 14;
    const qreal y = height() - 18;
    const auto entry = [&](SwitchState state, const QString& text) {
        drawSwitch(painter, {x + 10, y}, 0, state, tokens);
        painter.setPen(tokens.textTertiary);
        const qreal width = std::ceil(textWidth(painter.font(), text));
        drawLine(painter, QRectF(x + 24, y - 9, width + 4, 18), Qt::AlignLeft | Qt::AlignVCenter, text);
        x += 24 + width + 22;
    };
    entry(SwitchState::Closed, tr("closed"));
    entry(SwitchState::HalfOpen, tr("half-open"));
    entry(SwitchState::Open, tr("open"));
    entry(SwitchState::Forced, tr("forced by hand"));
    entry(SwitchState::Unknown, tr("unknown"));
    painter.setPen(tokens.textTertiary);
    drawFitted(painter, QRectF(x, y - 9, width() - x - 8, 18), Qt::AlignLeft | Qt::AlignVCenter,
               m_blast ? tr("Blast radius of %1 → %2: at most these shares of requests   Esc")
                             .arg(m_blast->caller, m_blast->callee)
                       : tr("Edge width: calls per second, logarithmic · dashed thin: inferred"));
}

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
    m_dragging = m_dragging || (event->position() - m_pressedAt).manhattanLength() > 6;
    if (!m_dragging)
        return;
    const QPointF by = event->position() - m_draggedFrom;
    m_draggedFrom = event->position();
    if (m_draggedNode >= 0) {
        const auto node = static_cast<std::size_t>(m_draggedNode);
        m_graph.moveNode(node, m_graph.nodes()[node].corner + by / m_view.m11());
    } else {
        m_view *= QTransform::fromTranslate(by.x(), by.y());
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
    m_view *= QTransform::fromTranslate(turn.x() * 60, turn.y() * 60);
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
