#include <QTest>

// moc 6.4 stumbles over the standard library's <functional> and <thread>.
#ifndef Q_MOC_RUN
#include "app/api/event_source.h"
#include "app/api/http_server.h"
#include "app/base/clock.h"
#include "tests/app/api/loopback_client.h"

#include <thread>
#endif

using namespace holdfast;
using namespace holdfast::api;

namespace {

/// A listener that keeps every exchange for the test to answer.
struct Listener {
    explicit Listener(HttpServerOptions options = {})
    {
        auto started = HttpServer::start(
            std::move(options), clock,
            [](const HttpRequest&) { return Admission{.maxBody = 1000, .refusal = nullptr}; },
            [this](std::shared_ptr<HttpExchange> exchange) {
                if (exchange->request().path == "/now") {
                    exchange->respond(HttpResponse::text(200, "now"));
                    return;
                }
                const MutexLock lock(mutex);
                waiting.push_back(std::move(exchange));
            });
        if (started.ok())
            server = std::move(*started);
    }
    std::shared_ptr<HttpExchange> taken()
    {
        for (int i = 0; i < 500; ++i) {
            {
                const MutexLock lock(mutex);
                if (!waiting.empty()) {
                    auto one = std::move(waiting.back());
                    waiting.pop_back();
                    return one;
                }
            }
            QTest::qWait(10);
        }
        return nullptr;
    }
    SystemClock clock;
    Mutex mutex;
    std::vector<std::shared_ptr<HttpExchange>> waiting;
    std::unique_ptr<HttpServer> server;
};

}  // namespace

class TestHttpServer : public QObject {
    Q_OBJECT

private slots:
    void answersWhatIsRespondedLaterFromAnotherThread()
    {
        Listener listener;
        test::LoopbackClient socket(listener.server->port());
        socket.send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
        const auto exchange = listener.taken();
        QVERIFY(exchange);
        std::thread([&] { exchange->respond(HttpResponse::text(201, "made")); }).join();
        QVERIFY(socket.readUntil("made").starts_with("HTTP/1.1 201"));
    }
    void aClientThatSendsNothingHoldsNobodyUp()
    {
        Listener listener;
        test::LoopbackClient slow(listener.server->port());
        slow.send("GET /never HTTP/1.1\r\nHos");
        test::LoopbackClient quick(listener.server->port());
        quick.send("GET /now HTTP/1.1\r\nHost: x\r\n\r\n");
        QVERIFY(quick.readUntil("now").ends_with("now"));
    }
    void cancelsTheWorkOfAClientThatLeaves()
    {
        Listener listener;
        test::LoopbackClient socket(listener.server->port());
        socket.send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
        const auto exchange = listener.taken();
        QVERIFY(exchange);
        QVERIFY(!exchange->cancelled().stop_requested());
        socket.leave();
        QTRY_VERIFY_WITH_TIMEOUT(exchange->cancelled().stop_requested(), 20'000);
    }
    void refusesABodyThatIsTooLong()
    {
        Listener listener;
        test::LoopbackClient socket(listener.server->port());
        socket.send("POST /now HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n");
        QVERIFY(socket.readUntil("\r\n\r\n").starts_with("HTTP/1.1 413"));
    }
    void cutsAClientOffThatNeverFinishesItsRequest()
    {
        HttpServerOptions options;
        options.receiveMs = 100;
        Listener listener(options);
        test::LoopbackClient socket(listener.server->port());
        socket.send("GET /never HTTP/1.1\r\nHos");
        QCOMPARE(socket.readUntil("never"), std::string());
        QVERIFY(socket.closedByPeer());
    }
    void streamsEventsUntilTheyEnd()
    {
        Listener listener;
        test::LoopbackClient socket(listener.server->port());
        socket.send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n");
        const auto exchange = listener.taken();
        QVERIFY(exchange);
        const auto source = std::make_shared<EventSource>();
        exchange->stream(source);
        source->publish("commit", "{\"t\":1}");
        QVERIFY(socket.readUntil("data: {\"t\":1}\n\n").find("event: commit\n") != std::string::npos);
        source->publish("commit", "{\"t\":2}");
        QVERIFY(socket.readUntil("{\"t\":2}").find("data: {\"t\":2}\n") != std::string::npos);
        source->close();
        QVERIFY(socket.readUntil("0\r\n\r\n").find("0\r\n\r\n") != std::string::npos);
    }
    void stopsWhileRequestsWait()
    {
        HttpServerOptions options;
        options.stopMs = 50;
        Listener listener(options);
        test::LoopbackClient socket(listener.server->port());
        socket.send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
        const auto exchange = listener.taken();
        QVERIFY(exchange);
        listener.server->stop();
        QVERIFY(exchange->cancelled().stop_requested());
    }
};

QTEST_GUILESS_MAIN(TestHttpServer)
#include "tst_http_server.moc"
