#include "app/resilience/headroom.h"

#include <QTest>

#include <vector>

using namespace holdfast::resilience;

namespace {

/// One point a minute, the last at `values.size()` minutes.
std::vector<UsePoint> minutely(const std::vector<double>& values)
{
    std::vector<UsePoint> points;
    for (const double value : values)
        points.push_back({static_cast<std::int64_t>(points.size() + 1) * 60'000, value});
    return points;
}

std::vector<double> line(double from, double perMinute, int minutes)
{
    std::vector<double> values;
    for (int i = 0; i < minutes; ++i)
        values.push_back(from + perMinute * i);
    return values;
}

}  // namespace

class TestHeadroom : public QObject {
    Q_OBJECT
private slots:
    void isWhatTheScarcestResourceHasLeft()
    {
        const std::vector<Resource> resources{{"cpu", 0.2, 0.8}, {"pool db", 0.75, 1.0}, {"memory", 0.45, 0.9}};
        const Headroom now = headroom(resources);
        QCOMPARE(now.ratio, 0.25);
        QCOMPARE(now.limiting, "pool db");
        QCOMPARE(now.multiple, 1 / 0.75);
    }

    void isNothingAboveTheCeiling()
    {
        const std::vector<Resource> resources{{"cpu", 0.95, 0.8}};
        QCOMPARE(headroom(resources).ratio, 0.0);
    }

    void isWholeWithoutAnyUse()
    {
        QCOMPARE(headroom(std::vector<Resource>{{"cpu", 0, 0.8}}).ratio, 1.0);
        QCOMPARE(headroom({}).ratio, 1.0);
    }

    void findsTheSlopeOfALineExactly()
    {
        const auto slope = theilSenPerMinute(minutely(line(0.1, 0.02, 9)));
        QVERIFY(slope && std::abs(*slope - 0.02) < 1e-12);
    }

    void isNotTurnedByAStepOfAFewPoints()
    {
        std::vector<double> values = line(0.1, 0.01, 20);
        values[7] = 0.9;
        values[8] = 0.95;
        const auto slope = theilSenPerMinute(minutely(values));
        QVERIFY(slope && std::abs(*slope - 0.01) < 0.002);
    }

    void foretellsWhenTheCeilingIsReached()
    {
        const auto forecast = minutesToSaturation(minutely(line(0.3, 0.01, 31)), 0.9);
        QVERIFY(forecast.has_value());
        QVERIFY(std::abs(forecast->minutes - 30) < 1e-6);
        QVERIFY(forecast->low <= forecast->minutes && forecast->minutes <= forecast->high);
    }

    void foretellsNothingWhenTheTwoStretchesDisagree()
    {
        std::vector<double> values = line(0.2, 0.02, 20);
        for (int i = 0; i < 11; ++i)
            values.push_back(values.back() - 0.01);
        QVERIFY(!minutesToSaturation(minutely(values), 0.9));
    }

    void foretellsNothingThatIsMoreThanSixHoursAway()
    {
        QVERIFY(!minutesToSaturation(minutely(line(0.1, 0.001, 31)), 0.9));
    }

    void saysZeroWhenTheCeilingIsReachedAlready()
    {
        const auto forecast = minutesToSaturation(minutely({0.5, 0.7, 0.95}), 0.9);
        QVERIFY(forecast && forecast->minutes == 0);
    }
};

QTEST_GUILESS_MAIN(TestHeadroom)
#include "tst_headroom.moc"
