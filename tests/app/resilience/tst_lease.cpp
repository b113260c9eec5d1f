#include "app/base/manual_clock.h"
#include "app/resilience/lease.h"

#include <QTest>

using namespace holdfast;
using namespace holdfast::resilience;

namespace {
enum class Mode { Auto, Held };
const Lease aMinute{.expiresMs = 0, .ttlS = 60, .reason = "r", .actor = "a", .requestId = {}};
}  // namespace

class TestLease : public QObject {
    Q_OBJECT
private slots:
    void endsOnTheMonotonicClockThoughTheWallClockWasSetBack()
    {
        ManualClock clock(1'000'000);
        Leased<Mode> leased;
        leased.set(Mode::Held, aMinute, clock);
        clock.jumpWallMs(-900'000);
        clock.advanceMs(59'999);
        QVERIFY(!leased.expire(clock));
        clock.advanceMs(1);
        QVERIFY(leased.expire(clock));
        QVERIFY(leased.mode() == Mode::Auto);
    }

    void endsOnTheWallClockThatJumpedForward()
    {
        ManualClock clock(1'000'000);
        Leased<Mode> leased;
        leased.set(Mode::Held, aMinute, clock);
        clock.jumpWallMs(60'000);
        QVERIFY(leased.expire(clock));
    }

    void raisesTheRevisionWithEveryChangeAndWithTheEnd()
    {
        ManualClock clock;
        Leased<Mode> leased;
        leased.set(Mode::Held, aMinute, clock);
        leased.set(Mode::Held, aMinute, clock);
        QCOMPARE(leased.revision(), 2U);
        clock.advanceMs(60'000);
        QVERIFY(leased.expire(clock));
        QVERIFY(!leased.expire(clock));
        QCOMPARE(leased.revision(), 3U);
    }

    void extendsFromNowOn()
    {
        ManualClock clock;
        Leased<Mode> leased;
        leased.set(Mode::Held, aMinute, clock);
        clock.advanceMs(30'000);
        leased.set(Mode::Held, aMinute, clock);
        clock.advanceMs(59'000);
        QVERIFY(!leased.expire(clock));
    }

    void dropsTheLeaseWithAuto()
    {
        ManualClock clock;
        Leased<Mode> leased;
        leased.set(Mode::Held, aMinute, clock);
        leased.set(Mode::Auto, aMinute, clock);
        QVERIFY(!leased.lease());
    }
};

QTEST_GUILESS_MAIN(TestLease)
#include "tst_lease.moc"
