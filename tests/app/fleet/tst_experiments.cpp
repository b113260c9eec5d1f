#include "app/base/clock.h"
#include "app/fleet/experiments/experiments.h"
#include "app/fleet/http_server.h"

#include <QTest>

#include <curl/curl.h>

#include <atomic>
#include <cmath>
#include <set>

using namespace holdfast;
using namespace holdfast::fleet;

namespace {

LoopConfig loopTo(const HttpServer& server, double seconds)
{
    return {.ports = {server.port()},
            .pages = {{"home", "/"}},
            .perSecond = [](double) { return 100.0; },
            .seconds = seconds,
            .timeoutMs = 20'000,
            .tick = [](double) {}};
}

}  // namespace

class TestExperiments : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { curl_global_init(CURL_GLOBAL_DEFAULT); }

    void compareRunsUnderTheSameLoadAndFaultWithThePracticeOffFirst()
    {
        std::set<std::string> names;
        for (const Experiment& one : experiments()) {
            QVERIFY(names.insert(one.name).second);
            QVERIFY(one.runs.size() >= 2);
            QVERIFY(!one.runs.front().practice);
            QVERIFY(one.runs.back().practice);
            for (const RunConfig& run : one.runs) {
                QCOMPARE(run.perSecond, one.runs.front().perSecond);
                QCOMPARE(run.spike, one.runs.front().spike);
                QCOMPARE(run.fault, one.runs.front().fault);
                QCOMPARE(run.faultService, one.runs.front().faultService);
                QCOMPARE(run.patienceMs, one.runs.front().patienceMs);
                QCOMPARE(run.table.lengthS, one.runs.front().table.lengthS);
            }
        }
        QVERIFY(names.size() >= 9);
    }

    void judgePagesThatTheShopHas()
    {
        for (const Experiment& one : experiments())
            for (const std::string& judged : one.runs.front().judged)
                QVERIFY2(std::ranges::count(shopPages(), judged, &Page::label) == 1, judged.c_str());
    }

    void nameWhatThereIsWhenOneIsUnknown()
    {
        const auto result = runExperiments({.name = "nonesuch", .directory = {}, .report = {}});
        QVERIFY(!result.ok());
        QVERIFY(result.error().message.find("retry-storm") != std::string::npos);
    }

    void sendArrivalsThoughNoAnswersCome()
    {
        const SystemClock clock;
        std::vector<Responder> kept;  // touched by the server's thread only, until it is gone
        std::vector<Outcome> outcomes;
        {
            const auto server =
                HttpServer::start(0, [&](HttpRequest, Responder responder) { kept.push_back(std::move(responder)); });
            QVERIFY(server.ok());
            LoopConfig loop = loopTo(**server, 0.5);
            loop.timeoutMs = 100;
            outcomes = runOpenLoop(loop, 3, clock);
            kept.clear();
        }
        QVERIFY2(outcomes.size() > 25, QByteArray::number(qsizetype(outcomes.size())).constData());
        for (const Outcome& one : outcomes)
            QVERIFY(std::isinf(one.tookS));
    }

    void repeatFailuresOnlyWhileTheBudgetPays()
    {
        const SystemClock clock;
        std::atomic<int> asked{0};
        const auto server = HttpServer::start(0, [&](HttpRequest, Responder responder) {
            ++asked;
            responder.send({.status = 503, .body = "", .contentType = "text/plain", .headers = {}});
        });
        QVERIFY(server.ok());
        LoopConfig loop = loopTo(**server, 0.4);
        loop.persistence = {.attempts = 3, .disciplined = true, .perCall = 0, .burst = 5};
        const auto outcomes = runOpenLoop(loop, 3, clock);
        QCOMPARE(asked.load(), static_cast<int>(outcomes.size()) + 5);
    }

    void doNotRepeatWhatTheServiceForbids()
    {
        const SystemClock clock;
        std::atomic<int> asked{0};
        const auto server = HttpServer::start(0, [&](HttpRequest, Responder responder) {
            ++asked;
            responder.send({.status = 503,
                            .body = "",
                            .contentType = "text/plain",
                            .headers = {{std::string(resilience::doNotRetryHeader), "1"}}});
        });
        QVERIFY(server.ok());
        LoopConfig loop = loopTo(**server, 0.3);
        loop.persistence = {.attempts = 3, .disciplined = true};
        const auto outcomes = runOpenLoop(loop, 3, clock);
        QCOMPARE(asked.load(), static_cast<int>(outcomes.size()));
    }

    void repeatEverythingAtOnceWithoutDiscipline()
    {
        const SystemClock clock;
        std::atomic<int> asked{0};
        const auto server = HttpServer::start(0, [&](HttpRequest, Responder responder) {
            ++asked;
            responder.send({.status = 500, .body = "", .contentType = "text/plain", .headers = {}});
        });
        QVERIFY(server.ok());
        LoopConfig loop = loopTo(**server, 0.3);
        loop.persistence = {.attempts = 3, .disciplined = false};
        const auto outcomes = runOpenLoop(loop, 3, clock);
        QCOMPARE(asked.load(), 3 * static_cast<int>(outcomes.size()));
    }

    void haveTheSameArrivalsWithTheSameSeedWhateverTheAnswers()
    {
        const SystemClock clock;
        const auto answering = [](int status) {
            return HttpServer::start(0, [status](HttpRequest, Responder responder) {
                responder.send({.status = status, .body = "", .contentType = "text/plain", .headers = {}});
            });
        };
        const auto good = answering(200);
        const auto bad = answering(503);
        QVERIFY(good.ok() && bad.ok());
        LoopConfig toGood = loopTo(**good, 0.3);
        LoopConfig toBad = loopTo(**bad, 0.3);
        toGood.pages = toBad.pages = shopPages();
        toBad.persistence = {.attempts = 3, .disciplined = false};
        const auto one = runOpenLoop(toGood, 3, clock);
        const auto other = runOpenLoop(toBad, 3, clock);
        QCOMPARE(one.size(), other.size());
        for (std::size_t i = 0; i < one.size(); ++i) {
            QCOMPARE(one[i].atS, other[i].atS);
            QCOMPARE(one[i].page, other[i].page);
        }
    }
};

QTEST_GUILESS_MAIN(TestExperiments)
#include "tst_experiments.moc"
