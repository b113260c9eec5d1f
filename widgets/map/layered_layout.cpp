#include "widgets/map/layered_layout.h"

#include <algorithm>
#include <limits>

namespace holdfast::widgets {

namespace {

// Enough for the order to settle on graphs of a few hundred nodes; more sweeps changed nothing there.
constexpr int orderSweeps = 12;
constexpr int heightSweeps = 8;

using Neighbours = std::vector<std::vector<std::size_t>>;

/// The graph without cycles: every edge that a depth-first walk finds leading back is turned round.
class AcyclicGraph {
public:
    AcyclicGraph(std::size_t nodes, const std::vector<GraphEdge>& edges)
        : m_out(nodes), m_in(nodes), m_mark(nodes, Mark::New)
    {
        Neighbours given(nodes);
        for (const GraphEdge& edge : edges) {
            if (edge.from < nodes && edge.to < nodes && edge.from != edge.to)
                given[edge.from].push_back(edge.to);
        }
        for (std::size_t node = 0; node < nodes; ++node)
            walk(node, given);
    }

    [[nodiscard]] const Neighbours& out() const { return m_out; }
    [[nodiscard]] const Neighbours& in() const { return m_in; }

private:
    enum class Mark { New, Open, Done };

    void walk(std::size_t start, const Neighbours& given)
    {
        if (m_mark[start] != Mark::New)
            return;
        struct Step {
            std::size_t node;
            std::size_t next;
        };
        std::vector<Step> path{{start, 0}};
        m_mark[start] = Mark::Open;
        while (!path.empty()) {
            Step& step = path.back();
            if (step.next == given[step.node].size()) {
                m_mark[step.node] = Mark::Done;
                path.pop_back();
                continue;
            }
            const std::size_t from = step.node;
            const std::size_t to = given[from][step.next++];
            const bool closesCycle = m_mark[to] == Mark::Open;
            add(closesCycle ? to : from, closesCycle ? from : to);
            if (m_mark[to] == Mark::New) {
                m_mark[to] = Mark::Open;
                path.push_back({to, 0});
            }
        }
    }

    void add(std::size_t from, std::size_t to)
    {
        if (std::ranges::find(m_out[from], to) != m_out[from].end())
            return;
        m_out[from].push_back(to);
        m_in[to].push_back(from);
    }

    Neighbours m_out;
    Neighbours m_in;
    std::vector<Mark> m_mark;
};

std::vector<std::size_t> longestPathLayers(const AcyclicGraph& graph)
{
    const std::size_t nodes = graph.out().size();
    std::vector<std::size_t> waiting(nodes);
    std::vector<std::size_t> ready;
    for (std::size_t node = 0; node < nodes; ++node) {
        waiting[node] = graph.in()[node].size();
        if (waiting[node] == 0)
            ready.push_back(node);
    }
    std::vector<std::size_t> layer(nodes, 0);
    for (std::size_t i = 0; i < ready.size(); ++i) {
        for (const std::size_t to : graph.out()[ready[i]]) {
            layer[to] = std::max(layer[to], layer[ready[i]] + 1);
            if (--waiting[to] == 0)
                ready.push_back(to);
        }
    }
    return layer;
}

/// Mean of the values of the neighbours; the node's own where it has none.
double barycentre(std::size_t node, const std::vector<std::size_t>& neighbours, const std::vector<double>& value)
{
    if (neighbours.empty())
        return value[node];
    double sum = 0;
    for (const std::size_t other : neighbours)
        sum += value[other];
    return sum / static_cast<double>(neighbours.size());
}

void sortLayersByNeighbours(Neighbours& layers, const AcyclicGraph& graph)
{
    std::vector<double> place(graph.out().size(), 0);
    const auto number = [&place](const std::vector<std::size_t>& layer) {
        for (std::size_t i = 0; i < layer.size(); ++i)
            place[layer[i]] = static_cast<double>(i);
    };
    std::ranges::for_each(layers, number);
    for (int sweep = 0; sweep < orderSweeps; ++sweep) {
        const bool down = sweep % 2 == 0;
        for (std::size_t i = 0; i < layers.size(); ++i) {
            auto& layer = layers[down ? i : layers.size() - 1 - i];
            const Neighbours& towards = down ? graph.in() : graph.out();
            std::vector<double> centre(place.size());
            for (const std::size_t node : layer)
                centre[node] = barycentre(node, towards[node], place);
            std::ranges::stable_sort(layer, {}, [&centre](std::size_t node) { return centre[node]; });
            number(layer);
        }
    }
}

/// Moves the nodes of one layer to where their neighbours are, keeping their order and distance.
void alignLayer(const std::vector<std::size_t>& layer, const Neighbours& towards, double pitch,
                std::vector<double>& height)
{
    std::vector<double> wanted;
    for (const std::size_t node : layer)
        wanted.push_back(barycentre(node, towards[node], height));
    double top = wanted.front();
    for (std::size_t i = 0; i < layer.size(); ++i) {
        top = i == 0 ? wanted[0] : std::max(wanted[i], top + pitch);
        height[layer[i]] = top;
    }
    // Pushing only downwards leans the picture; half of the mean push is taken back.
    double push = 0;
    for (std::size_t i = 0; i < layer.size(); ++i)
        push += height[layer[i]] - wanted[i];
    for (const std::size_t node : layer)
        height[node] -= push / static_cast<double>(layer.size());
}

std::vector<QPointF> corners(const Neighbours& layers, const std::vector<std::size_t>& alone,
                             const std::vector<double>& height, const LayoutSpacing& spacing)
{
    const double layerPitch = spacing.node.width() + spacing.betweenLayers;
    std::vector<QPointF> corner(height.size());
    double top = std::numeric_limits<double>::max();
    double bottom = 0;
    for (const auto& layer : layers) {
        for (const std::size_t node : layer)
            top = std::min(top, height[node]);
    }
    for (std::size_t i = 0; i < layers.size(); ++i) {
        for (const std::size_t node : layers[i]) {
            corner[node] = {layerPitch * static_cast<double>(i), height[node] - top};
            bottom = std::max(bottom, corner[node].y() + spacing.node.height() + spacing.between);
        }
    }
    for (std::size_t i = 0; i < alone.size(); ++i) {
        const std::size_t perRow = std::max<std::size_t>(layers.size(), 4);
        corner[alone[i]] = {layerPitch * static_cast<double>(i % perRow),
                            bottom + (spacing.node.height() + spacing.between) * static_cast<double>(i / perRow)};
    }
    return corner;
}

}  // namespace

std::vector<QPointF> layeredLayout(std::size_t nodes, const std::vector<GraphEdge>& edges, const LayoutSpacing& spacing)
{
    if (nodes == 0)
        return {};
    const AcyclicGraph graph(nodes, edges);
    const std::vector<std::size_t> layerOf = longestPathLayers(graph);
    Neighbours layers(*std::ranges::max_element(layerOf) + 1);
    std::vector<std::size_t> alone;
    for (std::size_t node = 0; node < nodes; ++node)
        (graph.in()[node].empty() && graph.out()[node].empty() ? alone : layers[layerOf[node]]).push_back(node);
    sortLayersByNeighbours(layers, graph);

    const double pitch = spacing.node.height() + spacing.between;
    std::vector<double> height(nodes, 0);
    for (const auto& layer : layers) {
        const double start = -pitch * (static_cast<double>(layer.size()) - 1) / 2;
        for (std::size_t i = 0; i < layer.size(); ++i)
            height[layer[i]] = start + pitch * static_cast<double>(i);
    }
    for (int sweep = 0; sweep < heightSweeps; ++sweep) {
        const bool down = sweep % 2 == 0;
        for (std::size_t i = 0; i < layers.size(); ++i) {
            const auto& layer = layers[down ? i : layers.size() - 1 - i];
            if (!layer.empty())
                alignLayer(layer, down ? graph.in() : graph.out(), pitch, height);
        }
    }
    return corners(layers, alone, height, spacing);
}

}  // namespace holdfast::widgets
