#include "widgets/map/edge_labels.h"

#include <QLineF>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <optional>

namespace holdfast::widgets {

namespace {

constexpr std::array shares{0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8, 0.14, 0.86};
constexpr qreal switchReach = 11;  // half of the glyph with its dots, along the edge
constexpr qreal switchRise = 6;    // and across it
constexpr qreal gap = 2;
constexpr qreal coveredCost = 1e6;  // more than any edge has points

struct Spot {
    QPointF at;
    qreal angle = 0;
};

Spot spotAt(const std::vector<QPointF>& points, double share)
{
    const auto last = points.size() - 1;
    const auto i =
        std::clamp<std::size_t>(static_cast<std::size_t>(std::lround(share * static_cast<double>(last))), 1, last - 1);
    return {points[i], -QLineF(points[i - 1], points[i + 1]).angle()};
}

QRectF around(QPointF middle, QSizeF size)
{
    return {middle - QPointF(size.width() / 2, size.height() / 2), size};
}

/// Where the words may stand beside a switch: above and below first, as lines mostly go sideways.
std::array<QRectF, 4> textPlaces(QPointF at, QSizeF text)
{
    const qreal up = switchRise + gap + text.height() / 2;
    const qreal side = switchReach + gap + text.width() / 2;
    return {around(at - QPointF(0, up), text), around(at + QPointF(0, up), text), around(at + QPointF(side, 0), text),
            around(at - QPointF(side, 0), text)};
}

/// Takes places and remembers them.
class Ground {
public:
    Ground(const std::vector<QRectF>& obstacles, const std::vector<EdgeLabel>& edges)
        : m_edges(edges), m_taken(obstacles)
    {
    }

    [[nodiscard]] bool isFree(const QRectF& box) const
    {
        return std::ranges::none_of(m_taken, [&box](const QRectF& other) { return other.intersects(box); });
    }
    [[nodiscard]] qreal covered(const QRectF& box) const
    {
        return std::accumulate(m_taken.begin(), m_taken.end(), 0.0, [&box](qreal sum, const QRectF& other) {
            const QRectF both = other & box;
            return sum + both.width() * both.height();
        });
    }
    void take(const QRectF& box) { m_taken.push_back(box); }
    /// How much of other edges the words would hide.
    [[nodiscard]] qreal hidden(const QRectF& box, const EdgeLabel& own) const
    {
        qreal points = 0;
        for (const EdgeLabel& other : m_edges) {
            if (&other != &own)
                points += static_cast<qreal>(
                    std::ranges::count_if(other.points, [&box](QPointF point) { return box.contains(point); }));
        }
        return points;
    }

private:
    const std::vector<EdgeLabel>& m_edges;
    std::vector<QRectF> m_taken;
};

PlacedLabel place(const EdgeLabel& label, Ground& ground)
{
    PlacedLabel placed;
    if (label.points.size() < 3)
        return placed;
    const QSizeF glyph(2 * switchReach, 2 * switchReach);
    std::optional<Spot> bare;  // for the switch alone
    Spot best;
    QRectF bestText;
    qreal least = -1;
    for (const double share : shares) {
        const Spot spot = spotAt(label.points, share);
        const bool free = ground.isFree(around(spot.at, glyph));
        if (free && !bare)
            bare = spot;
        for (const QRectF& text : textPlaces(spot.at, label.text)) {
            if (label.text.isEmpty())
                break;
            const bool fits = free && ground.isFree(text);
            // Better to hide a piece of another edge than to cover words or a box.
            const qreal cost = fits ? ground.hidden(text, label)
                                    : coveredCost + ground.covered(text) + ground.covered(around(spot.at, glyph));
            if (least < 0 || cost < least) {
                least = cost;
                best = spot;
                bestText = text;
            }
            if (least == 0)
                break;
        }
        if (least == 0 || (label.text.isEmpty() && bare))
            break;
    }
    const bool worded = least >= 0 && (least < coveredCost || label.important);
    if (!worded && !bare && !label.important)
        return placed;
    const Spot spot = worded ? best : bare.value_or(spotAt(label.points, 0.5));
    placed = {
        .shown = true, .worded = worded, .at = spot.at, .angle = spot.angle, .text = worded ? bestText : QRectF()};
    ground.take(around(spot.at, glyph));
    if (worded)
        ground.take(bestText);
    return placed;
}

}  // namespace

std::vector<PlacedLabel> placeEdgeLabels(const std::vector<QRectF>& obstacles, const std::vector<EdgeLabel>& labels)
{
    std::vector<PlacedLabel> placed(labels.size());
    Ground ground(obstacles, labels);
    for (const bool important : {true, false}) {
        for (std::size_t i = 0; i < labels.size(); ++i) {
            if (labels[i].important == important)
                placed[i] = place(labels[i], ground);
        }
    }
    return placed;
}

}  // namespace holdfast::widgets
