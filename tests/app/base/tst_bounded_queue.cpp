// moc cannot read what these bring in, and needs nothing of it.
#ifndef Q_MOC_RUN
#include "app/base/bounded_queue.h"

#include <chrono>
#include <memory>
#include <thread>

using holdfast::BoundedQueue;
using namespace std::chrono_literals;
#endif

#include <QTest>

class TestBoundedQueue : public QObject {
    Q_OBJECT

private slots:
    void keepsTheOrder()
    {
        BoundedQueue<int> queue(3);
        QVERIFY(queue.push(1));
        QVERIFY(queue.push(2));
        QCOMPARE(queue.pop(0ns).value(), 1);
        QCOMPARE(queue.pop(0ns).value(), 2);
        QVERIFY(!queue.pop(0ns).has_value());
    }

    void refusesWhenFullAndLeavesTheItemAlone()
    {
        BoundedQueue<std::unique_ptr<int>> queue(1);
        QVERIFY(queue.push(std::make_unique<int>(1)));
        auto second = std::make_unique<int>(2);
        QVERIFY(!queue.push(std::move(second)));
        QVERIFY(second != nullptr);
    }

    void handsOutWhatIsLeftAfterClosing()
    {
        BoundedQueue<int> queue(2);
        QVERIFY(queue.push(7));
        queue.close();
        QVERIFY(!queue.push(8));
        QCOMPARE(queue.pop(1h).value(), 7);
        QVERIFY(!queue.pop(1h).has_value());
    }

    void aStopWakesTheWaiter()
    {
        BoundedQueue<int> queue(1);
        bool got = true;
        std::jthread waiter([&](const std::stop_token& stop) { got = queue.pop(1h, stop).has_value(); });
        waiter.request_stop();
        waiter.join();
        QVERIFY(!got);
    }

    void everyItemCrossesExactlyOnce()
    {
        BoundedQueue<int> queue(16);
        long sum = 0;
        std::jthread consumer([&] {
            while (const auto item = queue.pop(1h))
                sum += *item;
        });
        for (int i = 1; i <= 10'000; ++i) {
            while (!queue.push(int{i}))
                std::this_thread::yield();
        }
        queue.close();
        consumer.join();
        QCOMPARE(sum, 50'005'000L);
    }
};

QTEST_GUILESS_MAIN(TestBoundedQueue)
#include "tst_bounded_queue.moc"
