#include "widgets/client/stall_watch.h"

#include <QTest>
#include <QTimer>

using namespace holdfast::widgets;

class TestStallWatch : public QObject {
    Q_OBJECT

private slots:
    void countsOnlyWhatOneWouldSee()
    {
        std::int64_t now = 1000;
        StallWatch watch([&] { return now; });
        watch.woke();
        now += 50;
        watch.willSleep();
        QCOMPARE(watch.stalls(), 0);
        watch.woke();
        now += 51;
        watch.willSleep();
        now += 5000;  // asleep: nobody waits
        watch.woke();
        now += 200;
        watch.woke();
        QCOMPARE(watch.stalls(), 2);
        QCOMPARE(watch.longestMs(), 200);
    }

    void sitsInTheEventLoop()
    {
        std::int64_t now = 0;
        StallWatch watch([&] { return now; });
        watch.watch();
        bool done = false;
        QTimer::singleShot(0, &watch, [&] { now += 80; });
        QTimer::singleShot(5, &watch, [&] { done = true; });
        QTRY_VERIFY(done);
        QTRY_COMPARE(watch.stalls(), 1);
    }
};

QTEST_GUILESS_MAIN(TestStallWatch)
#include "tst_stall_watch.moc"
