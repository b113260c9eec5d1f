#include "app/config/load_config.h"
#include "tests/integration/fleet_process.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <curl/curl.h>
#include <nlohmann/json.hpp>

#include <csignal>
#include <functional>
#include <map>
#include <string>
#include <vector>

using namespace holdfast;
using namespace holdfast::test;
using nlohmann::json;

class TestFleet : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { curl_global_init(CURL_GLOBAL_DEFAULT); }

    void servesMetricsThatParseOnEveryInstance()
    {
        RunningFleet fleet;
        QVERIFY2(fleet.start(), fleet.process.readAll());
        int instances = 0;
        for (const auto& [service, ports] : fleet.ports.items())
            for (const int port : ports) {
                const HttpReply answer = http("GET", port, "/metrics");
                QCOMPARE(answer.status, 200L);
                const auto series = parseBody(answer.body);
                QVERIFY2(series.contains("process_start_time_seconds"), answer.body.c_str());
                ++instances;
            }
        QVERIFY2(instances >= 20, QByteArray::number(instances).constData());
    }

    void isUnderLoadWithoutErrorsWhenNothingIsBroken()
    {
        RunningFleet fleet;
        QVERIFY2(fleet.start(), fleet.process.readAll());
        const auto served = [&](const std::string& code) {
            return parseBody(http("GET", fleet.first("gateway"), "/metrics")
                                 .body)["http_requests_total{code=\"" + code + "\",method=\"GET\",route=\"/product\"}"];
        };
        QVERIFY(within(15'000, [&] { return served("200") >= 20; }));
        QCOMPARE(served("503"), 0.0);
    }

    void readsAForcedOpenBreakerBackAndTheMetricsAgree()
    {
        RunningFleet fleet;
        QVERIFY2(fleet.start(), fleet.process.readAll());
        const int port = fleet.first("checkout");
        QVERIFY(fleet.put(port, "/breakers/payments", "forced_open", 60)["state"] == "forced_open");
        const json breaker = fleet.get(port, "/breakers/payments");
        QVERIFY(breaker["mode"] == "forced_open");
        QVERIFY(breaker["lease"]["actor"] == "tst_fleet");

        const std::string labels = R"({name="payments",callee="payments")";
        auto series = parseBody(http("GET", port, "/metrics").body);
        QCOMPARE(series["resilience_circuitbreaker_state" + labels + R"(,state="forced_open"})"], 1.0);
        QCOMPARE(series["resilience_circuitbreaker_state" + labels + R"(,state="closed"})"], 0.0);
        QVERIFY(within(10'000, [&] {
            return parseBody(http("GET", port, "/metrics")
                                 .body)["resilience_circuitbreaker_not_permitted_calls_total" + labels + "}"]
                   > 0;
        }));
    }

    void endsALeaseByItself()
    {
        RunningFleet fleet;
        QVERIFY2(fleet.start(), fleet.process.readAll());
        const int port = fleet.first("gateway");
        QVERIFY(fleet.put(port, "/flags/recommendations-off", "forced_on", 1)["on"] == true);
        QVERIFY(within(5'000, [&] { return fleet.get(port, "/flags/recommendations-off")["mode"] == "auto"; }));
        const json flag = fleet.get(port, "/flags/recommendations-off");
        QVERIFY(flag["on"] == false);
        QVERIFY(flag["lease"].is_null());
        QVERIFY(flag["revision"] == 2);
    }

    void refusesAChangeWithoutTheToken()
    {
        RunningFleet fleet;
        QVERIFY2(fleet.start(), fleet.process.readAll());
        const HttpReply answer = http("PUT", fleet.first("checkout"), "/resilience/v1/breakers/payments",
                                      R"({"mode":"forced_open","ttl_s":9,"reason":"r","actor":"a"})", "wrong");
        QCOMPARE(answer.status, 401L);
    }

    void opensTheBreakerWhenTheDatabaseIsSlowAndClosesItAfterwards()
    {
        RunningFleet fleet;
        QVERIFY2(fleet.start(), fleet.process.readAll());
        const auto setSlow = [&](const char* mode) {
            for (const int port : fleet.of("payments-db"))
                fleet.put(port, "/flags/fault-slow", mode, 120);
        };
        const auto breakers = [&](const char* state) {
            int count = 0;
            for (const int port : fleet.of("checkout"))
                count += fleet.get(port, "/breakers/payments")["state"] == state ? 1 : 0;
            return count;
        };
        setSlow("forced_on");
        QVERIFY2(within(60'000, [&] { return breakers("open") > 0; }), "no breaker of checkout opened in 60 s");
        setSlow("auto");
        QVERIFY2(within(60'000, [&] { return breakers("closed") == 3; }), "not every breaker closed in 60 s");
    }

    void writesAConfigurationThatHoldfastReads()
    {
        RunningFleet fleet;
        QVERIFY2(fleet.start(), fleet.process.readAll());
        const auto config = config::loadConfig(fleet.file("holdfast.yml"));
        QVERIFY2(config.ok(), config.ok() ? "" : config.error().message.c_str());
        QCOMPARE(config->warnings.size(), 0U);
        QCOMPARE(config->scrapeConfigs.size(), 10U);
        QCOMPARE(config->scrapeIntervalMs, 2'000);
        QCOMPARE(config->holdfast.environment, "DEMO");
        QCOMPARE(config->holdfast.controls.size(), 1U);
        QVERIFY(config->holdfast.controls.front().armed);
        QCOMPARE(config::secretText(config->holdfast.controls.front().actToken).value(), fleet.token);
    }

    void keepsItsTokenToItsUser()
    {
        RunningFleet fleet;
        QVERIFY2(fleet.start(), fleet.process.readAll());
        const auto others = QFile(fleet.folder.filePath("token")).permissions()
                            & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther);
        QVERIFY(!others);
    }

    void stopsWhileRequestsRun()
    {
        RunningFleet fleet;
        QVERIFY2(fleet.start(), fleet.process.readAll());
        for (const int port : fleet.of("payments-db"))
            fleet.put(port, "/flags/fault-slow", "forced_on", 60);
        QTest::qWait(500);
        fleet.process.terminate();
        QVERIFY(fleet.process.waitForFinished(20'000));
        QCOMPARE(fleet.process.exitCode(), 0);
    }

    void endsWithItsParent()
    {
        QProcess parent;
        parent.start("sleep", {"60"});
        QVERIFY(parent.waitForStarted());
        RunningFleet fleet;
        QVERIFY2(fleet.start({"--parent-pid", QString::number(parent.processId())}), fleet.process.readAll());
        parent.kill();
        QVERIFY(parent.waitForFinished());
        QVERIFY(fleet.process.waitForFinished(4'000));
        QCOMPARE(fleet.process.exitCode(), 0);
    }

    void refusesAPortThatIsTaken()
    {
        RunningFleet fleet;
        QVERIFY2(fleet.start(), fleet.process.readAll());
        QProcess second;
        second.setProcessChannelMode(QProcess::MergedChannels);
        second.start(
            QStringLiteral(HOLDFAST_BIN_DIR "/holdfast-fleet"),
            {"--port-base", QString::number(fleet.first("gateway")), "--token-file", fleet.folder.filePath("token")});
        QVERIFY(second.waitForFinished(5'000));
        QCOMPARE(second.exitCode(), 2);
        QVERIFY(second.readAll().contains("--port-base"));
    }

    void namesTheScenariosWhenOneIsUnknown()
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(QStringLiteral(HOLDFAST_BIN_DIR "/holdfast-fleet"), {"--scenario", "nonesuch"});
        QVERIFY(process.waitForFinished(5'000));
        QCOMPARE(process.exitCode(), 2);
        QVERIFY(process.readAll().contains("payments-db"));
    }
};

QTEST_GUILESS_MAIN(TestFleet)
#include "tst_fleet.moc"
