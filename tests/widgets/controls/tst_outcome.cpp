#include "widgets/client/action.h"
#include "widgets/controls/outcome.h"

#include <QTest>

using namespace holdfast::widgets;

namespace {

Action action(const char* state, const char* to = "forced_open")
{
    Action made;
    made.state = QLatin1String(state);
    made.to = QLatin1String(to);
    made.k = 3;
    made.n = 3;
    return made;
}

}  // namespace

class TestOutcome : public QObject {
    Q_OBJECT

private slots:
    void keepsTheAlarmColourForWhatWentWrong()
    {
        for (const char* good : {"verified", "reverted"})
            QVERIFY2(outcomeRole(action(good)) == TextRole::Strong, good);
        for (const char* bad : {"partial", "contradicted", "failed", "revert_failed"})
            QVERIFY2(outcomeRole(action(bad)) == TextRole::Critical, bad);
    }

    void saysReleasedHoweverItWasGivenBack()
    {
        QCOMPARE(outcomeText(action("reverted")), QStringLiteral("RELEASED 3/3 ✓"));
        QCOMPARE(outcomeText(action("verified", "auto")), QStringLiteral("RELEASED 3/3 ✓"));
        QCOMPARE(outcomeText(action("verified")), QStringLiteral("VERIFIED 3/3 ✓"));
    }

    void saysInWordsWhatTheMetricsSay()
    {
        Action made = action("verified");
        made.message = QStringLiteral("3 of 3 instances read back as forced open");
        made.proof = QStringLiteral("API ✓");
        QVERIFY(outcomeText(made).endsWith(QStringLiteral("forced open; its metrics follow with the next scrape")));
        made.proof = QStringLiteral("API ✓ metrics ✓");
        QVERIFY(outcomeText(made).endsWith(QStringLiteral("forced open; its metrics agree")));
    }

    void checksNothingThatFailed()
    {
        QVERIFY(!outcomeText(action("partial")).contains(QStringLiteral("✓")));
        QCOMPARE(outcomeText(action("revert_failed")), QStringLiteral("REVERT FAILED 3/3"));
    }
};

QTEST_GUILESS_MAIN(TestOutcome)
#include "tst_outcome.moc"
