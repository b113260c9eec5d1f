// Qt takes the word "signals" for itself: moc must not see the namespace, and the macro must not meet it.
#ifndef Q_MOC_RUN
#include "app/signals/bucket_quantile.h"
using namespace holdfast::signals;
#endif

#include <QTest>

#include <limits>

namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();

}  // namespace

class TestBucketQuantile : public QObject {
    Q_OBJECT

private slots:
    void interpolatesWithinTheBucket()
    {
        const auto p90 = bucketQuantile(0.9, {{0.1, 50}, {0.5, 100}, {kInf, 100}});
        QVERIFY(p90);
        QCOMPARE(p90->value, 0.1 + 0.4 * (90.0 - 50) / 50);
        QCOMPARE(p90->lower, 0.1);
        QCOMPARE(p90->upper, 0.5);
        QVERIFY(!p90->above);
    }
    void saysWhenTheQuantileLiesAboveTheLastFiniteBucket()
    {
        const auto p99 = bucketQuantile(0.99, {{1, 50}, {10, 60}, {kInf, 100}});
        QVERIFY(p99 && p99->above);
        QCOMPARE(p99->value, 10.0);
    }
    void hasNoQuantileWithoutObservations() { QVERIFY(!bucketQuantile(0.99, {{1, 0}, {kInf, 0}})); }
    void hasNoQuantileWithoutAnInfiniteBucket() { QVERIFY(!bucketQuantile(0.99, {{1, 5}, {2, 8}})); }
    void flattensAnInversion()
    {
        const auto p50 = bucketQuantile(0.5, {{0.1, 100}, {0.5, 99.9}, {kInf, 100}});
        QVERIFY(p50);
        QCOMPARE(p50->upper, 0.1);
    }
    void tellsTheShareAboveABound()
    {
        const Buckets buckets{{0.1, 50}, {0.5, 90}, {kInf, 100}};
        QCOMPARE(*shareAbove(0.5, buckets), 1 - 0.9);
        QCOMPARE(*shareAbove(0.3, buckets), 1 - 0.7);
        QCOMPARE(*shareAbove(2, buckets), 1 - 0.9);
        QVERIFY(!shareAbove(0.5, {}));
    }
};

QTEST_GUILESS_MAIN(TestBucketQuantile)
#include "tst_bucket_quantile.moc"
