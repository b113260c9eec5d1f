#include "app/base/manual_clock.h"
#include "app/resilience/retry.h"

#include <QTest>

using namespace holdfast;
using namespace holdfast::resilience;

namespace {
const RetryConfig config{.attempts = 4, .baseMs = 100, .capMs = 300};
const FailedAttempt first{
    .number = 1, .safeToRepeat = true, .transient = true, .doNotRetry = false, .retryAfterMs = {}};
}  // namespace

class TestRetry : public QObject {
    Q_OBJECT
    ManualClock m_clock;
    std::optional<std::int64_t> delay(const FailedAttempt& failed, double random, Deadline deadline = Deadline::none())
    {
        RetryBudget budget;
        return retryDelayMs(config, failed, deadline, m_clock, budget, random);
    }
private slots:
    void drawsTheDelayFromAllOfAGrowingInterval_data()
    {
        QTest::addColumn<int>("number");
        QTest::addColumn<double>("random");
        QTest::addColumn<qint64>("delayMs");
        QTest::newRow("first, least") << 1 << 0.0 << qint64(0);
        QTest::newRow("first, most") << 1 << 0.9999999 << qint64(100);
        QTest::newRow("second, most") << 2 << 0.9999999 << qint64(200);
        QTest::newRow("third, capped") << 3 << 0.9999999 << qint64(300);
        QTest::newRow("second, middle") << 2 << 0.5 << qint64(100);
    }
    void drawsTheDelayFromAllOfAGrowingInterval()
    {
        QFETCH(int, number);
        QFETCH(double, random);
        QFETCH(qint64, delayMs);
        FailedAttempt failed = first;
        failed.number = number;
        QCOMPARE(delay(failed, random), std::optional<std::int64_t>(delayMs));
    }

    void givesUpAfterTheLastAttempt()
    {
        FailedAttempt failed = first;
        failed.number = 4;
        QVERIFY(!delay(failed, 0));
    }

    void repeatsOnlyWhatIsSafeToRepeat()
    {
        FailedAttempt failed = first;
        failed.safeToRepeat = false;
        QVERIFY(!delay(failed, 0));
    }

    void doesNotRepeatAMistakeOfOurOwn()
    {
        FailedAttempt failed = first;
        failed.transient = false;
        QVERIFY(!delay(failed, 0));
    }

    void honoursDoNotRetry()
    {
        FailedAttempt failed = first;
        failed.doNotRetry = true;
        QVERIFY(!delay(failed, 0));
    }

    void waitsAsLongAsTheCalleeAsked()
    {
        FailedAttempt failed = first;
        failed.retryAfterMs = 2'000;
        QCOMPARE(delay(failed, 0.5), std::optional<std::int64_t>(2'000));
    }

    void givesUpWhenTheDelayDoesNotFitTheDeadline()
    {
        QVERIFY(!delay(first, 0.9999999, Deadline::after(100, m_clock)));
        QVERIFY(delay(first, 0.9999999, Deadline::after(101, m_clock)));
    }

    void takesNothingFromTheBudgetWhenItGivesUpForAnotherReason()
    {
        RetryBudget budget(0.1, 1);
        FailedAttempt failed = first;
        failed.safeToRepeat = false;
        QVERIFY(!retryDelayMs(config, failed, Deadline::none(), m_clock, budget, 0));
        QCOMPARE(budget.tokens(), 1.0);
    }

    void givesUpWhenTheBudgetIsSpent()
    {
        RetryBudget budget(0.1, 2);
        QVERIFY(retryDelayMs(config, first, Deadline::none(), m_clock, budget, 0));
        QVERIFY(retryDelayMs(config, first, Deadline::none(), m_clock, budget, 0));
        QVERIFY(!retryDelayMs(config, first, Deadline::none(), m_clock, budget, 0));
    }

    void grantsOneRetryForTenCallsInTheLongRun()
    {
        RetryBudget budget(0.1, 10);
        int granted = 0;
        for (int call = 0; call < 1'000; ++call) {
            budget.deposit();
            granted += budget.tryWithdraw() ? 1 : 0;
        }
        QVERIFY2(granted >= 100 && granted <= 110, QByteArray::number(granted).constData());
    }

    void neverHoldsMoreThanItsCapacity()
    {
        RetryBudget budget(1, 3);
        for (int call = 0; call < 100; ++call)
            budget.deposit();
        QCOMPARE(budget.tokens(), 3.0);
    }
};

QTEST_GUILESS_MAIN(TestRetry)
#include "tst_retry.moc"
