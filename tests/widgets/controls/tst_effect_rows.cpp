#include "widgets/controls/effect_rows.h"

#include <QTest>

using namespace holdfast::widgets;

namespace {

Action acted(const QString& effectState)
{
    Action action;
    action.to = "forced_open";
    action.effectState = effectState;
    action.effect = {{"errors", 0.062, 0.009, "improved", 14.2},
                     {"requests", 1210.0, 1180.0, "no_clear_change", {}},
                     {"payments p99", 2.1, 10.0, "worse", {}},
                     {"headroom", 0.09, {}, "too_early", {}}};
    return action;
}

}  // namespace

class TestEffectRows : public QObject {
    Q_OBJECT

private slots:
    void tellsEachSignalInItsUnitWithAVerdict()
    {
        const auto rows = effectRows(acted("ready"));
        QCOMPARE(rows.size(), std::size_t{4});
        QVERIFY(rows[0].before.startsWith("6.2"));
        QVERIFY(rows[0].before.endsWith("%"));
        QCOMPARE(rows[0].verdict, QStringLiteral("↓ improved"));
        QCOMPARE(rows[0].because, QStringLiteral("z = 14"));
        QCOMPARE(rows[1].verdict, QStringLiteral("= no clear change"));
        QCOMPARE(rows[2].verdict, QStringLiteral("↑ worse"));
        QVERIFY(rows[2].worse);
        QCOMPARE(rows[2].service + '/' + rows[2].signal, QStringLiteral("payments/p99"));
        QVERIFY(rows[2].now.endsWith("s"));
        QCOMPARE(rows[3].now, QStringLiteral("–"));
    }

    void warnsOfWhatElseChangedAndOfTooLittleTime()
    {
        QVERIFY(effectCaution(acted("ready")).isEmpty());
        QVERIFY(effectCaution(acted("confounded")).contains("may not be yours"));
        QVERIFY(effectCaution(acted("too_early")).startsWith("Too early"));
        QVERIFY(effectCaution(acted({})).startsWith("Too early"));
    }

    void saysHowFarItIsAndHowLongItHeld()
    {
        EffectView view;
        view.sentMs = 1'000;
        view.judgedMs = 91'000;
        view.atMs = 13'000;
        view.state = "too_early";
        QCOMPARE(effectSpan(view), QStringLiteral("too early to judge (12 of 90 s)"));
        view.atMs = 121'000;
        view.state = "ready";
        QVERIFY(effectSpan(view).startsWith(QStringLiteral("after 2")));
        QVERIFY(effectCaution(view).isEmpty());
        view.endedMs = view.atMs = 41'000;
        view.state = "too_early";
        QVERIFY(effectSpan(view).startsWith(QStringLiteral("held for 40")));
        QVERIFY(effectCaution(view).contains(QStringLiteral("long enough")));
    }

    void saysWhenThereIsNothingToCompareWith()
    {
        EffectView view;
        view.sentMs = 1'000;
        view.judgedMs = 91'000;
        view.atMs = 13'000;
        view.lines = {{"errors", {}, 0.2, "too_early", {}}};
        QVERIFY(effectCaution(view).contains(QStringLiteral("nothing to compare with")));
    }

    void neverSaysItWithATick()
    {
        QVERIFY(!effectSentence(acted("ready"), "checkout → payments").contains(QStringLiteral("✓")));
    }
};

QTEST_GUILESS_MAIN(TestEffectRows)
#include "tst_effect_rows.moc"
