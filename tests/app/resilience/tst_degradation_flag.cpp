#include "app/base/manual_clock.h"
#include "app/resilience/degradation_flag.h"

#include <QTest>

using namespace holdfast;
using namespace holdfast::resilience;

namespace {

FlagConfig pressed()
{
    return {.name = "recommendations-off",
            .kind = FlagKind::Degradation,
            .effect = "none are shown",
            .defaultOn = false,
            .onAt = 0.9,
            .offAt = 0.5,
            .leastMs = 10'000};
}

Lease hold(std::int64_t seconds)
{
    return {.expiresMs = 0, .ttlS = seconds, .reason = "test", .actor = "ana", .requestId = {}};
}

}  // namespace

class TestDegradationFlag : public QObject {
    Q_OBJECT
private slots:
    void switchesItselfOnUnderPressureAndOffWithHysteresis()
    {
        ManualClock clock;
        DegradationFlag flag(pressed(), clock);
        flag.setPressure(0.89);
        QVERIFY(!flag.on());
        flag.setPressure(0.9);
        QVERIFY(flag.on());
        clock.advanceMs(10'000);
        flag.setPressure(0.51);
        QVERIFY(flag.on());
        flag.setPressure(0.5);
        QVERIFY(!flag.on());
    }

    void staysOnForItsLeastTimeSoThatItDoesNotFlap()
    {
        ManualClock clock;
        DegradationFlag flag(pressed(), clock);
        flag.setPressure(1);
        clock.advanceMs(9'999);
        flag.setPressure(0);
        QVERIFY(flag.on());
    }

    void letsPeopleOverrulePressure()
    {
        ManualClock clock;
        DegradationFlag flag(pressed(), clock);
        flag.setPressure(1);
        flag.setMode(FlagMode::ForcedOff, hold(60));
        QVERIFY(!flag.on());
        clock.advanceMs(60'000);
        QVERIFY(flag.on());  // auto is right at once
        QVERIFY(flag.snapshot().mode == FlagMode::Auto);
    }

    void fallsBackToItsDefaultWhenTheLeaseEnds()
    {
        ManualClock clock(5'000);
        DegradationFlag flag({.name = "new-page", .kind = FlagKind::Feature, .effect = {}, .defaultOn = true}, clock);
        flag.setMode(FlagMode::ForcedOff, hold(1));
        QVERIFY(!flag.on());
        clock.advanceMs(1'000);
        QVERIFY(flag.on());
        QCOMPARE(flag.snapshot().sinceMs, 6'000);
        QCOMPARE(flag.snapshot().revision, 2U);
    }

    void neverSwitchesItselfWithoutAPressureLimit()
    {
        ManualClock clock;
        DegradationFlag flag({.name = "fault-down", .kind = FlagKind::Fault, .effect = {}}, clock);
        flag.setPressure(1);
        QVERIFY(!flag.on());
    }
};

QTEST_GUILESS_MAIN(TestDegradationFlag)
#include "tst_degradation_flag.moc"
