#include "widgets/map/fleet_graph.h"

#include <QTest>

using namespace holdfast::widgets;

namespace {

FleetService service(const QString& name)
{
    FleetService s;
    s.name = name;
    return s;
}

Fleet shop()
{
    Fleet fleet;
    fleet.services = {service("gateway"), service("checkout"), service("payments")};
    FleetEdge first;
    first.caller = "gateway";
    first.callee = "checkout";
    FleetEdge second;
    second.caller = "checkout";
    second.callee = "payments";
    second.breaker = "checkout/breaker/payments";
    fleet.edges = {first, second};
    return fleet;
}

}  // namespace

class TestFleetGraph : public QObject {
    Q_OBJECT

private slots:
    void dataNeverMoveANode()
    {
        FleetGraph graph;
        graph.update(shop(), nullptr);
        const QPointF before = graph.nodes()[1].corner;
        Fleet grown = shop();
        grown.services.insert(grown.services.begin(), service("cart"));
        FleetEdge edge;
        edge.caller = "cart";
        edge.callee = "gateway";
        grown.edges.push_back(edge);
        graph.update(grown, nullptr);
        QCOMPARE(graph.nodes()[static_cast<std::size_t>(graph.indexOf("checkout"))].corner, before);
    }

    void anUnscrapedCalleeStandsAsUnknown()
    {
        Fleet fleet = shop();
        fleet.services.pop_back();
        FleetGraph graph;
        graph.update(fleet, nullptr);
        const int index = graph.indexOf("payments");
        QVERIFY(index >= 0);
        QVERIFY(!graph.nodes()[static_cast<std::size_t>(index)].known);
    }

    void theSwitchShowsWhatWasObserved_data()
    {
        QTest::addColumn<QString>("state");
        QTest::addColumn<QString>("quality");
        QTest::addColumn<int>("expected");
        QTest::newRow("closed") << "closed"
                                << "confirmed" << static_cast<int>(SwitchState::Closed);
        QTest::newRow("open") << "open"
                              << "confirmed" << static_cast<int>(SwitchState::Open);
        QTest::newRow("forced") << "forced_open"
                                << "confirmed" << static_cast<int>(SwitchState::Forced);
        QTest::newRow("old news") << "closed"
                                  << "stale" << static_cast<int>(SwitchState::Unknown);
    }
    void theSwitchShowsWhatWasObserved()
    {
        QFETCH(QString, state);
        QFETCH(QString, quality);
        QFETCH(int, expected);
        Control control;
        control.id = "checkout/breaker/payments";
        control.state = state;
        control.quality = quality;
        const ControlList controls{{control}};
        FleetGraph graph;
        graph.update(shop(), &controls);
        QCOMPARE(static_cast<int>(graph.calls()[1].state), expected);
        QCOMPARE(static_cast<int>(graph.calls()[0].state), static_cast<int>(SwitchState::None));
    }

    void relatedIsWhatLiesOnAPathThroughTheNode()
    {
        Fleet fleet = shop();
        fleet.services.push_back(service("mail"));
        FleetGraph graph;
        graph.update(fleet, nullptr);
        const auto related = graph.related(static_cast<std::size_t>(graph.indexOf("payments")));
        QVERIFY(related[static_cast<std::size_t>(graph.indexOf("gateway"))]);
        QVERIFY(!related[static_cast<std::size_t>(graph.indexOf("mail"))]);
    }
};

QTEST_GUILESS_MAIN(TestFleetGraph)
#include "tst_fleet_graph.moc"
