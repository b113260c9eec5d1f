#include "app/base/clock.h"
#include "app/base/manual_clock.h"
#include "app/resilience/bulkhead.h"

#include <QTest>

#include <thread>

using namespace holdfast;
using namespace holdfast::resilience;

class TestBulkhead : public QObject {
    Q_OBJECT
private slots:
    void refusesWhenAllPermitsAreOut()
    {
        ManualClock clock;
        Bulkhead bulkhead("db", 2, 4, clock);
        const auto first = bulkhead.tryAcquire();
        const auto second = bulkhead.tryAcquire();
        QVERIFY(first && second);
        QVERIFY(!bulkhead.tryAcquire());
        QCOMPARE(bulkhead.snapshot().inUse, 2U);
        QCOMPARE(bulkhead.snapshot().refused, 1U);
    }

    void takesAPermitBackWhenItsScopeEnds()
    {
        ManualClock clock;
        Bulkhead bulkhead("db", 1, 4, clock);
        {
            const auto permit = bulkhead.tryAcquire();
            QVERIFY(permit.has_value());
        }
        QVERIFY(bulkhead.tryAcquire());
    }

    void givesUpWhenTheDeadlineIsOver()
    {
        ManualClock clock;
        Bulkhead bulkhead("db", 1, 4, clock);
        const auto held = bulkhead.tryAcquire();
        QVERIFY(!bulkhead.acquire(Deadline::after(0, clock)));
        QCOMPARE(bulkhead.snapshot().waiting, 0U);
    }

    void refusesAtOnceWhenTooManyWait()
    {
        ManualClock clock;
        Bulkhead bulkhead("db", 1, 0, clock);
        const auto held = bulkhead.tryAcquire();
        QVERIFY(!bulkhead.acquire(Deadline::none()));
    }

    void handsAFreedPermitToOneWhoWaits()
    {
        const SystemClock clock;
        Bulkhead bulkhead("db", 1, 4, clock);
        auto held = bulkhead.tryAcquire();
        bool got = false;
        std::jthread waiter([&] { got = bulkhead.acquire(Deadline::after(10'000, clock)).has_value(); });
        while (bulkhead.snapshot().waiting == 0)
            std::this_thread::yield();
        held.reset();
        waiter.join();
        QVERIFY(got);
    }
};

QTEST_GUILESS_MAIN(TestBulkhead)
#include "tst_bulkhead.moc"
