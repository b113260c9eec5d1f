#pragma once

#include <QPointF>
#include <QSizeF>

#include <cstddef>
#include <vector>

namespace holdfast::widgets {

/// An edge of a graph whose nodes are numbered from 0.
struct GraphEdge {
    std::size_t from = 0;
    std::size_t to = 0;
};

struct LayoutSpacing {
    QSizeF node{180, 86};
    qreal between = 26;         ///< free height between neighbours of one layer
    qreal betweenLayers = 134;  ///< free width between layers
};

struct GraphLayout {
    std::vector<QPointF> corners;  ///< top left of each node's box
    /// For each edge the points at the left side of the layers it passes without a node of its own; empty between
    /// neighbouring layers and for edges that lead back.
    std::vector<std::vector<QPointF>> routes;
};

/// Places `nodes` boxes so that callers stand left of what they call, and edges pass between boxes.
///
/// Layers by longest path after turning round the edges that close a cycle; long edges get a thin place in every layer
/// they cross; order within a layer by barycentre sweeps; heights by the mean of the neighbours, without overlap. Nodes
/// without any edge stand in rows below all others. The same graph always gives the same picture.
/// Source: Sugiyama, Tagawa, Toda, "Methods for Visual Understanding of Hierarchical System Structures", 1981.
[[nodiscard]] GraphLayout layeredLayout(std::size_t nodes, const std::vector<GraphEdge>& edges,
                                        const LayoutSpacing& spacing);

}  // namespace holdfast::widgets
