// Qt takes the word "signals" for itself: moc must not see the namespace, and the macro must not meet it.
#ifndef Q_MOC_RUN
#include "app/engine/control_feed.h"

using namespace holdfast;
using namespace holdfast::engine;
using Fleet = holdfast::signals::FleetModel;
using Row = holdfast::signals::ServiceRow;
using Edge = holdfast::signals::Edge;
#endif

#include <QTest>

class TestControlFeed : public QObject {
    Q_OBJECT

    static Row row(const std::string& name, std::optional<double> requests)
    {
        Row row;
        row.name = name;
        row.requests.value = requests;
        return row;
    }
    static Edge edge(const std::string& caller, const std::string& callee, std::optional<double> requests)
    {
        Edge edge;
        edge.caller = caller;
        edge.callee = callee;
        edge.requests = requests;
        return edge;
    }

private slots:
    void boundsTheUsersByTheSharesUpToTheEntrance()
    {
        Fleet fleet;
        fleet.services = {row("checkout", 20), row("gateway", 100), row("payments", 40), row("shoppers", std::nullopt)};
        fleet.edges = {edge("checkout", "payments", 10), edge("gateway", "checkout", 20),
                       edge("shoppers", "gateway", 100)};
        const control::PathView path = pathView(fleet, "checkout", "payments");
        QCOMPARE(*path.callerRate, 20.0);
        QCOMPARE(*path.calleeRate, 40.0);
        QCOMPARE(path.entrance, std::string("gateway"));
        QCOMPARE(*path.usersAtMost, 0.1);  // half of checkout's, a fifth of gateway's
        QCOMPARE(path.services, (std::vector<std::string>{"checkout", "gateway", "payments"}));
    }
    void saysNothingWhereNoRateIsKnown()
    {
        Fleet fleet;
        fleet.services = {row("checkout", std::nullopt), row("payments", std::nullopt)};
        fleet.edges = {edge("checkout", "payments", std::nullopt)};
        QVERIFY(!pathView(fleet, "checkout", "payments").usersAtMost);
    }
    void knowsWhatIsWithinTheObjective()
    {
        Fleet fleet;
        fleet.services = {row("payments", 10)};
        config::Config config;
        QVERIFY(!withinObjective(fleet, config, "payments"));  // neither errors nor latency are known
        QVERIFY(!withinObjective(fleet, config, "nobody"));
        fleet.services[0].errors.value = 0.001;
        QCOMPARE(withinObjective(fleet, config, "payments"), std::optional(true));
        fleet.services[0].p99.value = 0.9;  // above 500 ms
        QCOMPARE(withinObjective(fleet, config, "payments"), std::optional(false));
        config.holdfast.services["payments"].latencyMs = 1000;
        QCOMPARE(withinObjective(fleet, config, "payments"), std::optional(true));
        fleet.services[0].errors.value = 0.02;
        QCOMPARE(withinObjective(fleet, config, "payments"), std::optional(false));
    }
};

QTEST_GUILESS_MAIN(TestControlFeed)
#include "tst_control_feed.moc"
