#include "app/base/manual_clock.h"
#include "app/fleet/edge.h"
#include "app/fleet/http_server.h"

#include <QTest>

#include <curl/curl.h>

#include <atomic>
#include <functional>
#include <memory>

using namespace holdfast;
using namespace holdfast::fleet;
using resilience::Deadline;

namespace {

/// A callee on a free port that answers as the test says, and a caller with all it needs.
struct Pair {
    const SystemClock clock;
    std::function<HttpAnswer(const HttpRequest&)> reply = [](const HttpRequest&) { return json(200, "{}"); };
    std::atomic<int> asked{0};
    std::unique_ptr<HttpServer> server;
    AddressBook addresses;
    resilience::Registry registry;
    GoldenSignals golden{"1", 0};
    HttpClient client;
    Random random{7};
    std::stop_source stop;
    Parts parts{clock, addresses, registry, golden, client, random, stop.get_token()};

    Pair()
    {
        server = HttpServer::start(0, [this](HttpRequest request, Responder responder) {
                     ++asked;
                     responder.send(reply(request));
                 }).value();
        addresses.add("db", server->port());
    }
    std::unique_ptr<Edge> edge(EdgeConfig config = {.callee = "db", .retry = {.attempts = 3, .baseMs = 1, .capMs = 2}})
    {
        return std::make_unique<Edge>(std::move(config), parts);
    }
};

HttpAnswer with(int status, std::vector<std::pair<std::string, std::string>> headers = {})
{
    HttpAnswer answer = json(status, "{}");
    answer.headers = std::move(headers);
    return answer;
}

}  // namespace

class TestEdge : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { curl_global_init(CURL_GLOBAL_DEFAULT); }

    void handsOnWhatIsLeftOfTheDeadline()
    {
        Pair pair;
        std::string seen;
        pair.reply = [&](const HttpRequest& request) {
            seen = request.deadline;
            return with(200);
        };
        QVERIFY(pair.edge()->call({.path = "/"}, Repeat::Safe, Deadline::after(500, pair.clock)));
        const int left = QByteArray::fromStdString(seen).toInt();
        QVERIFY2(left > 0 && left <= 500, seen.c_str());
    }

    void repeatsWhatIsSafeToRepeat()
    {
        Pair pair;
        pair.reply = [&](const HttpRequest&) { return with(pair.asked < 3 ? 503 : 200); };
        QVERIFY(pair.edge()->call({.path = "/"}, Repeat::Safe, Deadline::none()));
        QCOMPARE(pair.asked.load(), 3);
        QCOMPARE(pair.registry.calls().front().counters->attempts.load(), 3U);
    }

    void asksOnceWhatIsNotSafeToRepeat()
    {
        Pair pair;
        pair.reply = [](const HttpRequest&) { return with(503); };
        QVERIFY(!pair.edge()->call({.path = "/"}, Repeat::Never, Deadline::none()));
        QCOMPARE(pair.asked.load(), 1);
    }

    void honoursDoNotRetry()
    {
        Pair pair;
        pair.reply = [](const HttpRequest&) { return with(503, {{"X-Do-Not-Retry", "1"}}); };
        QVERIFY(!pair.edge()->call({.path = "/"}, Repeat::Safe, Deadline::none()));
        QCOMPARE(pair.asked.load(), 1);
    }

    void opensItsBreakerAndThenDoesNotAsk()
    {
        Pair pair;
        pair.reply = [](const HttpRequest&) { return with(500); };
        const auto edge = pair.edge();
        for (int i = 0; i < 15; ++i)
            QVERIFY(!edge->call({.path = "/"}, Repeat::Never, Deadline::none()));
        QCOMPARE(pair.asked.load(), 10);
        QCOMPARE(pair.registry.breaker("db")->snapshot().notPermitted, 5U);
    }

    void doesNotHoldAFailedDependencyAgainstTheCallee()
    {
        Pair pair;
        pair.reply = [](const HttpRequest&) { return with(503, {{dependencyHeader, "disk"}}); };
        const auto edge = pair.edge();
        for (int i = 0; i < 15; ++i)
            QVERIFY(!edge->call({.path = "/"}, Repeat::Never, Deadline::none()));
        QCOMPARE(pair.asked.load(), 15);
        QVERIFY(pair.registry.breaker("db")->state() == resilience::BreakerState::Closed);
    }

    void asksNobodyWhenTheDeadlineIsOver()
    {
        Pair pair;
        const auto edge = pair.edge();
        const auto answer = edge->call({.path = "/"}, Repeat::Safe, Deadline::after(0, pair.clock));
        QVERIFY(answer.error().kind == ErrorKind::Timeout);
        QCOMPARE(pair.asked.load(), 0);
        QCOMPARE(pair.registry.calls().front().counters->deadlineExceeded.load(), 1U);
    }

    void callsAPortWhereNobodyListensUnavailable()
    {
        Pair pair;
        const auto edge = pair.edge({.callee = "nobody", .retry = {.attempts = 1}});
        const auto answer = edge->call({.path = "/"}, Repeat::Safe, Deadline::none());
        QVERIFY(answer.error().kind == ErrorKind::Unavailable);
    }
};

QTEST_GUILESS_MAIN(TestEdge)
#include "tst_edge.moc"
