#pragma once

#include "widgets/map/fleet_graph.h"

#include <QRectF>
#include <QString>

class QPainter;

namespace holdfast::widgets {

class Theme;

/// How a box is shown besides its service's state.
struct NodeLook {
    bool selected = false;
    bool detailed = true;  ///< three lines; else its shape and its name
    bool named = true;     ///< false from very far: only its shape
    QString blast;         ///< "≤ 38 %" above it; empty: not reached
    bool entrance = false;
};

/// A service's box at its place on the screen. Texts have the size of a screen's text, however far the map is zoomed
/// out: 11 px at least; what does not fit is elided. Thread: gui.
void drawNodeBox(QPainter& painter, const GraphNode& node, const QRectF& box, const NodeLook& look, const Theme& theme);

}  // namespace holdfast::widgets
