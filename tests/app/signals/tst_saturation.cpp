// Qt takes the word "signals" for itself: moc must not see the namespace, and the macro must not meet it.
#ifndef Q_MOC_RUN
#include "app/signals/saturation.h"
using namespace holdfast;
using namespace holdfast::signals;
#endif

#include <QTest>

#include <vector>

namespace {

constexpr std::int64_t kMinute = 60'000;

/// Samples every 10 s from `from` minutes to 0 minutes before t = 1 h.
std::vector<Sample> line(int minutes, double start, double perMinute)
{
    std::vector<Sample> samples;
    const std::int64_t end = 60 * kMinute;
    for (std::int64_t t = end - minutes * kMinute; t <= end; t += 10'000)
        samples.push_back({t, start + perMinute * static_cast<double>(t - (end - minutes * kMinute)) / kMinute});
    return samples;
}

}  // namespace

class TestSaturation : public QObject {
    Q_OBJECT

private slots:
    void findsTheMinutesOfASteadyRise()
    {
        const auto samples = line(30, 0.2, 0.01);  // 0.5 now
        const auto full = timeToSaturation(samples, 0.5, 0.9, 60 * kMinute);
        QVERIFY(full);
        QVERIFY(std::abs(full->minutes - 40) < 0.01);
        QVERIFY(full->low <= full->minutes && full->minutes <= full->high);
    }
    void isNotMovedByASingleOutlier()
    {
        auto samples = line(30, 0.2, 0.01);
        samples[samples.size() - 20].v = 50;
        const auto full = timeToSaturation(samples, 0.5, 0.9, 60 * kMinute);
        QVERIFY(full && std::abs(full->minutes - 40) < 1);
    }
    void saysNothingWhileItFalls() { QVERIFY(!timeToSaturation(line(30, 0.8, -0.01), 0.5, 0.9, 60 * kMinute)); }
    void saysNothingBeyondSixHours() { QVERIFY(!timeToSaturation(line(30, 0.5, 0.0001), 0.503, 0.9, 60 * kMinute)); }
    void saysNothingOfAMinuteOfHistory() { QVERIFY(!timeToSaturation(line(1, 0.2, 0.1), 0.3, 0.9, 60 * kMinute)); }
    void saysNothingOfNineMinutesOfHistory()
    {
        QVERIFY(!timeToSaturation(line(9, 0.4, 0.01), 0.5, 0.9, 60 * kMinute));
        QVERIFY(timeToSaturation(line(11, 0.4, 0.01), 0.51, 0.9, 60 * kMinute));
    }
    void saysNothingWhileMoreThanHalfIsFree()
    {
        QVERIFY(!timeToSaturation(line(30, 0.005, 0.0001), 0.008, 0.9, 60 * kMinute));
        QVERIFY(!timeToSaturation(line(30, 0.05, 0.01), 0.35, 0.9, 60 * kMinute));
    }
    void isNowWhenTheCeilingIsReached()
    {
        const auto full = timeToSaturation({}, 0.95, 0.9, 60 * kMinute);
        QVERIFY(full);
        QCOMPARE(full->minutes, 0.0);
    }
};

QTEST_GUILESS_MAIN(TestSaturation)
#include "tst_saturation.moc"
