#include "widgets/map/layered_layout.h"

#include <algorithm>
#include <map>
#include <utility>

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

/// The graph in which every edge joins neighbouring layers: nodes first, then a place for each layer an edge crosses.
struct ProperGraph {
    std::size_t nodes = 0;
    Neighbours out;
    Neighbours in;
    Neighbours layers;
    std::map<std::pair<std::size_t, std::size_t>, std::vector<std::size_t>> places;  ///< by edge, in order
};

ProperGraph makeProper(const AcyclicGraph& graph, const std::vector<std::size_t>& layerOf)
{
    ProperGraph proper;
    proper.nodes = layerOf.size();
    proper.out.resize(proper.nodes);
    proper.in.resize(proper.nodes);
    proper.layers.resize(*std::ranges::max_element(layerOf) + 1);
    for (std::size_t node = 0; node < proper.nodes; ++node) {
        if (!graph.in()[node].empty() || !graph.out()[node].empty())
            proper.layers[layerOf[node]].push_back(node);
    }
    const auto join = [&proper](std::size_t from, std::size_t to) {
        proper.out[from].push_back(to);
        proper.in[to].push_back(from);
    };
    for (std::size_t from = 0; from < proper.nodes; ++from) {
        for (const std::size_t to : graph.out()[from]) {
            std::size_t last = from;
            for (std::size_t layer = layerOf[from] + 1; layer < layerOf[to]; ++layer) {
                const std::size_t place = proper.out.size();
                proper.out.emplace_back();
                proper.in.emplace_back();
                proper.layers[layer].push_back(place);
                proper.places[{from, to}].push_back(place);
                join(last, place);
                last = place;
            }
            join(last, to);
        }
    }
    return proper;
}

void sortLayersByNeighbours(ProperGraph& graph)
{
    std::vector<double> order(graph.out.size(), 0);
    const auto number = [&order](const std::vector<std::size_t>& layer) {
        for (std::size_t i = 0; i < layer.size(); ++i)
            order[layer[i]] = static_cast<double>(i);
    };
    std::ranges::for_each(graph.layers, number);
    for (int sweep = 0; sweep < orderSweeps; ++sweep) {
        const bool down = sweep % 2 == 0;
        for (std::size_t i = 0; i < graph.layers.size(); ++i) {
            auto& layer = graph.layers[down ? i : graph.layers.size() - 1 - i];
            const Neighbours& towards = down ? graph.in : graph.out;
            std::vector<double> centre(order.size());
            for (const std::size_t node : layer)
                centre[node] = barycentre(node, towards[node], order);
            std::ranges::stable_sort(layer, {}, [&centre](std::size_t node) { return centre[node]; });
            number(layer);
        }
    }
}

/// Heights of the middle of every node and place.
class Heights {
public:
    Heights(const ProperGraph& graph, const LayoutSpacing& spacing)
        : m_graph(graph), m_spacing(spacing), m_height(graph.out.size(), 0)
    {
        for (const auto& layer : graph.layers) {
            double at = 0;
            for (std::size_t i = 0; i < layer.size(); ++i) {
                at += i == 0 ? 0 : distance(layer[i - 1], layer[i]);
                m_height[layer[i]] = at;
            }
            for (const std::size_t node : layer)
                m_height[node] -= at / 2;
        }
        for (int sweep = 0; sweep < heightSweeps; ++sweep) {
            const bool down = sweep % 2 == 0;
            for (std::size_t i = 0; i < graph.layers.size(); ++i)
                align(graph.layers[down ? i : graph.layers.size() - 1 - i], down ? graph.in : graph.out);
        }
    }

    [[nodiscard]] double of(std::size_t node) const { return m_height[node]; }

private:
    /// Between the middles of two that stand above each other.
    [[nodiscard]] double distance(std::size_t above, std::size_t below) const
    {
        const auto half = [this](std::size_t node) { return node < m_graph.nodes ? m_spacing.node.height() / 2 : 0.0; };
        return half(above) + half(below) + m_spacing.between;
    }

    /// Moves the nodes of one layer to where their neighbours are, keeping their order and distance.
    void align(const std::vector<std::size_t>& layer, const Neighbours& towards)
    {
        if (layer.empty())
            return;
        std::vector<double> wanted;
        for (const std::size_t node : layer)
            wanted.push_back(barycentre(node, towards[node], m_height));
        double push = 0;
        for (std::size_t i = 0; i < layer.size(); ++i) {
            const double least = i == 0 ? wanted[0] : m_height[layer[i - 1]] + distance(layer[i - 1], layer[i]);
            m_height[layer[i]] = std::max(wanted[i], least);
            push += m_height[layer[i]] - wanted[i];
        }
        // Pushing only downwards leans the picture; the mean push is taken back.
        for (const std::size_t node : layer)
            m_height[node] -= push / static_cast<double>(layer.size());
    }

    const ProperGraph& m_graph;
    const LayoutSpacing& m_spacing;
    std::vector<double> m_height;
};

}  // namespace

GraphLayout layeredLayout(std::size_t nodes, const std::vector<GraphEdge>& edges, const LayoutSpacing& spacing)
{
    GraphLayout layout;
    layout.corners.resize(nodes);
    layout.routes.resize(edges.size());
    if (nodes == 0)
        return layout;
    const AcyclicGraph acyclic(nodes, edges);
    ProperGraph graph = makeProper(acyclic, longestPathLayers(acyclic));
    sortLayersByNeighbours(graph);
    const Heights heights(graph, spacing);

    const double layerPitch = spacing.node.width() + spacing.betweenLayers;
    const double rowPitch = spacing.node.height() + spacing.between;
    double top = 0;
    double bottom = -rowPitch;
    std::vector<double> left(graph.out.size(), 0);
    std::vector<bool> placed(graph.out.size(), false);
    for (std::size_t i = 0; i < graph.layers.size(); ++i) {
        for (const std::size_t node : graph.layers[i]) {
            left[node] = layerPitch * static_cast<double>(i);
            placed[node] = true;
            top = std::min(top, heights.of(node) - spacing.node.height() / 2);
            bottom = std::max(bottom, heights.of(node) + spacing.node.height() / 2);
        }
    }
    const std::size_t perRow = std::max<std::size_t>(graph.layers.size(), 4);
    std::size_t alone = 0;
    for (std::size_t node = 0; node < nodes; ++node) {
        if (placed[node]) {
            layout.corners[node] = {left[node], heights.of(node) - spacing.node.height() / 2 - top};
            continue;
        }
        layout.corners[node] = {layerPitch * static_cast<double>(alone % perRow),
                                bottom - top + spacing.between + rowPitch * static_cast<double>(alone / perRow)};
        ++alone;
    }
    for (std::size_t i = 0; i < edges.size(); ++i) {
        const auto places = graph.places.find({edges[i].from, edges[i].to});
        if (places == graph.places.end())
            continue;
        for (const std::size_t place : places->second)
            layout.routes[i].push_back({left[place], heights.of(place) - top});
    }
    return layout;
}

}  // namespace holdfast::widgets
