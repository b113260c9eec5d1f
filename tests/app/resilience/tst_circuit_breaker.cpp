#include "app/base/manual_clock.h"
#include "app/resilience/circuit_breaker.h"

#include <QTest>

#include <optional>
#include <string>

using namespace holdfast;
using namespace holdfast::resilience;

namespace {

/// Makes the calls of a text: "s" success, "f" failure, "S" and "F" the same but slow, "i" ignored. What is refused is
/// answered with "-" in the returned text.
std::string call(CircuitBreaker& breaker, const std::string& calls, std::int64_t slowMs = 1000)
{
    std::string seen;
    for (const char one : calls) {
        auto permit = breaker.acquire();
        seen += permit ? one : '-';
        if (!permit)
            continue;
        const bool failed = one == 'f' || one == 'F';
        const bool slow = one == 'S' || one == 'F';
        permit->done(one == 'i' ? CallResult::Ignored
                     : failed   ? CallResult::Failure
                                : CallResult::Success,
                     slow ? slowMs : 1);
    }
    return seen;
}

BreakerConfig ofTenCalls()
{
    return {.window = WindowKind::Count,
            .windowSize = 10,
            .minimumCalls = 4,
            .failureRate = 0.5,
            .slowRate = 0.8,
            .slowCallMs = 1000,
            .openMs = 5000,
            .probes = 2};
}

std::string state(const CircuitBreaker& breaker)
{
    return std::string(word(breaker.state()));
}

Lease hold(std::int64_t seconds)
{
    return {.expiresMs = 0, .ttlS = seconds, .reason = "test", .actor = "ana", .requestId = {}};
}

}  // namespace

class TestCircuitBreaker : public QObject {
    Q_OBJECT
private slots:
    void staysClosedBelowTheMinimumOfCalls()
    {
        ManualClock clock;
        CircuitBreaker breaker("b", "db", ofTenCalls(), clock);
        call(breaker, "fff");
        QCOMPARE(state(breaker), "closed");
    }

    void opensAtTheFailureRate()
    {
        ManualClock clock;
        CircuitBreaker breaker("b", "db", ofTenCalls(), clock);
        QCOMPARE(call(breaker, "ssffs"), "ssff-");
        QCOMPARE(state(breaker), "open");
        QCOMPARE(breaker.snapshot().notPermitted, 1U);
    }

    void opensWhenMostCallsAreSlow()
    {
        ManualClock clock;
        CircuitBreaker breaker("b", "db", ofTenCalls(), clock);
        call(breaker, "sSSSS");
        QCOMPARE(state(breaker), "open");
    }

    void forgetsCallsThatLeftTheCountWindow()
    {
        ManualClock clock;
        CircuitBreaker breaker("b", "db", ofTenCalls(), clock);
        call(breaker, "f");
        call(breaker, std::string(10, 's'));
        QCOMPARE(breaker.snapshot().failureRatio, 0.0);
        QCOMPARE(call(breaker, "ffff"), "ffff");
        QCOMPARE(state(breaker), "closed");
    }

    void forgetsCallsThatLeftTheTimeWindow()
    {
        ManualClock clock;
        BreakerConfig config = ofTenCalls();
        config.window = WindowKind::Time;
        config.windowSize = 10;
        CircuitBreaker breaker("b", "db", config, clock);
        call(breaker, "fff");
        clock.advanceMs(9'000);
        QCOMPARE(breaker.snapshot().calls, 3U);
        clock.advanceMs(1'000);
        QCOMPARE(breaker.snapshot().calls, 0U);
        call(breaker, "fss");
        QCOMPARE(state(breaker), "closed");
    }

    void probesAfterTheOpenTimeWithAtMostSoManyCalls()
    {
        ManualClock clock;
        CircuitBreaker breaker("b", "db", ofTenCalls(), clock);
        call(breaker, "ffff");
        clock.advanceMs(4'999);
        QVERIFY(!breaker.acquire());
        QCOMPARE(breaker.untilProbeMs(), 1);
        clock.advanceMs(1);
        const auto first = breaker.acquire();
        const auto second = breaker.acquire();
        QVERIFY(first && second);
        QVERIFY(!breaker.acquire());
        QCOMPARE(state(breaker), "half_open");
    }

    void closesWhenTheProbesSucceed()
    {
        ManualClock clock;
        CircuitBreaker breaker("b", "db", ofTenCalls(), clock);
        call(breaker, "ffff");
        clock.advanceMs(5'000);
        call(breaker, "ss");
        QCOMPARE(state(breaker), "closed");
        QCOMPARE(breaker.snapshot().calls, 0U);
    }

    void opensAgainWhenTheProbesFail()
    {
        ManualClock clock;
        CircuitBreaker breaker("b", "db", ofTenCalls(), clock);
        call(breaker, "ffff");
        clock.advanceMs(5'000);
        QCOMPARE(call(breaker, "sfs"), "sf-");
        QCOMPARE(state(breaker), "open");
    }

    void givesAProbeBackThatEndedWithoutAResult()
    {
        ManualClock clock;
        CircuitBreaker breaker("b", "db", ofTenCalls(), clock);
        call(breaker, "ffff");
        clock.advanceMs(5'000);
        QCOMPARE(call(breaker, "iiiss"), "iiiss");
        QCOMPARE(state(breaker), "closed");
    }

    void ignoresAnswersFromBeforeAnOpening()
    {
        ManualClock clock;
        CircuitBreaker breaker("b", "db", ofTenCalls(), clock);
        auto late = breaker.acquire();
        call(breaker, "ffff");
        clock.advanceMs(5'000);
        auto probe = breaker.acquire();
        late->done(CallResult::Failure, 9'000);
        QCOMPARE(state(breaker), "half_open");
        probe->done(CallResult::Success, 1);
        call(breaker, "s");
        QCOMPARE(state(breaker), "closed");
    }

    void refusesEverythingWhileForcedOpen()
    {
        ManualClock clock;
        CircuitBreaker breaker("b", "db", ofTenCalls(), clock);
        breaker.setMode(BreakerMode::ForcedOpen, hold(60));
        QCOMPARE(call(breaker, "sss"), "---");
        clock.advanceMs(59'999);
        QCOMPARE(state(breaker), "forced_open");
    }

    void letsEverythingThroughWhileForcedClosedAndGoesOnCounting()
    {
        ManualClock clock;
        CircuitBreaker breaker("b", "db", ofTenCalls(), clock);
        breaker.setMode(BreakerMode::ForcedClosed, hold(60));
        QCOMPARE(call(breaker, "ffffff"), "ffffff");
        QCOMPARE(state(breaker), "forced_closed");
        QCOMPARE(breaker.snapshot().failureRatio, 1.0);
    }

    void countsNoRatesWhileDisabled()
    {
        ManualClock clock;
        CircuitBreaker breaker("b", "db", ofTenCalls(), clock);
        breaker.setMode(BreakerMode::Disabled, hold(60));
        QCOMPARE(call(breaker, "ffffff"), "ffffff");
        QCOMPARE(breaker.snapshot().calls, 0U);
        QCOMPARE(breaker.snapshot().failed, 6U);
    }

    void fallsBackToClosedWhenTheLeaseEnds()
    {
        ManualClock clock(1'000);
        CircuitBreaker breaker("b", "db", ofTenCalls(), clock);
        breaker.setMode(BreakerMode::ForcedOpen, hold(60));
        const auto revision = breaker.snapshot().revision;
        QCOMPARE(breaker.snapshot().lease->expiresMs, 61'000);
        clock.advanceMs(60'000);
        QCOMPARE(state(breaker), "closed");
        QVERIFY(!breaker.snapshot().lease);
        QCOMPARE(breaker.snapshot().revision, revision + 1);
        QCOMPARE(breaker.snapshot().sinceMs, 61'000);
    }

    void keepsItsStateWhenAutoIsSetOnAuto()
    {
        ManualClock clock;
        CircuitBreaker breaker("b", "db", ofTenCalls(), clock);
        call(breaker, "ffff");
        breaker.setMode(BreakerMode::Auto);
        QCOMPARE(state(breaker), "open");
        QCOMPARE(breaker.snapshot().revision, 0U);
    }

    void countsCallsByKind()
    {
        ManualClock clock;
        CircuitBreaker breaker("b", "db", ofTenCalls(), clock);
        call(breaker, "sSFi");
        const BreakerSnapshot now = breaker.snapshot();
        QCOMPARE(now.successful, 1U);
        QCOMPARE(now.slowSuccessful, 1U);
        QCOMPARE(now.slowFailed, 1U);
        QCOMPARE(now.ignored, 1U);
    }
};

QTEST_GUILESS_MAIN(TestCircuitBreaker)
#include "tst_circuit_breaker.moc"
