#include "widgets/map/blast_sketch.h"

#include "widgets/map/switch_glyph.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/theme.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr int mostInColumn = 3;
// px at 100 % text
constexpr int sketchWidth = 330;
constexpr int sketchHeight = 132;
constexpr int boxHeightAt100 = 24;
constexpr int pitchAt100 = 40;
constexpr int gapAt100 = 24;
constexpr int widestBox = 110;
constexpr int callerColumn = 0;
constexpr int serviceColumn = 1;
constexpr int calleeColumn = 2;
constexpr int behindColumn = 3;

}  // namespace

BlastSketch::BlastSketch(Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setObjectName(QStringLiteral("blastSketch"));
    setCursor(Qt::PointingHandCursor);
    setToolTip(tr("Show on the map"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize BlastSketch::sizeHint() const
{
    return {m_theme.px(sketchWidth), m_theme.px(sketchHeight)};
}

void BlastSketch::add(const Fleet& fleet, const QString& name, int column, const QString& note)
{
    const auto here = std::ranges::count(m_boxes, column, &Box::column);
    if (here >= mostInColumn) {
        m_more = true;
        return;
    }
    Box box{name, column, Severity::Unknown, note};
    const auto service = std::ranges::find(fleet.services, name, &FleetService::name);
    if (service != fleet.services.end())
        box.severity = service->severity;
    m_boxes.push_back(box);
}

void BlastSketch::setEdge(const Fleet& fleet, const QString& service, const QString& callee, bool refuses)
{
    m_boxes.clear();
    m_more = false;
    m_refuses = refuses;
    const BlastRadius radius = blastRadius(fleet, service, callee);
    const auto note = [&](const QString& name) {
        const auto reach = radius.reach.find(name);
        const bool entrance = std::ranges::find(radius.entrances, name) != radius.entrances.end();
        return refuses && entrance && reach != radius.reach.end() ? tr("≤ %1").arg(ratioText(reach->second))
                                                                  : QString();
    };
    for (const FleetEdge& edge : fleet.edges) {
        if (edge.callee == service)
            add(fleet, edge.caller, callerColumn, note(edge.caller));
    }
    add(fleet, service, serviceColumn, note(service));
    if (!callee.isEmpty())
        add(fleet, callee, calleeColumn);
    for (const FleetEdge& edge : fleet.edges) {
        if (edge.caller == callee && !callee.isEmpty())
            add(fleet, edge.callee, behindColumn);
    }
    QStringList words;
    for (const Box& box : m_boxes)
        words << box.name;
    setAccessibleName(tr("Part of the map: %1").arg(words.join(QStringLiteral(", "))));
    update();
}

std::vector<QRectF> BlastSketch::places() const
{
    int used[4] = {0, 0, 0, 0};
    for (const Box& box : m_boxes)
        ++used[box.column];
    int columns = 0;
    int columnAt[4] = {0, 0, 0, 0};
    for (int i = 0; i < 4; ++i)
        columnAt[i] = used[i] > 0 ? columns++ : columns;
    const qreal gap = m_theme.px(gapAt100);
    const qreal pitch = m_theme.px(pitchAt100);
    const qreal boxHeight = m_theme.px(boxHeightAt100);
    const qreal boxWidth = (width() - 8 - gap * std::max(0, columns - 1)) / std::max(1, columns);
    int row[4] = {0, 0, 0, 0};
    std::vector<QRectF> all;
    for (const Box& box : m_boxes) {
        const qreal top = height() / 2.0 - (used[box.column] - 1) * pitch / 2 - boxHeight / 2;
        all.emplace_back(4 + columnAt[box.column] * (boxWidth + gap), top + row[box.column]++ * pitch,
                         std::min<qreal>(boxWidth, m_theme.px(widestBox)), boxHeight);
    }
    return all;
}

void BlastSketch::paintEvent(QPaintEvent*)
{
    const Tokens& tokens = m_theme.tokens();
    QPainter painter(this);
    painter.setLayoutDirection(Qt::LeftToRight);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(tokens.border, 1));
    painter.setBrush(tokens.plot);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    const auto boxes = places();
    const auto middle = [](const QRectF& from, const QRectF& to) {
        return QLineF({from.right(), from.center().y()}, {to.left(), to.center().y()});
    };
    for (std::size_t i = 0; i < m_boxes.size(); ++i) {
        for (std::size_t j = 0; j < m_boxes.size(); ++j) {
            if (m_boxes[j].column != m_boxes[i].column + 1)
                continue;
            const bool cut = m_boxes[i].column == serviceColumn && m_refuses;
            painter.setPen(
                QPen(cut ? tokens.held : tokens.lineThird, cut ? 2 : 1.2, cut ? Qt::DashLine : Qt::SolidLine));
            const QLineF line = middle(boxes[i], boxes[j]);
            painter.drawLine(line);
            if (m_boxes[i].column == serviceColumn)
                drawSwitch(painter, line.center(), 0, m_refuses ? SwitchState::Forced : SwitchState::Closed, tokens);
        }
    }
    painter.setFont(m_theme.axis());
    for (std::size_t i = 0; i < m_boxes.size(); ++i) {
        const Box& box = m_boxes[i];
        const bool bad = box.severity == Severity::Critical || box.severity == Severity::Warning;
        painter.setPen(QPen(bad ? m_theme.colour(box.severity) : tokens.border, bad ? 1.5 : 1));
        painter.setBrush(bad ? m_theme.tint(box.severity) : tokens.raised);
        painter.drawRoundedRect(boxes[i], 4, 4);
        painter.setPen(tokens.text);
        const QRectF inside = boxes[i].adjusted(3, 0, -3, 0);
        painter.drawText(inside, Qt::AlignCenter,
                         painter.fontMetrics().elidedText(box.name, Qt::ElideRight, int(inside.width())));
        if (!box.note.isEmpty()) {
            painter.setPen(tokens.held);
            painter.drawText(boxes[i].translated(0, boxes[i].height() - 2).adjusted(-6, 0, 6, -6), Qt::AlignCenter,
                             box.note);
        }
    }
    if (m_more) {
        painter.setPen(tokens.textTertiary);
        painter.drawText(QRectF(rect()).adjusted(0, 0, -8, -4), Qt::AlignRight | Qt::AlignBottom, tr("and more"));
    }
}

void BlastSketch::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->pos()))
        emit mapRequested();
}

}  // namespace holdfast::widgets
