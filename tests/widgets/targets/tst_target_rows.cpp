#include "widgets/client/severity.h"
#include "widgets/targets/relabel_trail.h"
#include "widgets/targets/target_rows.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace holdfast::widgets;

class TestTargetRows : public QObject {
    Q_OBJECT

private slots:
    void aDownTargetSaysWhyInWords()
    {
        TargetModel* model = makeTargetModel([] { return std::int64_t{100'000}; }, this);
        const QAbstractItemModelTester tester(model);
        Target target;
        target.job = "payments";
        target.health = "down";
        target.lastScrapeMs = 99'000;
        target.intervalMs = 5'000;
        target.error = "connect: connection refused";
        target.errorWords = "Nothing listens on 127.0.0.1:9100";
        model->setRows({target});
        QCOMPARE(model->index(0, 0).data(RowRole::severity).toInt(), static_cast<int>(Severity::Critical));
        QCOMPARE(model->index(0, 11).data().toString(), target.errorWords);
    }

    void whatAReplayDoesNotKnowIsADash()
    {
        TargetModel* model = makeTargetModel([] { return std::int64_t{100'000}; }, this);
        Target target;
        target.job = "payments";
        target.instance = "10.0.0.7:9100";
        target.health = "up";
        Target other = target;
        other.instance.clear();
        model->setRows({target, other});
        QCOMPARE(model->index(0, 3).data().toString(), QStringLiteral("10.0.0.7:9100"));
        QCOMPARE(model->index(1, 3).data().toString(), QStringLiteral("–"));
        QCOMPARE(model->index(0, 5).data().toString(), QStringLiteral("–"));
        QCOMPARE(model->index(0, 6).data().toString(), QStringLiteral("–"));
        QVERIFY(targetKey(target) != targetKey(other));
    }

    void aDisabledTargetIsHeldByAPersonAndNotAlarming()
    {
        TargetModel* model = makeTargetModel([] { return std::int64_t{100'000}; }, this);
        Target target;
        target.health = "down";
        target.lastScrapeMs = 99'000;
        target.disabledUntilMs = 160'000;
        target.disabledBy = "ana";
        target.disabledReason = "disk is replaced";
        model->setRows({target});
        QVERIFY(model->index(0, 0).data(RowRole::held).toBool());
        QCOMPARE(model->index(0, 0).data(RowRole::severity).toInt(), static_cast<int>(Severity::Normal));
        QVERIFY(model->index(0, 1).data().toString().startsWith("disabled"));
        QCOMPARE(model->index(0, 11).data().toString(), QStringLiteral("by ana: disk is replaced"));
    }

    void aClockThatIsOffIsSaidOnlyBeyondWhatTheHeaderCanTell()
    {
        TargetModel* model = makeTargetModel([] { return std::int64_t{100'000}; }, this);
        Target near;
        near.url = "a";
        near.skewMs = 900;
        Target far;
        far.url = "b";
        far.skewMs = -41'300;
        Target silent;
        silent.url = "c";
        model->setRows({near, far, silent});
        QCOMPARE(model->index(0, 10).data().toString(), QStringLiteral("in step"));
        QVERIFY(model->index(1, 10).data().toString().contains("41"));
        QVERIFY(model->index(1, 10).data().toString().contains("behind"));
        QCOMPARE(model->index(2, 10).data().toString(), QStringLiteral("–"));
    }

    void theTrailOfRelabellingTellsWhatWasDone()
    {
        Target target;
        target.discovered = {{"__address__", "10.0.0.7:9100"}, {"__scheme__", "http"}, {"job", "node"}, {"rack", "7"}};
        target.labels = {{"instance", "10.0.0.7:9100"}, {"job", "machines"}, {"zone", "a"}};
        const QString trail = relabelTrail(target).join("\n");
        QVERIFY(trail.contains("Found as   __address__=10.0.0.7:9100   job=node   rack=7"));
        QVERIFY(trail.contains("added   zone=a"));
        QVERIFY(trail.contains("job: node became machines"));
        QVERIFY(trail.contains("took away   rack"));
        QVERIFY(relabelTrail(Target()).isEmpty());
    }

    void silenceOfThreeIntervalsIsStale()
    {
        Target target;
        target.health = "up";
        target.lastScrapeMs = 10'000;
        target.intervalMs = 5'000;
        QVERIFY(!isStale(target, 25'000));
        QVERIFY(isStale(target, 25'001));
    }
};

QTEST_GUILESS_MAIN(TestTargetRows)
#include "tst_target_rows.moc"
