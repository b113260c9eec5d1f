#include "widgets/map/blast_radius.h"

#include <QTest>

using namespace holdfast::widgets;

namespace {

Fleet fleetOf(const std::vector<std::pair<QString, double>>& services,
              const std::vector<std::tuple<QString, QString, double>>& edges)
{
    Fleet fleet;
    for (const auto& [name, rate] : services) {
        FleetService service;
        service.name = name;
        service.requests.value = rate;
        fleet.services.push_back(service);
    }
    for (const auto& [caller, callee, rate] : edges) {
        FleetEdge edge;
        edge.caller = caller;
        edge.callee = callee;
        edge.requests = rate;
        fleet.edges.push_back(edge);
    }
    return fleet;
}

}  // namespace

class TestBlastRadius : public QObject {
    Q_OBJECT

private slots:
    void multipliesSharesUpToTheEntrance()
    {
        const Fleet fleet = fleetOf({{"gateway", 1000}, {"checkout", 400}, {"payments", 100}},
                                    {{"gateway", "checkout", 400}, {"checkout", "payments", 100}});
        const BlastRadius radius = blastRadius(fleet, "checkout", "payments");
        QCOMPARE(radius.reach.at("checkout"), 0.25);
        QCOMPARE(radius.reach.at("gateway"), 0.1);
        QCOMPARE(radius.entrances, std::vector<QString>{"gateway"});
        QVERIFY(!radius.reach.contains("payments"));
    }

    void addsSeveralPathsAndNeverExceedsAll()
    {
        const Fleet fleet =
            fleetOf({{"gateway", 100}, {"a", 80}, {"b", 80}, {"c", 160}, {"d", 160}},
                    {{"gateway", "a", 80}, {"gateway", "b", 80}, {"a", "c", 80}, {"b", "c", 80}, {"c", "d", 160}});
        const BlastRadius radius = blastRadius(fleet, "c", "d");
        QCOMPARE(radius.reach.at("c"), 1.0);
        QCOMPARE(radius.reach.at("gateway"), 1.0);  // 0.8 + 0.8, but not more than all
    }

    void aRateThatIsNotKnownCountsAsAll()
    {
        Fleet fleet = fleetOf({{"gateway", 1000}, {"checkout", 400}},
                              {{"gateway", "checkout", 400}, {"checkout", "payments", 100}});
        fleet.services[1].requests.value.reset();
        QCOMPARE(blastRadius(fleet, "checkout", "payments").reach.at("checkout"), 1.0);
    }

    void endsInACycle()
    {
        const Fleet fleet =
            fleetOf({{"a", 100}, {"b", 100}, {"c", 100}}, {{"a", "b", 100}, {"b", "a", 100}, {"b", "c", 50}});
        const BlastRadius radius = blastRadius(fleet, "b", "c");
        QVERIFY(radius.reach.at("a") <= 1.0);
        QVERIFY(radius.entrances.empty());
    }

    void knowsNothingOfAnEdgeThatIsNotThere() { QVERIFY(blastRadius(fleetOf({{"a", 1}}, {}), "a", "b").empty()); }
};

QTEST_GUILESS_MAIN(TestBlastRadius)
#include "tst_blast_radius.moc"
