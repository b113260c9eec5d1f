// How long the map takes: laying out, one frame, finding what lies under the pointer. Targets: 50 services and 120
// calls under 5 ms a frame, 300 and 900 under 40 ms, their layout under 20 ms. CPU time of the thread, medians of one
// run, raster at 1920×1080.
#include "tests/bench/charts/measure.h"
#include "widgets/map/layered_layout.h"
#include "widgets/map/map_canvas.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QImage>
#include <QMouseEvent>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>

using namespace holdfast::bench;
using namespace holdfast::widgets;

namespace {

constexpr int rounds = 25;
constexpr double smallFrameMs = 5;
constexpr double largeFrameMs = 40;
constexpr double layoutMs = 20;

/// Services in seven tiers; calls lead to a later tier, mostly the next, as in real fleets.
Fleet fleetOf(int services, int calls)
{
    std::mt19937 random(7);
    Fleet fleet;
    const auto tier = [&](int i) { return i * 7 / services; };
    for (int i = 0; i < services; ++i) {
        FleetService service;
        service.name = QStringLiteral("service-%1").arg(i);
        service.severity = i % 17 == 0 ? Severity::Critical : Severity::Normal;
        for (SignalValue* signal : {&service.p99, &service.errors, &service.requests, &service.headroom}) {
            signal->state = ValueState::Value;
            signal->value = 0.1 + i;
        }
        fleet.services.push_back(service);
    }
    while (static_cast<int>(fleet.edges.size()) < calls) {
        const int from = static_cast<int>(random() % static_cast<unsigned>(services));
        const int to = static_cast<int>(random() % static_cast<unsigned>(services));
        const bool next = tier(to) == tier(from) + 1 || (tier(to) > tier(from) && random() % 8 == 0);
        if (!next)
            continue;
        FleetEdge edge;
        edge.caller = fleet.services[static_cast<std::size_t>(from)].name;
        edge.callee = fleet.services[static_cast<std::size_t>(to)].name;
        edge.source = QStringLiteral("breaker");
        edge.requests = static_cast<double>(random() % 1000);
        edge.errors = fleet.edges.size() % 11 == 0 ? 0.4 : 0.001;
        edge.breaker = QStringLiteral("%1/breaker/%2").arg(edge.caller, edge.callee);
        fleet.edges.push_back(edge);
    }
    return fleet;
}

ControlList breakersOf(const Fleet& fleet)
{
    ControlList list;
    for (const FleetEdge& edge : fleet.edges) {
        Control control;
        control.id = edge.breaker;
        control.state = list.controls.size() % 13 == 0 ? QStringLiteral("open") : QStringLiteral("closed");
        control.word = QStringLiteral("OPEN – rejecting calls");
        control.quality = QStringLiteral("confirmed");
        control.k = control.n = 3;
        list.controls.push_back(control);
    }
    return list;
}

template <typename Work>
double median(Work work)
{
    std::vector<double> times;
    work();  // what is made once is not counted
    for (int i = 0; i < rounds; ++i) {
        const double start = threadCpuMs();
        work();
        times.push_back(threadCpuMs() - start);
    }
    return quantileOf(times, 0.5);
}

void measure(Table& table, int services, int calls, double frameTarget, double zoom)
{
    const std::string name = std::to_string(services) + " services, " + std::to_string(calls) + " calls: ";
    const Fleet fleet = fleetOf(services, calls);
    const ControlList controls = breakersOf(fleet);
    std::vector<GraphEdge> edges;
    for (const FleetEdge& edge : fleet.edges)
        edges.push_back({static_cast<std::size_t>(edge.caller.mid(8).toInt()),
                         static_cast<std::size_t>(edge.callee.mid(8).toInt())});
    table.add(name + "layout",
              median([&] { (void)layeredLayout(static_cast<std::size_t>(services), edges, FleetGraph::spacing); }),
              "ms", layoutMs);
    Theme theme(ThemeKind::Dark);
    MapCanvas canvas(theme, nullptr);
    canvas.resize(1920, 1080);
    canvas.show();
    table.note(name + "new numbers", median([&] { canvas.setFleet(fleet, &controls); }), "ms");
    QImage frame(1920, 1080, QImage::Format_ARGB32_Premultiplied);
    table.add(name + "frame, all in sight", median([&] {
                  canvas.redraw();
                  canvas.render(&frame);
              }),
              "ms", frameTarget);
    canvas.zoomBy(zoom, QPointF(960, 540));
    table.add(name + "frame, zoomed to details", median([&] {
                  canvas.redraw();
                  canvas.render(&frame);
              }),
              "ms", frameTarget);
    table.note(name + "frame, only the pointer moved", median([&] { canvas.render(&frame); }), "ms");
    int x = 0;
    table.note(name + "what is under the pointer", median([&] {
                   x = (x + 37) % 1900;
                   QMouseEvent move(QEvent::MouseMove, QPointF(x, 500), QPointF(x, 500), Qt::NoButton, Qt::NoButton,
                                    {});
                   QApplication::sendEvent(&canvas, &move);
               }),
               "ms");
}

}  // namespace

int main(int argc, char** argv)
{
    (void)std::setvbuf(stdout, nullptr, _IOLBF, 0);
    setenv("QT_QPA_PLATFORM", "offscreen", 0);
    QApplication app(argc, argv);
    Table table;
    measure(table, 50, 120, smallFrameMs, 1.6);
    measure(table, 300, 900, largeFrameMs, 5);
    std::printf("%d missed their target\n", table.missed());
    return argc > 1 && std::strcmp(argv[1], "--check") == 0 && table.missed() > 0 ? 1 : 0;
}
