#include "widgets/client/severity.h"
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
        QCOMPARE(model->index(0, 10).data().toString(), target.errorWords);
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
