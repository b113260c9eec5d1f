#include "app/base/manual_clock.h"
#include "app/engine/outage.h"
#include "app/promql/engine.h"
#include "app/store/store.h"

#include <QTemporaryDir>
#include <QTest>

#include <cstdio>
#include <memory>
#include <string>

using namespace holdfast;
using namespace holdfast::engine;

namespace {

constexpr std::int64_t kStart = 1'700'000'000'000;

}  // namespace

class TestOutage : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    ManualClock m_clock{kStart};
    Log m_log{stderr, LogLevel::Error, m_clock};
    std::unique_ptr<store::Store> m_store;

    void reopen()
    {
        m_store.reset();
        store::StoreOptions options;
        options.path = m_dir.filePath("h.db").toStdString();
        auto opened = store::Store::open(options, m_clock, m_log);
        if (!opened.ok())
            qFatal("%s", opened.error().message.c_str());
        m_store = std::move(*opened);
    }
    void write(const std::string& name, std::int64_t t, double v)
    {
        const auto id = m_store->series({{"__name__", name}, {"service", "checkout"}});
        if (!id.ok())
            qFatal("no series");
        Batch batch;
        batch.origin = "test";
        batch.samples = {{*id, t, v}};
        if (!m_store->appendDurably(std::move(batch)).ok())
            qFatal("not written");
    }
    int found(const std::string& expression, std::int64_t t)
    {
        const promql::Engine engine(*m_store, m_clock, {});
        const auto answer = engine.instant("count(" + expression + ") or vector(0)", t, {});
        return static_cast<int>(std::get<promql::InstantVector>(answer->value).front().sample.v);
    }

private slots:
    void whatAnEarlierLifeLeftIsNotDrawnThroughTheGap()
    {
        reopen();
        for (const char* name : {"holdfast:breaker:state", "ALERTS", "up", "ALERTS_FOR_STATE", "other"})
            write(name, kStart, 1);
        m_clock.advanceMs(120'000);
        reopen();
        QCOMPARE(found("{service=\"checkout\"}", kStart + 60'000), 5);
        const auto outage = endLeftSeries(*m_store, *m_store, m_store->stats().newestMs, m_clock.wallMs());
        QVERIFY(outage.ok());
        QCOMPARE(found("{service=\"checkout\"}", kStart), 5);
        // The clocks of `for` and the series of others stay.
        QCOMPARE(found("{service=\"checkout\"}", kStart + 60'000), 2);
        write("holdfast:breaker:state", kStart + 121'000, 2);
        QCOMPARE(found("holdfast:breaker:state", kStart + 121'000), 1);
        QCOMPARE(outage->fromMs, kStart);
        QCOMPARE(outage->toMs, kStart + 120'000);
        QCOMPARE(outageEvent(*outage, 5'000)->text,
                 std::string("not collecting from 22:13:20Z to 22:15:20Z (2 min): Holdfast did not run"));
        QVERIFY(!outageEvent(*outage, 40'000));
    }
    void anEmptyFileHasNoGap()
    {
        store::StoreOptions options;
        options.path = m_dir.filePath("empty.db").toStdString();
        const auto opened = store::Store::open(options, m_clock, m_log);
        QVERIFY(opened.ok());
        const auto outage = endLeftSeries(**opened, **opened, 0, m_clock.wallMs());
        QVERIFY(outage.ok());
        QVERIFY(!outageEvent(*outage, 5'000));
    }
};

QTEST_GUILESS_MAIN(TestOutage)
#include "tst_outage.moc"
