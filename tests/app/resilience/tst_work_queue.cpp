#include "app/base/manual_clock.h"
#include "app/resilience/work_queue.h"

#include <QTest>

#include <memory>

using namespace holdfast;
using namespace holdfast::resilience;
using namespace std::chrono_literals;

class TestWorkQueue : public QObject {
    Q_OBJECT
private slots:
    void refusesAtOnceWhenItIsFullAndLeavesTheItemAlone()
    {
        ManualClock clock;
        WorkQueue<std::unique_ptr<int>> queue("q", 1, 1'000, clock);
        QVERIFY(queue.push(std::make_unique<int>(1)));
        auto second = std::make_unique<int>(2);
        QVERIFY(!queue.push(std::move(second)));
        QVERIFY(second != nullptr);
        QCOMPARE(queue.snapshot().shedFull, 1U);
    }

    void handsOutInTheOrderItTookIn()
    {
        ManualClock clock;
        WorkQueue<int> queue("q", 4, 1'000, clock);
        QVERIFY(queue.push(1) && queue.push(2));
        QCOMPARE(queue.pop(0ms)->item, 1);
        QCOMPARE(queue.pop(0ms)->item, 2);
        QVERIFY(!queue.pop(0ms));
    }

    void marksAsLateWhatWaitedTooLong()
    {
        ManualClock clock;
        WorkQueue<int> queue("q", 4, 1'000, clock);
        QVERIFY(queue.push(1));
        clock.advanceMs(500);
        QVERIFY(queue.push(2));
        clock.advanceMs(501);
        const auto first = queue.pop(0ms);
        const auto second = queue.pop(0ms);
        QVERIFY(first->late && !second->late);
        QCOMPARE(first->waitedMs, 1'001);
        QCOMPARE(queue.snapshot().shedLate, 1U);
    }

    void tellsTheAgeOfTheOldest()
    {
        ManualClock clock;
        WorkQueue<int> queue("q", 4, 1'000, clock);
        QVERIFY(queue.push(1));
        clock.advanceMs(250);
        QCOMPARE(queue.snapshot().oldestSeconds, 0.25);
        QCOMPARE(queue.snapshot().depth, 1U);
    }

    void estimatesRetryAfterFromTheRateAtWhichItIsEmptied()
    {
        ManualClock clock(0);
        clock.advanceMs(10'000);
        WorkQueue<int> queue("q", 1'000, 100'000, clock);
        for (int i = 0; i < 200; ++i)
            QVERIFY(queue.push(int(i)));
        for (int i = 0; i < 20; ++i) {  // ten a second for two seconds
            QVERIFY(queue.pop(0ms));
            clock.advanceMs(100);
        }
        QCOMPARE(queue.retryAfterS(), 19);
    }

    void saysOneSecondWhenNothingIsKnownOfTheRate()
    {
        ManualClock clock;
        WorkQueue<int> queue("q", 4, 1'000, clock);
        QCOMPARE(queue.retryAfterS(), 1);
    }

    void handsOutWhatIsLeftAfterClosing()
    {
        ManualClock clock;
        WorkQueue<int> queue("q", 4, 1'000, clock);
        QVERIFY(queue.push(1));
        queue.close();
        QVERIFY(!queue.push(2));
        QVERIFY(queue.pop(1h));
        QVERIFY(!queue.pop(1h));
    }
};

QTEST_GUILESS_MAIN(TestWorkQueue)
#include "tst_work_queue.moc"
