// A field is called signals, which is a keyword of Qt otherwise.
#define QT_NO_KEYWORDS
#include "app/incident/incident_past.h"
#include "tests/app/incident/incident_fixture.h"

using namespace holdfast;
using namespace holdfast::incident;

class IncidentPastTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anIncidentIsSeenAsItWasKnownThen()
    {
        IncidentFixture f;
        f.fire("payments", "latency");
        f.run(40);
        const std::int64_t early = f.clock.wallMs();
        f.fire("payments-db", "headroom");
        f.run(20);
        QVERIFY(f.service->acknowledge(f.only().id, "ana", 600'000).ok());
        f.firing.clear();
        f.run(700);
        const auto then = recordKnownAt(*f.store, f.only().id, early);
        QVERIFY(then.ok());
        QCOMPARE(then->record.title, std::string("payments slow"));
        QCOMPARE(then->record.signals.size(), std::size_t{1});
        QVERIFY(!then->record.signals[0].clearedMs);
        QVERIFY(then->record.isOpen());
        QVERIFY(then->record.owner.empty());
        const auto now = recordKnownAt(*f.store, f.only().id, f.clock.wallMs());
        QVERIFY(now.ok());
        QCOMPARE(incidentStateWord(now->record.state), "resolved");
        QCOMPARE(now->record.owner, std::string("ana"));
    }

    void whatWasNotKnownIsNotShown()
    {
        IncidentFixture f;
        const std::int64_t before = f.clock.wallMs();
        f.fire("payments", "latency");
        f.run(40);
        QVERIFY(!recordKnownAt(*f.store, f.only().id, before).ok());
        const auto list = recordsKnownAt(*f.store, before, 10);
        QVERIFY(list.ok() && list->empty());
        const auto later = recordsKnownAt(*f.store, f.clock.wallMs(), 10);
        QVERIFY(later.ok());
        QCOMPARE(later->size(), std::size_t{1});
    }

    void eventsThatCameLateAreNotKnownBefore()
    {
        IncidentFixture f;
        Event late;
        late.kind = "deploy";
        late.service = "payments";
        late.text = "deployed";
        late.atMs = f.clock.wallMs() - 600'000;
        QVERIFY(f.service->recordEvent(late).ok());
        const auto known = f.service->events({.knownMs = f.clock.wallMs() - 1});
        QVERIFY(known.ok() && known->empty());
        const auto all = f.service->events({.knownMs = f.clock.wallMs()});
        QVERIFY(all.ok());
        QCOMPARE(all->size(), std::size_t{1});
    }

    void theSpanOfAnIncidentIsKeptUntilHalfAnHourAfterIt()
    {
        IncidentFixture f;
        f.fire("payments", "latency");
        f.run(40);
        f.firing.clear();
        f.run(700);
        const auto rows = f.store->read({"SELECT start_ms,end_ms FROM kept_span", {}});
        QVERIFY(rows.ok());
        QCOMPARE(rows->size(), std::size_t{1});
        QCOMPARE(rows->front().integer(1), *f.only().resolvedMs + 1'800'000);
        QVERIFY(rows->front().integer(0) <= f.only().openedMs - 1'800'000);
    }
};

QTEST_GUILESS_MAIN(IncidentPastTest)
#include "tst_incident_past.moc"
