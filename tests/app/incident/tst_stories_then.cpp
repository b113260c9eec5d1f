// Qt takes the word "signals" for itself: moc must not see the namespace, and the macro must not meet it.
#ifndef Q_MOC_RUN
#define QT_NO_KEYWORDS
#include "app/incident/stories.h"
#include "tests/app/incident/incident_fixture.h"

#include <memory>
using namespace holdfast;
using namespace holdfast::incident;

namespace {

/// Stories over the journal and the samples of an IncidentFixture.
class Told {
public:
    [[nodiscard]] std::int64_t newest() const { return f.service->list(true, 1).front().id; }
    [[nodiscard]] std::int64_t now() const { return f.clock.wallMs(); }

    IncidentFixture f;
    promql::Engine engine{*f.store, f.clock, promql::EngineOptions{}};
    signals::SignalService model{engine, nullptr, f.clock, std::make_shared<config::Config>()};
    IncidentStories stories{StoryParts{.samples = *f.store,
                                       .journal = *f.store,
                                       .engine = engine,
                                       .signals = model,
                                       .incidents = *f.service,
                                       .clock = f.clock,
                                       .log = f.log,
                                       .overrides = {},
                                       .configYaml = {},
                                       .version = "test",
                                       .scratchFolder = f.directory.path().toStdString()}};
};

}  // namespace
#endif

/// What is told of a past instant is what was known then.
class TestStoriesThen : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aShelfIsInForceFromItsBeginToItsEnd()
    {
        Told told;
        const std::int64_t before = told.now();
        told.f.run(60);
        const auto made = told.f.service->shelve({.alert = "TargetDown",
                                                  .service = "mail",
                                                  .forMs = 3'600'000,
                                                  .untilClear = false,
                                                  .actor = "ana",
                                                  .reason = "disk is replaced"});
        QVERIFY(made.ok());
        const std::int64_t during = told.now();
        told.f.run(60);
        QVERIFY(told.f.service->unshelve(made->id, "ben").ok());
        told.f.run(5);
        const auto then = told.stories.shelves(during, false);
        QVERIFY(then.ok());
        QCOMPARE(then->size(), std::size_t{1});
        QVERIFY(!then->front().endedMs);
        QVERIFY(then->front().endedBy.empty());
        QVERIFY(told.stories.shelves(before, true)->empty());
        QVERIFY(told.stories.shelves(told.now(), false)->empty());
        QCOMPARE(QString::fromStdString(told.stories.shelves(told.now(), true)->front().endedBy), QString("ben"));
    }

    void onlyEarlierIncidentsAreLikeIt()
    {
        Told told;
        told.f.fire("payments", "latency");
        told.f.run(40);
        const std::int64_t first = told.newest();
        told.f.firing.clear();
        told.f.run(3'600);
        told.f.fire("payments", "latency");
        told.f.run(40);
        const std::int64_t second = told.newest();
        QVERIFY(second != first);
        const std::int64_t then = told.now();
        told.f.firing.clear();
        told.f.run(3'600);
        told.f.fire("payments", "latency");
        told.f.run(40);
        const auto likeIt = told.stories.similar(second, then);
        QVERIFY(likeIt.ok());
        QCOMPARE(likeIt->size(), std::size_t{1});
        QCOMPARE(likeIt->front().id, first);
        QCOMPARE(told.stories.similar(second)->size(), std::size_t{2});
    }

    void aHandoverHasAsOpenWhatWasOpenThen()
    {
        Told told;
        const std::int64_t start = told.now();
        told.f.fire("payments", "latency");
        told.f.run(40);
        const std::int64_t id = told.f.only().id;
        const std::int64_t during = told.now();
        told.f.run(60);
        QVERIFY(told.f.service->note(id, "ana", "calling the database people", true).ok());
        told.f.firing.clear();
        told.f.run(1'200);
        const auto then = told.stories.handover({start, during}, during);
        QVERIFY(then.ok());
        QCOMPARE(then->madeMs, during);
        QCOMPARE(then->open.size(), std::size_t{1});
        QVERIFY(then->over.empty());
        const auto today = told.stories.handover({start, told.now()});
        QVERIFY(today.ok());
        QVERIFY(today->open.empty());
        QCOMPARE(today->over.size(), std::size_t{1});
    }

    void anExportOfThePastHasNoLaterNote()
    {
        Told told;
        told.f.fire("payments", "latency");
        told.f.run(40);
        const std::int64_t id = told.f.only().id;
        const std::int64_t then = told.now();
        told.f.run(60);
        QVERIFY(told.f.service->note(id, "ana", "calling the database people", false).ok());
        for (const char* format : {"md", "html"}) {
            const auto early = told.stories.exportAs(id, format, {}, then);
            QVERIFY(early.ok());
            QVERIFY2(early->bytes.find("database people") == std::string::npos, format);
            const auto late = told.stories.exportAs(id, format, {});
            QVERIFY(late.ok());
            QVERIFY2(late->bytes.find("database people") != std::string::npos, format);
        }
        QVERIFY(!told.stories.exportAs(id, "md", {}, then - 3'600'000).ok());
    }

    void aControlOfAnyKindIsAsItWasReadThen()
    {
        Told told;
        const std::int64_t then = told.now();
        Batch batch{.origin = "control", .samples = {}, .metadata = {}, .exemplars = {}};
        const auto series = told.f.store->series(LabelSet{{"__name__", "holdfast_control_state"},
                                                          {"service", "edge"},
                                                          {"control", "edge/limit/weight"},
                                                          {"kind", "limit"},
                                                          {"name", "weight"},
                                                          {"instance", "a:1"},
                                                          {"state", "50"}});
        QVERIFY(series.ok());
        batch.samples.push_back({*series, then, 1});
        QVERIFY(told.f.store->append(std::move(batch)).ok());
        const auto controls = told.stories.controls(then + 1'000);
        QVERIFY(controls.ok());
        QCOMPARE(controls->size(), std::size_t{1});
        QCOMPARE(QString::fromStdString(controls->front().id), QString("edge/limit/weight"));
        QCOMPARE(QString::fromStdString(controls->front().state), QString("50"));
        QVERIFY(told.stories.controls(then - 1'000)->empty());
    }
};

QTEST_GUILESS_MAIN(TestStoriesThen)
#include "tst_stories_then.moc"
