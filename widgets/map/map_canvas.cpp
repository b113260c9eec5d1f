#include "widgets/map/map_canvas.h"

#include "widgets/theme/number_format.h"
#include "widgets/theme/shapes.h"
#include "widgets/theme/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPathStroker>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace holdfast::widgets {

namespace {

constexpr qreal smallestZoom = 0.25;
constexpr qreal largestZoom = 2.0;
constexpr qreal detailZoom = 0.55;  // below it a box shows its name only
constexpr qreal margin = 40;
constexpr double failingRatio = 0.05;  // of the calls on an edge; above it the edge is drawn as failing

/// `words` around the value; nothing where there is no such metric.
QString signalText(const QString& words, const SignalValue& signal, QString (*format)(double))
{
    if (signal.state == ValueState::NoTraffic)
        return words.arg(QStringLiteral("–"));
    if (signal.state == ValueState::Absent)
        return {};
    if (!signal.value || signal.state == ValueState::Error)
        return words.arg(QStringLiteral("?"));
    return words.arg(signal.state == ValueState::Above ? QStringLiteral(">%1").arg(format(*signal.value))
                                                       : format(*signal.value));
}

QString joined(QStringList parts)
{
    parts.removeAll(QString());
    return parts.join(QStringLiteral("   "));
}

qreal widthFor(const std::optional<double>& perSecond)
{
    // Logarithmic: a hundred times the calls are three pixels more.
    return 1.2 + 1.5 * std::log10(1 + std::max(0.0, perSecond.value_or(0)));
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

}  // namespace

MapCanvas::MapCanvas(Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Map of services and their calls"));
}

void MapCanvas::setFleet(const Fleet& fleet, const ControlList* controls)
{
    const auto before = m_graph.nodes().size();
    m_graph.update(fleet, controls);
    if (!m_fitted || before != m_graph.nodes().size())
        fit();
    if (m_hovered >= static_cast<int>(m_graph.nodes().size()))
        m_hovered = -1;
    m_related = m_hovered >= 0 ? m_graph.related(static_cast<std::size_t>(m_hovered)) : std::vector<bool>{};
    update();
}

void MapCanvas::setOnlyAbnormal(bool on)
{
    m_onlyAbnormal = on;
    update();
}

void MapCanvas::setSelected(const QString& service)
{
    m_selected = service;
    update();
}

void MapCanvas::arrange()
{
    m_graph.arrange();
    fit();
}

void MapCanvas::fit()
{
    QRectF all;
    for (const GraphNode& node : m_graph.nodes())
        all |= boxOf(node);
    if (all.isEmpty() || width() < 50)
        return;
    all.adjust(-margin, -margin, margin, margin);
    const qreal scale = std::clamp(std::min(width() / all.width(), height() / all.height()), smallestZoom, 1.25);
    const QPointF centre = all.center();
    m_view = QTransform::fromTranslate(width() / 2.0, height() / 2.0)
                 .scale(scale, scale)
                 .translate(-centre.x(), -centre.y());
    m_fitted = true;
    update();
}

void MapCanvas::moveSelection(int by)
{
    const auto count = static_cast<int>(m_graph.nodes().size());
    if (count == 0)
        return;
    const int next = (std::max(0, m_graph.indexOf(m_selected)) + by + count) % count;
    emit selected(m_graph.nodes()[static_cast<std::size_t>(next)].service.name);
}

void MapCanvas::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.tokens().plot);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setTransform(m_view);
    for (const GraphCall& call : m_graph.calls())
        drawCall(painter, call);
    for (std::size_t i = 0; i < m_graph.nodes().size(); ++i)
        drawNode(painter, i);
    drawLabels(painter);
    painter.resetTransform();
    drawLegend(painter);
}

void MapCanvas::drawCall(QPainter& painter, const GraphCall& call) const
{
    const QPainterPath path = pathOf(call);
    painter.save();
    if (faded(call.caller) || faded(call.callee))
        painter.setOpacity(0.18);
    const QColor tone = toneOf(call);
    QPen pen(tone, widthFor(call.edge.requests));
    if (call.inferred || call.state == SwitchState::Open)
        pen.setStyle(Qt::DashLine);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
    const QPointF end = path.pointAtPercent(1);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tone);
    painter.drawPolygon(QPolygonF({end, end + QPointF(-9, -4.5), end + QPointF(-9, 4.5)}));
    painter.restore();
}

void MapCanvas::drawLabels(QPainter& painter) const
{
    const Tokens& tokens = m_theme.tokens();
    std::vector<QRectF> taken;
    for (const GraphNode& node : m_graph.nodes())
        taken.push_back(boxOf(node).adjusted(-2, -2, 2, 2));
    const auto covers = [&taken](const QRectF& box) {
        return std::ranges::any_of(taken, [&box](const QRectF& other) { return other.intersects(box); });
    };
    for (const GraphCall& call : m_graph.calls()) {
        const QPainterPath path = pathOf(call);
        const QString text = m_view.m11() >= detailZoom ? callText(call) : QString();
        QRectF box;
        qreal at = 0.5;
        for (const qreal candidate : {0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78}) {
            at = candidate;
            // The label above the line, the switch on it, its word below.
            box = QRectF(path.pointAtPercent(at) + QPointF(-46, -26), QSizeF(92, call.word.isEmpty() ? 38 : 52));
            if (!covers(box))
                break;
        }
        taken.push_back(box);
        painter.save();
        if (faded(call.caller) || faded(call.callee))
            painter.setOpacity(0.18);
        drawSwitch(painter, path.pointAtPercent(at), -path.angleAtPercent(at), call.state);
        painter.setFont(m_theme.axis());
        painter.setPen(call.edge.errors.value_or(0) > failingRatio ? tokens.critical : tokens.textSecondary);
        painter.drawText(QRectF(box.left(), box.top(), box.width(), 15), Qt::AlignCenter, text);
        painter.setPen(toneOf(call));
        painter.drawText(QRectF(box.left() - 30, box.top() + 37, box.width() + 60, 15), Qt::AlignCenter, call.word);
        painter.restore();
    }
}

QColor MapCanvas::toneOf(const GraphCall& call) const
{
    const Tokens& tokens = m_theme.tokens();
    return toneOf(call.state, call.edge.errors.value_or(0) > failingRatio ? tokens.critical : tokens.lineThird);
}

QColor MapCanvas::toneOf(SwitchState state, const QColor& passing) const
{
    const Tokens& tokens = m_theme.tokens();
    switch (state) {
    case SwitchState::Forced: return tokens.held;
    case SwitchState::Open: return tokens.critical;
    case SwitchState::HalfOpen: return tokens.warning;
    case SwitchState::Unknown: return tokens.unknown;
    case SwitchState::None:
    case SwitchState::Closed: break;
    }
    return passing;
}

void MapCanvas::drawSwitch(QPainter& painter, QPointF at, qreal angle, SwitchState state) const
{
    if (state == SwitchState::None)
        return;
    const Tokens& tokens = m_theme.tokens();
    painter.save();
    painter.translate(at);
    painter.rotate(angle);
    painter.fillRect(QRectF(-11, -9, 22, 18), tokens.plot);
    const QColor tone = toneOf(state, m_theme.tokens().lineSecond);
    painter.setPen(QPen(tone, 2));
    const QPointF left(-8, 0);
    // A lever: lying on the right contact when closed, half lifted, or up.
    const qreal lift = state == SwitchState::Open       ? -9
                       : state == SwitchState::HalfOpen ? -5
                       : state == SwitchState::Forced   ? -9
                                                        : 0;
    painter.drawLine(left, QPointF(lift == 0 ? 8 : 5, lift));
    painter.setBrush(tone);
    painter.drawEllipse(left, 2, 2);
    painter.drawEllipse(QPointF(8, 0), 2, 2);
    if (state == SwitchState::Unknown)
        drawHatch(painter, QRectF(-9, -7, 18, 14), tokens.unknown);
    painter.restore();
}

void MapCanvas::drawNode(QPainter& painter, std::size_t index) const
{
    const Tokens& tokens = m_theme.tokens();
    const GraphNode& node = m_graph.nodes()[index];
    const FleetService& service = node.service;
    const QRectF box = boxOf(node);
    painter.save();
    if (faded(index))
        painter.setOpacity(0.25);
    const bool alarming = service.severity == Severity::Critical || service.severity == Severity::Warning;
    painter.setPen(QPen(alarming ? m_theme.colour(service.severity) : tokens.border, alarming ? 1.6 : 1));
    painter.setBrush(alarming ? m_theme.tint(service.severity) : tokens.raised);
    painter.drawRoundedRect(box, 6, 6);
    if (service.name == m_selected) {
        painter.setPen(QPen(tokens.focus, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(box.adjusted(-4, -4, 4, 4), 8, 8);
    }
    qreal left = box.left() + 12;
    const Severity shape = node.known ? service.severity : Severity::Unknown;
    if (shape != Severity::Normal) {
        drawSeverity(painter, QRectF(left, box.top() + 11, 11, 11), shape, tokens);
        left += 18;
    }
    const bool detailed = m_view.m11() >= detailZoom;
    painter.setPen(tokens.text);
    painter.setFont(m_theme.strong());
    const QRectF name(left, box.top() + 6, box.right() - left - 8, detailed ? 20 : box.height() - 12);
    painter.drawText(name, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(service.name, Qt::ElideRight, int(name.width())));
    if (detailed) {
        painter.setFont(m_theme.small());
        painter.setPen(tokens.textSecondary);
        const QRectF first(box.left() + 12, box.top() + 27, box.width() - 20, 17);
        if (!node.known) {
            painter.drawText(first, Qt::AlignLeft | Qt::AlignVCenter, tr("not scraped"));
        } else {
            const QString latency = signalText(tr("p99 %1"), service.p99, latencyText);
            const QString errors = signalText(tr("errors %1"), service.errors, ratioText);
            const QString requests = signalText(QStringLiteral("%1"), service.requests, rateText);
            const QString headroom = signalText(tr("headroom %1"), service.headroom, ratioText);
            painter.drawText(first, Qt::AlignLeft | Qt::AlignVCenter, joined({latency, errors}));
            painter.drawText(first.translated(0, 18), Qt::AlignLeft | Qt::AlignVCenter, joined({requests, headroom}));
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
        drawSwitch(painter, {x + 10, y}, 0, state);
        painter.setPen(tokens.textTertiary);
        const int width = painter.fontMetrics().horizontalAdvance(text);
        painter.drawText(QRectF(x + 24, y - 9, width + 4, 18), Qt::AlignLeft | Qt::AlignVCenter, text);
        x += 24 + width + 22;
    };
    entry(SwitchState::Closed, tr("closed"));
    entry(SwitchState::HalfOpen, tr("half-open"));
    entry(SwitchState::Open, tr("open"));
    entry(SwitchState::Forced, tr("forced by hand"));
    entry(SwitchState::Unknown, tr("unknown"));
    painter.setPen(tokens.textTertiary);
    painter.drawText(QRectF(x, y - 9, width() - x - 8, 18), Qt::AlignLeft | Qt::AlignVCenter,
                     tr("Edge width: calls per second, logarithmic"));
}

void MapCanvas::mousePressEvent(QMouseEvent* event)
{
    m_pressedAt = m_draggedFrom = event->position();
    m_dragging = false;
}

void MapCanvas::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons().testFlag(Qt::LeftButton)) {
        const QPointF moved = event->position() - m_pressedAt;
        m_dragging = m_dragging || moved.manhattanLength() > 6;
        if (m_dragging) {
            const QPointF by = event->position() - m_draggedFrom;
            m_view *= QTransform::fromTranslate(by.x(), by.y());
            m_draggedFrom = event->position();
            update();
        }
        return;
    }
    const int hovered = nodeAt(event->position());
    const int call = hovered < 0 ? callAt(event->position()) : -1;
    setCursor(hovered >= 0 || call >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if (call >= 0) {
        const GraphCall& over = m_graph.calls()[static_cast<std::size_t>(call)];
        QToolTip::showText(
            event->globalPosition().toPoint(),
            tr("%1 → %2\n%3").arg(over.edge.caller, over.edge.callee, over.word.isEmpty() ? callText(over) : over.word),
            this);
    }
    if (hovered == m_hovered)
        return;
    m_hovered = hovered;
    m_related = hovered >= 0 ? m_graph.related(static_cast<std::size_t>(hovered)) : std::vector<bool>{};
    update();
}

void MapCanvas::mouseReleaseEvent(QMouseEvent* event)
{
    if (m_dragging || event->button() != Qt::LeftButton)
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
    if (!event->modifiers().testFlag(Qt::ControlModifier)) {
        m_view *= QTransform::fromTranslate(turn.x() * 60, turn.y() * 60);
        update();
        return;
    }
    const qreal wanted = std::clamp(m_view.m11() * std::pow(1.2, turn.y()), smallestZoom, largestZoom);
    const qreal factor = wanted / m_view.m11();
    const QPointF at = event->position();
    m_view *= QTransform::fromTranslate(-at.x(), -at.y()) * QTransform::fromScale(factor, factor)
              * QTransform::fromTranslate(at.x(), at.y());
    update();
}

void MapCanvas::keyPressEvent(QKeyEvent* event)
{
    const int from = m_graph.indexOf(m_selected);
    const bool forwards = event->key() == Qt::Key_Right;
    if (from < 0 || (!forwards && event->key() != Qt::Key_Left)) {
        QWidget::keyPressEvent(event);
        return;
    }
    for (const GraphCall& call : m_graph.calls()) {
        const std::size_t here = forwards ? call.caller : call.callee;
        if (here == static_cast<std::size_t>(from)) {
            emit selected(forwards ? call.edge.callee : call.edge.caller);
            return;
        }
    }
}

void MapCanvas::leaveEvent(QEvent*)
{
    m_hovered = -1;
    m_related.clear();
    update();
}

void MapCanvas::resizeEvent(QResizeEvent*)
{
    fit();
}

QRectF MapCanvas::boxOf(const GraphNode& node) const
{
    return {node.corner, FleetGraph::spacing.node};
}

QPainterPath MapCanvas::pathOf(const GraphCall& call) const
{
    const QRectF from = boxOf(m_graph.nodes()[call.caller]);
    const QRectF to = boxOf(m_graph.nodes()[call.callee]);
    QPainterPath path(QPointF(from.right(), from.center().y()));
    const auto curveTo = [&path](QPointF end) {
        const QPointF start = path.currentPosition();
        const qreal reach = std::max<qreal>(50, std::abs(end.x() - start.x()) / 2);
        path.cubicTo(start + QPointF(reach, 0), end - QPointF(reach, 0), end);
    };
    // Past the boxes of the layers between, not behind them.
    for (const QPointF& gap : call.route) {
        curveTo(gap);
        path.lineTo(gap + QPointF(FleetGraph::spacing.node.width(), 0));
    }
    curveTo({to.left(), to.center().y()});
    return path;
}

int MapCanvas::nodeAt(QPointF pos) const
{
    const QPointF at = m_view.inverted().map(pos);
    for (std::size_t i = 0; i < m_graph.nodes().size(); ++i) {
        if (boxOf(m_graph.nodes()[i]).contains(at))
            return static_cast<int>(i);
    }
    return -1;
}

int MapCanvas::callAt(QPointF pos) const
{
    const QPointF at = m_view.inverted().map(pos);
    QPainterPathStroker band;
    band.setWidth(12);
    for (std::size_t i = 0; i < m_graph.calls().size(); ++i) {
        const QPainterPath path = pathOf(m_graph.calls()[i]);
        const bool onSwitch = QLineF(path.pointAtPercent(0.5), at).length() < 14;
        if (onSwitch || band.createStroke(path).contains(at))
            return static_cast<int>(i);
    }
    return -1;
}

bool MapCanvas::faded(std::size_t node) const
{
    if (!m_related.empty())
        return !m_related[node];
    return m_onlyAbnormal && !abnormal(node);
}

bool MapCanvas::abnormal(std::size_t node) const
{
    const auto bad = [this](std::size_t i) { return m_graph.nodes()[i].service.severity != Severity::Normal; };
    if (bad(node))
        return true;
    // A healthy box stays in sight when it calls, or is called by, a sick one.
    return std::ranges::any_of(m_graph.calls(), [&](const GraphCall& call) {
        return (call.caller == node && bad(call.callee)) || (call.callee == node && bad(call.caller));
    });
}

}  // namespace holdfast::widgets
