#include "app/control/effect.h"
#include "app/control/effect_words.h"

#include <QTest>

#include <cmath>

using namespace holdfast::control;

class TestEffect : public QObject {
    Q_OBJECT

    static EffectSeries series(const std::string& signal, double value, double requests, double errors)
    {
        return {.service = "checkout",
                .signal = signal,
                .values = {value * 0.99, value, value * 1.01, value, value},
                .requests = requests,
                .errors = errors};
    }

private slots:
    void saysItInWords()
    {
        const Effect effect{
            .state = "confounded",
            .lines = {{.signal = "errors", .before = 0.5287, .now = 0.004, .verdict = "improved", .z = {}},
                      {.signal = "payments p99", .before = 2.245, .now = {}, .verdict = "too_early", .z = {}},
                      {.signal = "requests", .before = 12.2, .now = 11.8, .verdict = "no_clear_change", .z = {}}}};
        QCOMPARE(effectText(effect),
                 std::string("errors 53 % → 0.4 %, better; payments p99, too early to tell; requests 12/s → 12/s, no "
                             "clear change; something else changed at the same time"));
        QCOMPARE(effectText({}), std::string("too few measurements to tell"));
    }
    void callsAClearFallOfErrorsAnImprovement()
    {
        const auto lines =
            compareSpans({series("errors", 0.06, 60'000, 3'600)}, {series("errors", 0.009, 6'000, 54)}, "checkout");
        QCOMPARE(lines[0].verdict, std::string("improved"));
        QVERIFY(*lines[0].z > 14);
    }
    void callsNothingOfAHandfulOfErrors()
    {
        const auto lines =
            compareSpans({series("errors", 0.01, 1'000, 10)}, {series("errors", 0.02, 200, 4)}, "checkout");
        QCOMPARE(lines[0].verdict, std::string("no_clear_change"));
    }
    void doesNotCallTheSameErrorRatioWorse()
    {
        // A few bad seconds weigh in the counts, but at the median nothing happened.
        const auto lines =
            compareSpans({series("errors", 0, 60'000, 60)}, {series("errors", 0, 6'000, 60)}, "checkout");
        QVERIFY(std::abs(*lines[0].z) > 3.3);
        QCOMPARE(lines[0].verdict, std::string("no_clear_change"));
    }
    void showsWhatIsMeasuredSinceOnlyAndJudgesItNot()
    {
        const auto lines = compareSpans({}, {series("errors", 0.2, 6'000, 1'200)}, "checkout");
        QCOMPARE(lines[0].now, std::optional<double>(0.2));
        QVERIFY(!lines[0].before);
        QCOMPARE(lines[0].verdict, std::string("too_early"));
    }
    void saysTooEarlyOfFewRequests()
    {
        const auto lines = compareSpans({series("p99", 1.8, 1'000, 0)}, {series("p99", 0.5, 60, 0)}, "checkout");
        QCOMPARE(lines[0].verdict, std::string("too_early"));
    }
    void callsASmallChangeUnclear()
    {
        const auto lines = compareSpans({series("p99", 1.0, 1'000, 0)}, {series("p99", 0.9, 1'000, 0)}, "checkout");
        QCOMPARE(lines[0].verdict, std::string("no_clear_change"));
    }
    void knowsThatMoreHeadroomIsBetter()
    {
        const auto lines = compareSpans({series("headroom", 0.1, 0, 0)}, {series("headroom", 0.5, 0, 0)}, "cart");
        QCOMPARE(lines[0].verdict, std::string("improved"));
        QCOMPARE(lines[0].signal, std::string("checkout headroom"));
    }
};

QTEST_GUILESS_MAIN(TestEffect)
#include "tst_effect.moc"
