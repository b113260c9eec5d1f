#include "widgets/explore/series_rows.h"

#include <QAbstractItemModelTester>
#include <QTest>

#include <cmath>

using namespace holdfast::widgets;

namespace {

Matrix answer()
{
    Matrix matrix{1'000, 1'000, 3, {}};
    matrix.series.push_back({{{"__name__", "up"}, {"job", "a"}}, {1, 2, noSample}});
    matrix.series.push_back({{{"job", "b"}}, {noSample, 5, 4}});
    matrix.series.push_back({{{"job", "empty"}}, {noSample, noSample, noSample}});
    return matrix;
}

}  // namespace

class TestSeriesRows : public QObject {
    Q_OBJECT

private slots:
    void largestNewestValueFirstAndNothingLast()
    {
        const auto rows = seriesRows(answer());
        QCOMPARE(rows.size(), std::size_t{3});
        QCOMPARE(rows[0].index, std::size_t{1});
        QCOMPARE(rows[0].newest, 4.0);
        QCOMPARE(rows[1].newest, 2.0);
        QVERIFY(std::isnan(rows[2].newest));
    }

    void gapsDoNotCountAsZero()
    {
        const auto rows = seriesRows(answer());
        QCOMPARE(rows[1].least, 1.0);
        QCOMPARE(rows[1].mean, 1.5);
    }

    void labelsReadAsPromql()
    {
        QCOMPARE(seriesText({{"__name__", "up"}, {"job", "a\"b"}}), QString("up{job=\"a\\\"b\"}"));
        QCOMPARE(seriesText({}), QString("{}"));
    }

    void theClipboardHasEveryValueAndEmptyCellsForGaps()
    {
        const QStringList lines = tabSeparated(answer()).split('\n');
        QCOMPARE(lines[0], QString("time\tup{job=\"a\"}\t{job=\"b\"}\t{job=\"empty\"}"));
        QCOMPARE(lines[1], QString("1970-01-01T00:00:01.000Z\t1\t\t"));
        QCOMPARE(lines[3], QString("1970-01-01T00:00:03.000Z\t\t4\t"));
    }

    void theModelKeepsItsContract()
    {
        SeriesModel* model = makeSeriesModel(this);
        const QAbstractItemModelTester tester(model);
        model->setRows(seriesRows(answer()));
        QCOMPARE(model->index(0, 1).data().toString(), QString("{job=\"b\"}"));
        QCOMPARE(model->index(2, 2).data().toString(), QString("–"));
    }
};

QTEST_GUILESS_MAIN(TestSeriesRows)
#include "tst_series_rows.moc"
