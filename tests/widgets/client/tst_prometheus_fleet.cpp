#include "widgets/client/prometheus_alerts.h"
#include "widgets/client/prometheus_controls.h"
#include "widgets/client/prometheus_fleet.h"
#include "widgets/client/prometheus_page.h"
#include "widgets/client/prometheus_targets.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace holdfast::widgets;

namespace {

/// JSON with single quotes, for readers.
QByteArray json(QByteArray text)
{
    return text.replace("'", "\"");
}

QByteArray series(const QByteArray& labels, const QByteArray& values)
{
    return json("{'metric':{" + labels + "},'values':[" + values + "]}");
}

QByteArray answer(const QList<QByteArray>& all)
{
    return json("{'status':'success','data':{'resultType':'matrix','result':[") + all.join(',') + "]}}";
}

const FleetService* find(const Fleet& fleet, const char* name)
{
    const auto found = std::ranges::find(fleet.services, QLatin1String(name), &FleetService::name);
    return found == fleet.services.end() ? nullptr : &*found;
}

/// Place of a convention in the table, as the answer's tags carry it: 0 prometheus, 1 micrometer.
const QByteArray shop = answer({
    series("'holdfast':'instances','job':'payments'", "[100,'3'],[130,'3']"),
    series("'holdfast':'up','job':'payments'", "[100,'3'],[130,'2']"),
    series("'holdfast':'requests/1','job':'payments'", "[100,'10'],[130,'12']"),
    series("'holdfast':'errors/1','job':'payments'", "[100,'0'],[130,'0.2']"),
    series("'holdfast':'p99/1','job':'payments'", "[100,'0.1'],[130,'NaN']"),
    series("'holdfast':'used/1','job':'payments','resource':'pool'", "[130,'0.97']"),
    series("'holdfast':'used/4','job':'payments','resource':'file descriptors'", "[130,'0.1']"),
    series("'holdfast':'instances','job':'quiet'", "[130,'1']"),
    series("'holdfast':'up','job':'quiet'", "[130,'1']"),
    series("'holdfast':'breaker','job':'payments','name':'db','callee':'payments-db','state':'open'", "[130,'2']"),
    series("'holdfast':'failed/1/0','caller':'payments','callee':'payments-db'", "[130,'3']"),
    series("'holdfast':'calls/0/0','caller':'payments','callee':'payments-db'", "[130,'6']"),
});

}  // namespace

class TestPrometheusFleet : public QObject {
    Q_OBJECT

private slots:
    void readsTheSignalsOfNowAndTheirPast()
    {
        const auto fleet = decodePrometheusFleet(shop);
        QVERIFY(fleet.ok());
        QCOMPARE(fleet->atMs, std::int64_t(130'000));
        QCOMPARE(fleet->sparkStepMs, std::int64_t(30'000));
        const FleetService* payments = find(*fleet, "payments");
        QVERIFY(payments);
        QCOMPARE(payments->requests.value.value_or(0), 12.0);
        QCOMPARE(payments->requests.spark, (std::vector<double>{10, 12}));
        QCOMPARE(payments->profile, QStringLiteral("micrometer"));
        QCOMPARE(payments->instancesUp, std::int64_t(2));
    }

    void aShareAboveTheObjectiveIsAbnormal()
    {
        const auto fleet = decodePrometheusFleet(shop);
        QVERIFY(fleet.ok());
        QCOMPARE(find(*fleet, "payments")->errors.severity, Severity::Critical);
        QCOMPARE(find(*fleet, "payments")->severity, Severity::Critical);
        QCOMPARE(find(*fleet, "quiet")->severity, Severity::Normal);
    }

    void aQuantileOfNothingIsNoNumber()
    {
        const auto fleet = decodePrometheusFleet(shop);
        QVERIFY(fleet.ok());
        QCOMPARE(find(*fleet, "payments")->p99.state, ValueState::NoTraffic);
        QCOMPARE(find(*fleet, "quiet")->p99.state, ValueState::Absent);
    }

    void theFullestResourceIsTheHeadroom()
    {
        const auto fleet = decodePrometheusFleet(shop);
        QVERIFY(fleet.ok());
        const SignalValue& headroom = find(*fleet, "payments")->headroom;
        QVERIFY(std::abs(headroom.value.value_or(0) - 0.03) < 1e-9);
        QCOMPARE(headroom.resource, QStringLiteral("pool"));
        QCOMPARE(headroom.severity, Severity::Critical);
    }

    void anEdgeHasItsCallsItsErrorsAndItsBreaker()
    {
        const auto fleet = decodePrometheusFleet(shop);
        QVERIFY(fleet.ok());
        QCOMPARE(fleet->edges.size(), std::size_t(1));
        const FleetEdge& edge = fleet->edges.front();
        QCOMPARE(edge.requests.value_or(0), 6.0);
        QCOMPARE(edge.errors.value_or(0), 0.5);
        QCOMPARE(edge.breaker, QStringLiteral("payments/breaker/db"));
        QCOMPARE(find(*fleet, "payments")->breakers.open, std::int64_t(2));
    }

    void aPageHasTheLanesOfItsConvention()
    {
        const auto page = decodePrometheusPage(shop, QStringLiteral("payments"), QStringLiteral("1m"));
        QVERIFY(page.ok());
        const auto requests = std::ranges::find(page->lanes, QStringLiteral("requests"), &LaneSpec::id);
        QVERIFY(requests != page->lanes.end());
        QCOMPARE(requests->queries.front().expr,
                 QStringLiteral("sum by (job) (rate(http_server_requests_seconds_count{job=\"payments\"}[1m]))"));
        QCOMPARE(page->callees, QStringList{QStringLiteral("payments-db")});
        QCOMPARE(page->breakers.size(), std::size_t(1));
    }

    void aPageWithoutKnownMetricsSaysWhatIsMissing()
    {
        const auto page = decodePrometheusPage(shop, QStringLiteral("quiet"), QStringLiteral("1m"));
        QVERIFY(page.ok());
        for (const LaneSpec& lane : page->lanes)
            QVERIFY2(!lane.queries.empty() || !lane.missing.isEmpty(), qPrintable(lane.id));
        QVERIFY(!decodePrometheusPage(shop, QStringLiteral("nobody"), QStringLiteral("1m")).ok());
    }

    void aMixedBreakerTellsItsWorstState()
    {
        const auto controls = decodePrometheusControls(
            json("{'status':'success','data':{'result':["
                 "{'metric':{'job':'cart','name':'pay','callee':'payments','state':'open'},'value':[100,'1']},"
                 "{'metric':{'job':'cart','name':'pay','callee':'payments','state':'closed'},'value':[100,'2']}]}}"));
        QVERIFY(controls.ok());
        QCOMPARE(controls->controls.size(), std::size_t(1));
        const Control& control = controls->controls.front();
        QCOMPARE(control.state, QStringLiteral("open"));
        QCOMPARE(control.k, std::int64_t(1));
        QCOMPARE(control.n, std::int64_t(3));
        QVERIFY(!control.locked.isEmpty());
    }

    void aFailedScrapeIsSaidInWords()
    {
        const auto targets = decodePrometheusTargets(json(
            "{'status':'success','data':{'activeTargets':["
            "{'discoveredLabels':{'__address__':'db:9100'},'labels':{'job':'db','instance':'db:9100'},"
            "'scrapePool':'db','scrapeUrl':'http://db:9100/metrics','lastScrape':'2026-11-23T22:16:43.818796073Z',"
            "'lastError':'Get %22http://db:9100/metrics%22: dial tcp: connect: connection refused','health':'down',"
            "'lastScrapeDuration':0.5,'scrapeInterval':'15s','scrapeTimeout':'10s'}]}}"));
        QVERIFY(targets.ok());
        const Target& target = targets->targets.front();
        QCOMPARE(target.intervalMs, std::int64_t(15'000));
        QCOMPARE(target.durationMs, 500.0);
        QVERIFY(target.lastScrapeMs > 1'700'000'000'000);
        QVERIFY(target.errorWords.contains(QLatin1String("Nothing listens on db:9100")));
        QCOMPARE(target.discovered.value(QStringLiteral("__address__")), QStringLiteral("db:9100"));
    }

    void firingAlertsComeFirstAndQuietRulesAreCounted()
    {
        const auto alerts = decodePrometheusAlerts(
            json("{'status':'success','data':{'groups':[{'name':'g','rules':["
                 "{'type':'alerting','name':'Quiet','query':'vector(0) > 1','alerts':[],'labels':{}},"
                 "{'type':'recording','name':'a:b'},"
                 "{'type':'alerting','name':'Down','query':'up == 0','duration':10,'labels':{'severity':'page'},"
                 "'alerts':[{'state':'firing','value':'0e+00','activeAt':'2026-11-23T22:15:27Z',"
                 "'labels':{'alertname':'Down','job':'db','severity':'page'},'annotations':{'summary':'db is down'}}]}"
                 "]}]}}"));
        QVERIFY(alerts.ok());
        QCOMPARE(alerts->rules, std::int64_t(2));
        QCOMPARE(alerts->firing, std::int64_t(1));
        QCOMPARE(alerts->alerts.front().name, QStringLiteral("Down"));
        QCOMPARE(alerts->alerts.front().service, QStringLiteral("db"));
        QCOMPARE(alerts->alerts.front().summary, QStringLiteral("db is down"));
    }

    void anErrorOfTheApiIsHandedOn()
    {
        const auto fleet =
            decodePrometheusFleet(json("{'status':'error','errorType':'timeout','error':'query timed out'}"));
        QVERIFY(!fleet.ok());
        QCOMPARE(fleet.error().message, std::string("query timed out"));
    }
};

QTEST_GUILESS_MAIN(TestPrometheusFleet)
#include "tst_prometheus_fleet.moc"
