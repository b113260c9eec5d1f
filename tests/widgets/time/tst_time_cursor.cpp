#include "widgets/time/time_cursor.h"

#include <QSignalSpy>
#include <QTest>

using namespace holdfast::widgets;

class TestTimeCursor : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_time = std::make_unique<TimeCursor>();
        m_time->setNow(1'000'000'000);
        m_time->setLive(60'000);
    }

    void followsNowWhileLive()
    {
        m_time->setNow(1'000'005'000);
        QCOMPARE(m_time->endMs(), 1'000'005'000);
        QCOMPARE(m_time->spanMs(), 60'000);
    }

    void holdsARangeInThePast()
    {
        m_time->setRange(999'950'000, 999'970'000);
        m_time->setNow(1'000'009'000);
        QCOMPARE(m_time->mode(), TimeMode::Held);
        QCOMPARE(m_time->endMs(), 999'970'000);
    }

    void staysLiveWhenAZoomTouchesNow()
    {
        m_time->setRange(999'980'000, 999'999'500);
        QCOMPARE(m_time->mode(), TimeMode::Live);
    }

    void comesBackToLiveWithTheSameLength()
    {
        m_time->setRange(999'950'000, 999'970'000);
        m_time->resumeLive();
        QCOMPARE(m_time->mode(), TimeMode::Live);
        QCOMPARE(m_time->spanMs(), 20'000);
        QCOMPARE(m_time->endMs(), 1'000'000'000);
    }

    void standsStillWhilePaused()
    {
        m_time->togglePause();
        m_time->setNow(1'000'030'000);
        QCOMPARE(m_time->endMs(), 1'000'000'000);
        m_time->togglePause();
        QCOMPARE(m_time->endMs(), 1'000'030'000);
    }

    void resumesAfterAZoomIntoThePausedPicture()
    {
        m_time->togglePause();
        m_time->setRange(999'950'000, 999'970'000);
        QCOMPARE(m_time->mode(), TimeMode::Held);
        m_time->setNow(1'000'030'000);
        m_time->togglePause();
        QCOMPARE(m_time->mode(), TimeMode::Live);
        QCOMPARE(m_time->endMs(), 1'000'030'000);
    }

    void goesBackToTheRangeBefore()
    {
        m_time->setRange(999'950'000, 999'970'000);
        m_time->back();
        QCOMPARE(m_time->mode(), TimeMode::Live);
        QCOMPARE(m_time->spanMs(), 60'000);
    }

    void keepsTheAnchorWhileZooming()
    {
        m_time->setRange(999'900'000, 999'980'000);
        m_time->zoomAt(999'940'000, 0.5);
        QCOMPARE(m_time->startMs(), 999'920'000);
        QCOMPARE(m_time->endMs(), 999'960'000);
    }

    void pinsAThenBThenAAnew()
    {
        m_time->pin(1);
        m_time->pin(2);
        QCOMPARE(m_time->pinA(), std::optional<std::int64_t>(1));
        QCOMPARE(m_time->pinB(), std::optional<std::int64_t>(2));
        m_time->pin(3);
        QCOMPARE(m_time->pinA(), std::optional<std::int64_t>(3));
        QVERIFY(!m_time->pinB());
    }

private:
    std::unique_ptr<TimeCursor> m_time;
};

QTEST_GUILESS_MAIN(TestTimeCursor)
#include "tst_time_cursor.moc"
