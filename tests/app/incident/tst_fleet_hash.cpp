// Qt takes the word "signals" for itself: moc must not see the namespace, and the macro must not meet it.
#ifndef Q_MOC_RUN
#define QT_NO_KEYWORDS
#include "app/incident/bundle.h"
#include "app/incident/fleet_hash.h"
#include "app/incident/then.h"
#include "app/signals/signal_service.h"
#include "tests/app/store/store_fixture.h"
using namespace holdfast;
using namespace holdfast::incident;
using holdfast::signals::SignalService;
#endif

#include <map>
#include <set>

namespace {

constexpr std::int64_t kStep = 2000;

/// Two services with traffic, a breaker and a restart, scraped into a real store on a clock that is moved by hand; the
/// signals are evaluated after each scrape, as the engine does.
class LiveFleet {
public:
    LiveFleet()
    {
        f.options.futureMs = store::kAnyAge;
        f.options.outOfOrderMs = store::kAnyAge;
        f.mustOpen();
        auto settings = std::make_shared<config::Config>();
        settings->scrapeIntervalMs = kStep;
        settings->holdfast.services["checkout"].tier = 1;
        config = std::move(settings);
        engine = std::make_unique<promql::Engine>(*f.store, f.clock, promql::EngineOptions{});
        service = std::make_unique<SignalService>(*engine, f.store.get(), f.clock, config);
    }

    void scrape(int i)
    {
        f.clock.advanceMs(kStep);
        const std::int64_t t = f.clock.wallMs() - 300;
        Batch batch{.origin = "checkout/1", .samples = {}, .metadata = {}, .exemplars = {}};
        const auto put = [&](const std::string& name, std::map<std::string, std::string> more, double v) {
            std::vector<Label> labels{{"__name__", name}};
            for (auto& [label, value] : more)
                labels.push_back({label, value});
            batch.samples.push_back({f.store->series(LabelSet(std::move(labels))).value(), t, v});
        };
        for (const std::string job : {"checkout", "payments"}) {
            const std::string instance = job + ":1";
            const double share = job == "payments" && i > 40 ? 0.2 : 0.01;
            put("up", {{"job", job}, {"instance", instance}}, job == "payments" && i % 50 == 49 ? 0 : 1);
            put("process_start_time_seconds", {{"job", job}, {"instance", instance}}, i > 60 ? 1.7e9 : 1.69e9);
            put("http_requests_total", {{"job", job}, {"instance", instance}, {"code", "200"}},
                100.0 * i * (1 - share));
            put("http_requests_total", {{"job", job}, {"instance", instance}, {"code", "500"}}, 100.0 * i * share);
            for (const auto& [le, part] : {std::pair{"0.1", 0.7}, std::pair{"0.5", 0.95}, std::pair{"+Inf", 1.0}})
                put("http_request_duration_seconds_bucket", {{"job", job}, {"instance", instance}, {"le", le}},
                    100.0 * i * part);
        }
        const auto report = f.store->appendDurably(std::move(batch));
        if (!report.ok())
            qFatal("%s", report.error().message.c_str());
    }

    store::StoreFixture f;
    std::shared_ptr<const config::Config> config;
    std::unique_ptr<promql::Engine> engine;
    std::unique_ptr<SignalService> service;
};

}  // namespace

class FleetHashTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void liveAndReplayHaveTheSameHash()
    {
        LiveFleet fleet;
        std::map<std::int64_t, std::string> live;
        for (int i = 0; i < 90; ++i) {
            fleet.scrape(i);
            const auto model = fleet.service->evaluate(fleet.f.clock.wallMs());
            QVERIFY(model.ok());
            live[(*model)->atMs] = fleetHash(**model);
        }
        std::set<std::string> different;
        int unequal = 0;
        for (const auto& [t, hash] : live) {
            different.insert(hash);
            const auto then = fleet.service->fleetAt(t, 0, 0);
            QVERIFY(then.ok());
            unequal += fleetHash(**then) == hash ? 0 : 1;
        }
        QCOMPARE(unequal, 0);
        QCOMPARE(different.size(), live.size());
        const auto last = fleet.service->fleetAt({}, 0, 0);
        QCOMPARE((*last)->services.size(), std::size_t{2});
    }

    void aBundleReplaysToTheSameHash()
    {
        LiveFleet fleet;
        for (int i = 0; i < 60; ++i) {
            fleet.scrape(i);
            QVERIFY(fleet.service->evaluate(fleet.f.clock.wallMs()).ok());
        }
        const std::int64_t t = fleet.f.clock.wallMs() - 20 * kStep;
        const std::string here = fleetHash(**fleet.service->fleetAt(t, 0, 0));
        auto redactor = Redactor::make({});
        QVERIFY(redactor.ok());
        BundleManifest manifest;
        manifest.incident = 1;
        manifest.atMs = t;
        manifest.span = {0, fleet.f.clock.wallMs()};
        const std::string file = (fleet.f.directory.path() + "/b.holdfast").toStdString();
        const auto written =
            writeBundle(file, *fleet.f.store, *fleet.f.store, manifest, *redactor, fleet.f.clock, fleet.f.log);
        QVERIFY2(written.ok(), written.ok() ? "" : written.error().message.c_str());

        store::StoreOptions options;
        options.path = file;
        options.mode = store::OpenMode::ReadOnly;
        const auto bundle = store::Store::open(options, fleet.f.clock, fleet.f.log);
        QVERIFY(bundle.ok());
        const auto read = readBundleManifest(**bundle);
        QVERIFY(read.ok());
        QCOMPARE(read->atMs, t);
        const promql::Engine engine(**bundle, fleet.f.clock, {});
        const SignalService there(engine, nullptr, fleet.f.clock, fleet.config);
        QCOMPARE(fleetHash(**there.fleetAt(t, 0, 0)), here);
    }

    void targetsAreAsTheyWereThen()
    {
        LiveFleet fleet;
        std::int64_t down = 0;
        for (int i = 0; i < 60; ++i) {
            fleet.scrape(i);
            if (i == 49)
                down = fleet.f.clock.wallMs();
        }
        const auto then = targetsAt(*fleet.engine, down);
        QVERIFY(then.ok());
        QCOMPARE(then->size(), std::size_t{2});
        QVERIFY((*then)[0].up);
        QVERIFY(!(*then)[1].up);
        QCOMPARE((*then)[1].sampleMs, down - 300);
        QVERIFY((*targetsAt(*fleet.engine, fleet.f.clock.wallMs()))[1].up);
    }
};

QTEST_GUILESS_MAIN(FleetHashTest)
#include "tst_fleet_hash.moc"
