#pragma once

#include "widgets/map/fleet_graph.h"

#include <QTransform>

#include <functional>

class QPainter;

namespace holdfast::widgets {

class Theme;

/// What stands on the edges of a map.
struct EdgeTagScene {
    const FleetGraph& graph;
    const QTransform& view;  ///< from the graph to the screen
    QRectF screen;
    bool detailed = true;                           ///< false: from far only what is not normal is told,
    bool worded = true;                             ///< and from very far by the switch alone
    std::function<double(const GraphCall&)> shown;  ///< 0 hidden … 1 in full
    std::function<double(std::size_t node)> nodeShown;
};

/// Draws each edge's switch with its calls per second, its errors, and how its breaker stands: where they cover no box
/// and no other words. Texts have the size of the screen's text, whatever the zoom. Thread: gui.
void drawEdgeTags(QPainter& painter, const EdgeTagScene& scene, const Theme& theme);

/// The colour of an edge: of its switch, or critical where many of its calls fail.
[[nodiscard]] QColor edgeTone(const GraphCall& call, const Theme& theme);

}  // namespace holdfast::widgets
