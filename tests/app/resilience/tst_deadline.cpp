#include "app/base/manual_clock.h"
#include "app/resilience/deadline.h"

#include <QTest>

using namespace holdfast;
using namespace holdfast::resilience;

class TestDeadline : public QObject {
    Q_OBJECT
private slots:
    void expiresWhenItsTimeIsOver()
    {
        ManualClock clock;
        const Deadline deadline = Deadline::after(100, clock);
        clock.advanceMs(99);
        QVERIFY(!deadline.expired(clock));
        QCOMPARE(deadline.remainingMs(clock), 1);
        clock.advanceMs(1);
        QVERIFY(deadline.expired(clock));
        QCOMPARE(deadline.remainingMs(clock), 0);
    }

    void neverGivesACalleeMoreThanItHas()
    {
        ManualClock clock;
        const Deadline mine = Deadline::after(100, clock);
        QCOMPARE(mine.within(500, clock).remainingMs(clock), 100);
        QCOMPARE(mine.within(30, clock).remainingMs(clock), 30);
        QCOMPARE(Deadline::none().within(30, clock).remainingMs(clock), 30);
    }

    void travelsAsTheTimeThatIsLeft()
    {
        ManualClock here;
        ManualClock there(999);
        there.advanceMs(123'456);
        const Deadline sent = Deadline::after(250, here);
        here.advanceMs(50);
        const auto received = parseDeadline(formatDeadline(sent, here), there);
        QVERIFY(received.has_value());
        QCOMPARE(received->remainingMs(there), 200);
    }

    void sendsNoHeaderWithoutADeadline()
    {
        ManualClock clock;
        QVERIFY(formatDeadline(Deadline::none(), clock).empty());
        clock.advanceMs(1'000'000'000);
        QVERIFY(!Deadline::none().expired(clock));
    }

    void refusesWhatIsNoNumberOfMilliseconds_data()
    {
        QTest::addColumn<QByteArray>("value");
        for (const char* value : {"", "-1", "+1", "1.5", "10s", " 1", "12345678901", "0x10"})
            QTest::newRow(value) << QByteArray(value);
    }
    void refusesWhatIsNoNumberOfMilliseconds()
    {
        QFETCH(QByteArray, value);
        ManualClock clock;
        QVERIFY(!parseDeadline(value.toStdString(), clock));
    }

    void isExpiredFromTheStartWhenNothingIsLeft()
    {
        ManualClock clock;
        QVERIFY(parseDeadline("0", clock)->expired(clock));
        QVERIFY(Deadline::after(-5, clock).expired(clock));
    }

    void doesNotOverflowWithTheLongestHeader()
    {
        ManualClock clock;
        QVERIFY(parseDeadline("9999999999", clock)->remainingMs(clock) > 0);
    }
};

QTEST_GUILESS_MAIN(TestDeadline)
#include "tst_deadline.moc"
