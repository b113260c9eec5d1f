#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>

#include <cstddef>
#include <vector>

namespace holdfast::widgets {

/// What wants to stand on an edge. All in pixels of the screen.
struct EdgeLabel {
    std::vector<QPointF> points;  ///< along the edge, at equal shares of its length
    QSizeF text;                  ///< of its words; empty: only the switch
    bool important = false;       ///< must be read whatever it covers: something is wrong there
};

struct PlacedLabel {
    bool shown = false;  ///< false: there was no room, and it is not important
    bool worded = false;
    QPointF at;       ///< middle of the switch
    qreal angle = 0;  ///< of the edge there, degrees
    QRectF text;
};

/// Finds for each label a place along its edge where it covers no obstacle and no other label: near the middle first,
/// its words above, below or beside the line. The important ones choose first, then the others in their order.
/// A label without room for its words keeps its switch where that fits. Returns one for each, in the same order.
[[nodiscard]] std::vector<PlacedLabel> placeEdgeLabels(const std::vector<QRectF>& obstacles,
                                                       const std::vector<EdgeLabel>& labels);

}  // namespace holdfast::widgets
