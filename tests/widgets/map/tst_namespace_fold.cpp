#include "widgets/map/namespace_fold.h"

#include <QTest>

#include <algorithm>

using namespace holdfast::widgets;

namespace {

FleetService service(const char* name, double requests, Severity severity = Severity::Normal)
{
    FleetService s;
    s.name = QLatin1String(name);
    s.severity = severity;
    s.requests.state = ValueState::Value;
    s.requests.value = requests;
    return s;
}

FleetEdge edge(const char* caller, const char* callee, double requests, const char* breaker)
{
    return {QLatin1String(caller), QLatin1String(callee), {}, requests, {}, QLatin1String(breaker)};
}

Fleet town()
{
    Fleet fleet;
    fleet.services = {service("shop/cart", 5),  service("shop/pay", 7, Severity::Critical),
                      service("search/api", 3), service("search/index", 2),
                      service("gateway", 10),   service("mail", 1)};
    fleet.edges = {edge("gateway", "shop/cart", 4, "a"), edge("gateway", "shop/pay", 6, "b"),
                   edge("shop/cart", "shop/pay", 2, "c"), edge("gateway", "search/api", 3, "")};
    return fleet;
}

const FleetService& find(const FoldedFleet& folded, const char* name)
{
    return *std::ranges::find(folded.fleet.services, QLatin1String(name), &FleetService::name);
}

}  // namespace

class TestNamespaceFold : public QObject {
    Q_OBJECT

private slots:
    void aNamespaceIsOneServiceWithItsWorstState()
    {
        const FoldedFleet folded = foldNamespaces(town(), nullptr, {});
        QCOMPARE(folded.fleet.services.size(), std::size_t(4));
        QCOMPARE(find(folded, "shop/*").requests.value.value_or(0), 12.0);
        QCOMPARE(find(folded, "shop/*").severity, Severity::Critical);
        QCOMPARE(folded.members.value("shop/*"), (QStringList{"shop/cart", "shop/pay"}));
    }

    void callsAcrossAreAddedUpAndThoseInsideAreGone()
    {
        ControlList controls;
        controls.controls.resize(2);
        controls.controls[0].id = "a";
        controls.controls[0].state = "closed";
        controls.controls[1].id = "b";
        controls.controls[1].state = "open";
        const FoldedFleet folded = foldNamespaces(town(), &controls, {});
        QCOMPARE(folded.fleet.edges.size(), std::size_t(2));
        const auto shop = std::ranges::find(folded.fleet.edges, QStringLiteral("shop/*"), &FleetEdge::callee);
        QCOMPARE(shop->requests.value_or(0), 10.0);
        QCOMPARE(shop->breaker, QStringLiteral("b"));  // the open one
    }

    void anOpenedNamespaceShowsItsServices()
    {
        const FoldedFleet folded = foldNamespaces(town(), nullptr, {"shop"});
        QCOMPARE(find(folded, "shop/pay").requests.value.value_or(0), 7.0);
        QVERIFY(folded.members.contains("search/*"));
    }

    void aNamespaceOfNearlyAllIsNotFolded()
    {
        Fleet fleet;
        fleet.services = {service("svc-1", 1), service("svc-2", 1), service("svc-3", 1), service("mail", 1)};
        QCOMPARE(foldNamespaces(fleet, nullptr, {}).fleet.services.size(), std::size_t(4));
    }

    void theSlashNamesTheNamespaceBeforeAnyOtherMark()
    {
        QCOMPARE(namespaceOf("team-a/pay-db"), QStringLiteral("team-a"));
        QCOMPARE(namespaceOf("pay-db"), QStringLiteral("pay"));
        QCOMPARE(namespaceOf("gateway"), QString());
        QVERIFY(isFolded("pay/*") && !isFolded("pay"));
    }
};

QTEST_GUILESS_MAIN(TestNamespaceFold)
#include "tst_namespace_fold.moc"
