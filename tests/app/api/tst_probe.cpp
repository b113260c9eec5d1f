#include "app/api/probe.h"

#include <QTest>

#include <algorithm>

using namespace holdfast;
using namespace holdfast::api;

namespace {

ProbeReport judged(const std::string& body)
{
    ProbeReport report;
    judgeExposition(body, "text/plain; version=0.0.4", report);
    return report;
}

const ProbedSignal& one(const ProbeReport& report, const std::string& id)
{
    return *std::ranges::find(report.signalList, id, &ProbedSignal::id);
}

}  // namespace

class TestProbe : public QObject {
    Q_OBJECT

private slots:
    void readsAnAddressAsItIsTyped_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("job");
        QTest::newRow("host and port") << " localhost:8080\n"
                                       << "http://localhost:8080/metrics"
                                       << "port-8080";
        QTest::newRow("whole") << "http://127.0.0.1:9100/metrics"
                               << "http://127.0.0.1:9100/metrics"
                               << "port-9100";
        QTest::newRow("root") << "https://checkout.shop.svc/"
                              << "https://checkout.shop.svc/metrics"
                              << "checkout";
        QTest::newRow("parameter") << "http://b:9115/probe?module=x#top"
                                   << "http://b:9115/probe?module=x"
                                   << "b";
        QTest::newRow("IPv6") << "[::1]:80"
                              << "http://[::1]:80/metrics"
                              << "port-80";
    }
    void readsAnAddressAsItIsTyped()
    {
        QFETCH(QString, typed);
        const auto report = splitUrl(typed.toStdString());
        QVERIFY2(report.ok(), report.ok() ? "" : report.error().message.c_str());
        QTEST(QString::fromStdString(report->url), "url");
        QTEST(QString::fromStdString(report->job), "job");
    }

    void refusesWhatIsNoAddress_data()
    {
        QTest::addColumn<QString>("typed");
        for (const char* text : {"", "ftp://h/", "file:///etc/passwd", "http://", "http://h:99999/", "a b:80",
                                 "http://me:secret@h:80/", "h:port"})
            QTest::newRow(text) << text;
    }
    void refusesWhatIsNoAddress()
    {
        QFETCH(QString, typed);
        const auto report = splitUrl(typed.toStdString());
        QVERIFY(!report.ok());
        QCOMPARE(report.error().kind, ErrorKind::BadInput);
    }

    void findsProfileServicesAndSignals()
    {
        const ProbeReport report =
            judged("http_server_requests_seconds_count{application=\"checkout\",outcome=\"SUCCESS\"} 5\n"
                   "http_server_requests_seconds_sum{application=\"checkout\",outcome=\"SUCCESS\"} 2\n"
                   "resilience4j_circuitbreaker_state{application=\"checkout\",name=\"payments\",state=\"open\"} 1\n");
        QCOMPARE(report.error, std::string());
        QCOMPARE(report.profile, std::string("micrometer"));
        QCOMPARE(report.services, std::vector<std::string>{"checkout"});
        QCOMPARE(report.breakers, std::vector<std::string>{"payments"});
        QVERIFY(one(report, "requests").found());
        QVERIFY(one(report, "errors").found());  // none yet, but they would be told apart
        QVERIFY(!one(report, "latency").found());
        QVERIFY(one(report, "latency").gap.find("percentiles-histogram") != std::string::npos);
    }

    void missesErrorsThatNoLabelTells()
    {
        const ProbeReport report = judged("http_requests_total{method=\"GET\"} 5\n");
        QCOMPARE(report.profile, std::string("prometheus"));
        QVERIFY(one(report, "requests").found());
        QVERIFY(!one(report, "errors").found());
    }

    void saysWhenItKnowsNoConvention()
    {
        const ProbeReport report = judged("my_own_metric 1\n");
        QCOMPARE(report.error, std::string());
        QCOMPARE(report.profile, std::string());
        QCOMPARE(report.samples, std::int64_t{1});
        QVERIFY(std::ranges::none_of(report.signalList, &ProbedSignal::found));
    }

    void saysWhatIsNoExposition()
    {
        const ProbeReport report = judged("<html><body>Login</body></html>\n");
        QVERIFY(!report.error.empty());
        QVERIFY(report.errorWords.find("Prometheus") != std::string::npos);
    }

    void saysThatNothingListens()
    {
        const auto report = probe("http://127.0.0.1:1/metrics");
        QVERIFY(report.ok());
        QVERIFY(report->errorWords.find("127.0.0.1:1") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestProbe)
#include "tst_probe.moc"
