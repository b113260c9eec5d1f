#include "app/base/manual_clock.h"
#include "app/resilience/last_good.h"

#include <QTest>

#include <string>

using namespace holdfast;
using namespace holdfast::resilience;

class TestLastGood : public QObject {
    Q_OBJECT
private slots:
    void hasNothingBeforeTheFirstAnswer()
    {
        const ManualClock clock(0);
        const LastGood<std::string> stock(1'000, clock);
        QVERIFY(!stock.get());
    }

    void saysHowOldTheAnswerIs()
    {
        ManualClock clock(0);
        LastGood<std::string> stock(60'000, clock);
        stock.put("12 left");
        clock.advanceMs(5'000);
        QCOMPARE(stock.get()->value, std::string("12 left"));
        QCOMPARE(stock.get()->ageMs, 5'000);
    }

    void keepsTheLatest()
    {
        ManualClock clock(0);
        LastGood<int> stock(60'000, clock);
        stock.put(1);
        clock.advanceMs(10);
        stock.put(2);
        QCOMPARE(stock.get()->value, 2);
        QCOMPARE(stock.get()->ageMs, 0);
    }

    void handsNothingOutThatIsTooOld()
    {
        ManualClock clock(0);
        LastGood<int> stock(60'000, clock);
        stock.put(1);
        clock.advanceMs(60'000);
        QVERIFY(stock.get());
        clock.advanceMs(1);
        QVERIFY(!stock.get());
    }
};

QTEST_GUILESS_MAIN(TestLastGood)
#include "tst_last_good.moc"
