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

class TestExperiments : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { curl_global_init(CURL_GLOBAL_DEFAULT); }

    void compareAtLeastTwoRunsEachUnderTheSameLoadAndTrouble()
    {
        std::set<std::string> names;
        for (const Experiment& one : experiments()) {
            QVERIFY(names.insert(one.name).second);
            QVERIFY(one.runs.size() >= 2);
            for (const RunConfig& run : one.runs) {
                QCOMPARE(run.perSecond, one.runs.front().perSecond);
                QCOMPARE(run.spike, one.runs.front().spike);
                QCOMPARE(run.fault, one.runs.front().fault);
                QCOMPARE(run.slowMs, one.runs.front().slowMs);
            }
        }
        QVERIFY(names.contains("retry-storm"));
    }

    void nameWhatThereIsWhenOneIsUnknown()
    {
        const auto result = runExperiments("nonesuch", "", 1);
        QVERIFY(!result.ok());
        QVERIFY(result.error().message.find("retry-storm") != std::string::npos);
    }

    void sendArrivalsThoughNoAnswersCome()
    {
        const SystemClock clock;
        std::vector<Responder> kept;  // touched by the server's thread only, until it is gone
        Random random(3);
        std::vector<Outcome> outcomes;
        {
            const auto server =
                HttpServer::start(0, [&](HttpRequest, Responder responder) { kept.push_back(std::move(responder)); });
            QVERIFY(server.ok());
            LoopConfig loop;
            loop.port = (*server)->port();
            loop.paths = {"/"};
            loop.perSecond = [](double) { return 100.0; };
            loop.seconds = 0.5;
            loop.timeoutMs = 100;
            loop.tick = [](double) {};
            outcomes = runOpenLoop(loop, random, clock);
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
        resilience::RetryBudget budget(0, 5);
        Random random(3);
        LoopConfig loop;
        loop.port = (*server)->port();
        loop.paths = {"/"};
        loop.perSecond = [](double) { return 100.0; };
        loop.seconds = 0.4;
        loop.attempts = 3;
        loop.budget = &budget;
        loop.tick = [](double) {};
        const auto outcomes = runOpenLoop(loop, random, clock);
        QCOMPARE(asked.load(), static_cast<int>(outcomes.size()) + 5);
    }
};

QTEST_GUILESS_MAIN(TestExperiments)
#include "tst_experiments.moc"
