#include "widgets/map/edge_tags.h"

#include "widgets/map/edge_labels.h"
#include "widgets/theme/line_text.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace holdfast::widgets {

namespace {

constexpr double failingRatio = 0.05;  // of the calls on an edge; above it the edge is drawn as failing
constexpr qreal nodeMargin = 3;
constexpr qreal textMargin = 3;
constexpr qreal lineHeight = 15;

bool isFailing(const GraphCall& call)
{
    return call.edge.errors.value_or(0) > failingRatio;
}

bool isNormal(const GraphCall& call)
{
    return (call.state == SwitchState::None || call.state == SwitchState::Closed) && !isFailing(call);
}

QString rateWords(const GraphCall& call)
{
    QStringList parts;
    if (call.edge.requests)
        parts << rateText(*call.edge.requests);
    if (call.edge.errors && *call.edge.errors > 0)
        parts << ratioText(*call.edge.errors);
    return parts.join(QStringLiteral("  "));
}

/// One or two lines: how much goes there, and how the breaker stands where that is not normal.
struct Tag {
    const GraphCall* call;
    QString rates;
    QString word;
};

QSizeF sizeOf(const Tag& tag, const Theme& theme)
{
    const qreal wide = std::max(textWidth(theme.axis(), tag.rates), textWidth(theme.axis(), tag.word));
    const int lines = (tag.rates.isEmpty() ? 0 : 1) + (tag.word.isEmpty() ? 0 : 1);
    return lines == 0 ? QSizeF() : QSizeF(std::ceil(wide) + 2 * textMargin, lines * lineHeight);
}

void drawTag(QPainter& painter, const Tag& tag, const PlacedLabel& placed, const Theme& theme)
{
    const Tokens& tokens = theme.tokens();
    drawSwitch(painter, placed.at, placed.angle, tag.call->state, tokens);
    if (!placed.worded)
        return;
    // A ground of its own, so that no line runs through the words.
    QColor ground = tokens.plot;
    ground.setAlpha(225);
    painter.fillRect(placed.text, ground);
    painter.setFont(theme.axis());
    QRectF line(placed.text.topLeft(), QSizeF(placed.text.width(), lineHeight));
    if (!tag.rates.isEmpty()) {
        painter.setPen(isFailing(*tag.call) ? tokens.critical : tokens.textSecondary);
        drawLine(painter, line, Qt::AlignCenter, tag.rates);
        line.translate(0, lineHeight);
    }
    painter.setPen(edgeTone(*tag.call, theme));
    if (!tag.word.isEmpty())
        drawLine(painter, line, Qt::AlignCenter, tag.word);
}

}  // namespace

QColor edgeTone(const GraphCall& call, const Theme& theme)
{
    const Tokens& tokens = theme.tokens();
    return switchTone(call.state, isFailing(call) ? tokens.critical : tokens.lineThird, tokens);
}

void drawEdgeTags(QPainter& painter, const EdgeTagScene& scene, const Theme& theme)
{
    std::vector<QRectF> boxes;
    for (std::size_t i = 0; i < scene.graph.nodes().size(); ++i) {
        const QRectF box = scene.view.mapRect(scene.graph.boxOf(i));
        if (box.intersects(scene.screen) && scene.nodeShown(i) > 0)
            boxes.push_back(box.adjusted(-nodeMargin, -nodeMargin, nodeMargin, nodeMargin));
    }
    std::vector<Tag> tags;
    std::vector<EdgeLabel> labels;
    for (const GraphCall& call : scene.graph.calls()) {
        if (scene.shown(call) <= 0 || (!scene.detailed && isNormal(call))
            || !scene.view.mapRect(call.path.controlPointRect().adjusted(-1, -1, 1, 1)).intersects(scene.screen))
            continue;
        const bool rated = scene.detailed || (scene.worded && isFailing(call));
        Tag tag{&call, rated ? rateWords(call) : QString(), scene.worded ? call.word : QString()};
        EdgeLabel label{{}, sizeOf(tag, theme), !isNormal(call)};
        label.points.reserve(call.points.size());
        for (const QPointF& point : call.points)
            label.points.push_back(scene.view.map(point));
        labels.push_back(std::move(label));
        tags.push_back(std::move(tag));
    }
    const std::vector<PlacedLabel> placed = placeEdgeLabels(boxes, labels);
    for (std::size_t i = 0; i < tags.size(); ++i) {
        if (!placed[i].shown)
            continue;
        painter.setOpacity(scene.shown(*tags[i].call));
        drawTag(painter, tags[i], placed[i], theme);
    }
    painter.setOpacity(1);
}

}  // namespace holdfast::widgets
