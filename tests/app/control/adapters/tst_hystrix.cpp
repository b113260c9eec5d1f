#include "app/control/adapters/hystrix.h"
#include "app/control/adapters/hystrix_stream.h"
#include "tests/support/real_http.h"

#include <QFile>
#include <QTest>

using namespace holdfast;
using namespace holdfast::control;
using test::RealHttp;

namespace {

/// One event as the servlet writes it; unknown and odd fields are what real streams have.
std::string streamEvent(const std::string& name, const std::string& fields)
{
    return "data: {\"type\":\"HystrixCommand\",\"name\":\"" + name
           + "\",\"group\":\"payments\",\"currentTime\":1795436248079,\"errorPercentage\":0.5,\"latencyExecute\":{\"99."
             "5\":13},"
             "\"propertyValue_executionIsolationThreadPoolKeyOverride\":null,"
           + fields + "}\n\n";
}

std::string closed(const std::string& name)
{
    return streamEvent(
        name,
        R"("isCircuitBreakerOpen":false,"errorCount":1,"requestCount":4,"propertyValue_circuitBreakerForceOpen":false,)"
        R"("propertyValue_circuitBreakerForceClosed":false,"propertyValue_circuitBreakerEnabled":true,"reportingHosts":1)");
}

}  // namespace

class TestHystrix : public QObject {
    Q_OBJECT

    std::string m_stream;

    Result<Listing> list(RealHttp& server) const
    {
        server.raw = m_stream;
        config::ControlGroupConfig group;
        group.adapter = "hystrix";
        group.path = "/resilience/v1";
        const auto by = makeAdapter(group);
        Endpoint at;
        at.url = (*by)->urlFor("127.0.0.1:" + std::to_string(server.port()), group.path);
        at.timeoutMs = 2'000;
        return (*by)->list(at);
    }

private slots:
    void takesBytesInPiecesOfAnySize_data()
    {
        QTest::addColumn<int>("size");
        for (const int size : {1, 7, 4096})
            QTest::addRow("%d", size) << size;
    }
    void takesBytesInPiecesOfAnySize()
    {
        QFETCH(int, size);
        const std::string bytes = "ping: \r\n\r\n" + closed("One")
                                  + "data: {\"type\":\"HystrixThreadPool\",\"name\":\"P\"}\n\n" + "data: no json\n\n"
                                  + closed("Two");
        HystrixStream stream;
        for (std::size_t at = 0; at < bytes.size(); at += static_cast<std::size_t>(size))
            QVERIFY(stream.take(std::string_view(bytes).substr(at, static_cast<std::size_t>(size))));
        QCOMPARE(stream.commands().size(), std::size_t(2));
        QVERIFY(!stream.take(closed("One")));
    }

    void stopsAtAPing()
    {
        HystrixStream stream;
        QVERIFY(stream.take(closed("One")));
        QVERIFY(!stream.take("ping: \n"));
    }

    void tellsForcedFromComputed_data()
    {
        QTest::addColumn<QString>("fields");
        QTest::addColumn<QString>("mode");
        QTest::addColumn<QString>("state");
        QTest::newRow("open by itself") << R"("isCircuitBreakerOpen":true)"
                                        << "auto"
                                        << "open";
        QTest::newRow("forced open") << R"("isCircuitBreakerOpen":true,"propertyValue_circuitBreakerForceOpen":true)"
                                     << "forced_open"
                                     << "forced_open";
        QTest::newRow("both forced")
            << R"("propertyValue_circuitBreakerForceOpen":true,"propertyValue_circuitBreakerForceClosed":true)"
            << "forced_open"
            << "forced_open";
        QTest::newRow("forced closed") << R"("propertyValue_circuitBreakerForceClosed":true)"
                                       << "forced_closed"
                                       << "forced_closed";
        QTest::newRow("switched off") << R"("propertyValue_circuitBreakerEnabled":false)"
                                      << "disabled"
                                      << "disabled";
        QTest::newRow("two of twelve hosts of Turbine")
            << R"("isCircuitBreakerOpen":{"true":2,"false":10},"reportingHosts":12)"
            << "auto"
            << "open";
        QTest::newRow("no host of Turbine") << R"("isCircuitBreakerOpen":{"false":12},"reportingHosts":12)"
                                            << "auto"
                                            << "closed";
    }
    void tellsForcedFromComputed()
    {
        QFETCH(QString, fields);
        QFETCH(QString, mode);
        QFETCH(QString, state);
        RealHttp server([](const auto&, const auto&, const auto&) { return RealHttp::Answer{}; });
        m_stream = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream;charset=UTF-8\r\n\r\n"
                   + streamEvent("PaymentsGet", fields.toStdString()) + "ping: \n";
        const auto listing = list(server);
        QVERIFY2(listing.ok(), listing.ok() ? "" : listing.error().message.c_str());
        QCOMPARE(listing->readings.size(), std::size_t(1));
        QCOMPARE(listing->readings[0].mode, mode.toStdString());
        QCOMPARE(listing->readings[0].state, state.toStdString());
    }

    void readsARealStream()
    {
        RealHttp server([](const auto&, const auto&, const auto&) { return RealHttp::Answer{}; });
        m_stream = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream;charset=UTF-8\r\n\r\n" + closed("PaymentsGet")
                   + closed("Search") + closed("PaymentsGet");
        const auto listing = list(server);
        QVERIFY2(listing.ok(), listing.ok() ? "" : listing.error().message.c_str());
        QCOMPARE(listing->readings.size(), std::size_t(2));
        QCOMPARE(listing->readings[0].failureRatio, std::optional(0.25));
    }

    void readsWhatBrakesSends()
    {
        // The npm package brakes 3.1.0, as it was on the wire: closed, then open by itself.
        QFile file(QStringLiteral(HOLDFAST_SOURCE_DIR "/tests/app/control/adapters/hystrix.stream.txt"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const std::string bytes = file.readAll().toStdString();
        HystrixStream stream;
        QVERIFY(stream.take(bytes.substr(0, bytes.find("\n\n") + 2)));
        QVERIFY(!stream.commands().at("PaymentsGet").open);
        HystrixStream later;
        QVERIFY(later.take(bytes.substr(bytes.rfind("data: "))));
        const HystrixCommand& command = later.commands().at("PaymentsGet");
        QVERIFY(command.open);
        QVERIFY(!command.forceOpen);
        QVERIFY(command.enabled);
        QCOMPARE(command.requests, std::int64_t(6));
        QCOMPARE(command.shortCircuited, std::int64_t(4));
    }

    void saysWhenAStreamTellsNothing()
    {
        RealHttp server([](const auto&, const auto&, const auto&) { return RealHttp::Answer{}; });
        m_stream = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\nping: \n\n";
        QCOMPARE(list(server).error().kind, ErrorKind::Timeout);
        m_stream = "HTTP/1.1 401 no\r\nContent-Length: 0\r\n\r\n";
        QCOMPARE(list(server).error().kind, ErrorKind::Denied);
        m_stream = "HTTP/1.1 404 no\r\nContent-Length: 0\r\n\r\n";
        QCOMPARE(list(server).error().kind, ErrorKind::Failed);
    }

    void canOnlyBeRead()
    {
        config::ControlGroupConfig group;
        group.adapter = "hystrix";
        const auto by = makeAdapter(group);
        Change change;
        change.key = {Kind::Breaker, "PaymentsGet"};
        change.mode = "forced_open";
        QCOMPARE((*by)->apply({}, change).kind, Receipt::Kind::Rejected);
        QVERIFY(!(*by)->shape({})->readOnly.empty());
        QVERIFY(!(*by)->shape({})->accepts("forced_open"));
    }
};

QTEST_GUILESS_MAIN(TestHystrix)
#include "tst_hystrix.moc"
