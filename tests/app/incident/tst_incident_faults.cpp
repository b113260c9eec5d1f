// A field is called signals, which is a keyword of Qt otherwise.
#define QT_NO_KEYWORDS
#include "tests/app/incident/incident_fixture.h"

#include <QElapsedTimer>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace holdfast;
using namespace holdfast::incident;

namespace {

/// 10 000 alerts in one evaluation: `services` different ones.
void flood(IncidentFixture& f, int services)
{
    for (int i = 0; i < 10'000; ++i)
        f.fire("svc-" + std::to_string(i % services), "errors", "page", "dep-" + std::to_string(i));
}

/// The child's life: records events without end and says which are acknowledged, until it is killed.
[[noreturn]] void recordForEver(const std::string& path, int pipe)
{
    ManualClock clock{1'700'000'000'000};
    Log log{stderr, LogLevel::Error, clock};
    store::StoreOptions options;
    options.path = path;
    auto store = store::Store::open(options, clock, log);
    if (!store.ok())
        ::_exit(2);
    auto service = IncidentService::open(**store, nullptr, clock, log);
    if (!service.ok())
        ::_exit(3);
    for (int i = 0;; ++i) {
        clock.advanceMs(1000);
        Event event;
        event.kind = "note";
        event.service = "mail";
        event.text = "event " + std::to_string(i);
        const auto id = (*service)->recordEvent(event);
        if (!id.ok() || ::write(pipe, &*id, sizeof *id) != sizeof *id)
            ::_exit(4);
    }
}

}  // namespace

class IncidentFaultsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tenThousandAlertsOfAFewServicesAreAFewIncidents()
    {
        IncidentFixture f;
        flood(f, 20);
        QElapsedTimer timer;
        timer.start();
        f.run(5);
        qInfo("10 000 alerts of 20 services: %lld ms", timer.restart());
        f.clock.advanceMs(30'000);
        f.run(5);
        const auto all = f.service->list(true, 100);
        QCOMPARE(all.size(), std::size_t{20});
        QVERIFY(all.front().flood);
        QCOMPARE(all.front().signals, std::size_t{500});
        timer.restart();
        f.run(5);
        qInfo("one more evaluation: %lld ms", timer.elapsed());
        const auto detail = f.service->detail(all.front().id);
        QVERIFY(detail.ok());
        QVERIFY(detail->timeline.size() < 120);
    }

    void tenThousandUnconnectedAlertsAreOneFlood()
    {
        IncidentFixture f;
        flood(f, 10'000);
        QElapsedTimer timer;
        timer.start();
        f.run(5);
        qInfo("10 000 alerts of 10 000 services: %lld ms", timer.elapsed());
        f.clock.advanceMs(30'000);
        f.run(5);
        const auto all = f.service->list(true, 1000);
        QVERIFY2(all.size() < 60, qPrintable(QString::number(all.size())));
        std::size_t signals = 0;
        for (const auto& one : all)
            signals += one.signals;
        QCOMPARE(signals, std::size_t{10'000});
        QVERIFY(all.front().title.size() < 400);
    }

    void noAcknowledgedEventIsLostWhenTheEngineIsKilled()
    {
        QTemporaryDir directory;
        const std::string path = (directory.path() + "/h.db").toStdString();
        for (int life = 0; life < 3; ++life) {
            int ends[2];
            QVERIFY(::pipe(ends) == 0);
            const pid_t child = ::fork();
            if (child == 0) {
                ::close(ends[0]);
                recordForEver(path, ends[1]);
            }
            ::close(ends[1]);
            std::vector<std::int64_t> acknowledged;
            std::int64_t id = 0;
            while (acknowledged.size() < 40 + 7U * static_cast<unsigned>(life)
                   && ::read(ends[0], &id, sizeof id) == sizeof id)
                acknowledged.push_back(id);
            ::kill(child, SIGKILL);
            while (::read(ends[0], &id, sizeof id) == sizeof id)
                acknowledged.push_back(id);
            ::close(ends[0]);
            QVERIFY(::waitpid(child, nullptr, 0) == child);
            QVERIFY(acknowledged.size() >= 40);

            ManualClock clock{1'700'000'000'000};
            Log log{stderr, LogLevel::Error, clock};
            store::StoreOptions options;
            options.path = path;
            auto store = store::Store::open(options, clock, log);
            QVERIFY2(store.ok(), store.ok() ? "" : store.error().message.c_str());
            const auto rows = (*store)->read({"SELECT id FROM event ORDER BY id", {}});
            QVERIFY(rows.ok());
            std::set<std::int64_t> there;
            for (const auto& row : *rows)
                there.insert(row.integer(0));
            for (const std::int64_t one : acknowledged)
                QVERIFY2(there.contains(one), qPrintable(QString::number(one)));
        }
    }

    void aClockThatJumpsBackMakesNoNegativeDurations()
    {
        IncidentFixture f;
        f.fire("payments", "latency");
        f.run(40);
        QVERIFY(f.service->acknowledge(f.only().id, "ana", 600'000).ok());
        f.clock.advanceMs(-3'600'000);
        f.run(10);
        f.firing.clear();
        f.run(700);
        const auto one = f.only();
        QCOMPARE(f.state(), QString("resolved"));
        QVERIFY(*one.resolvedMs >= one.openedMs);
        QVERIFY(*one.resolvedMs >= *one.ackedMs);
        const auto detail = f.service->detail(one.id);
        QVERIFY(detail.ok());
        for (const auto& signal : detail->signals)
            QVERIFY(*signal.clearedMs >= signal.firedMs);
        QVERIFY(!detail->timeline.empty());
    }
};

QTEST_GUILESS_MAIN(IncidentFaultsTest)
#include "tst_incident_faults.moc"
