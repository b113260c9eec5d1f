#include "tests/app/store/store_fixture.h"

namespace holdfast::store {

class TestJudging : public QObject {
    Q_OBJECT

private slots:
    void refusesByKind_data();
    void refusesByKind();
    void keepsTheFirstOfConflictingSamplesWhereverItIs();
    void takesLateSamplesInPlace();
    void takesAnyAgeForBackfill();
    void removesWhatIsOlderThanTheRetention();
    void takesARemovedSeriesAgain();
    void keepsTheFileBelowItsBound();
};

void TestJudging::refusesByKind_data()
{
    QTest::addColumn<qint64>("t");
    QTest::addColumn<double>("v");
    QTest::addColumn<QString>("verdict");
    constexpr std::int64_t minute = 60'000;
    QTest::newRow("newer") << qint64{kNow + 1} << 2.0 << "stored";
    QTest::newRow("same again") << qint64{kNow} << 1.0 << "duplicate";
    QTest::newRow("same time, other value") << qint64{kNow} << 2.0 << "conflicting";
    QTest::newRow("late, in the window") << qint64{kNow - 30 * minute} << 2.0 << "stored";
    QTest::newRow("late, past the window") << qint64{kNow - 30 * minute - 1} << 2.0 << "outOfOrder";
    QTest::newRow("ten minutes ahead") << qint64{kNow + 10 * minute} << 2.0 << "stored";
    QTest::newRow("further ahead") << qint64{kNow + 10 * minute + 1} << 2.0 << "outOfBounds";
    QTest::newRow("before the epoch") << qint64{-1} << 2.0 << "outOfBounds";
}

void TestJudging::refusesByKind()
{
    QFETCH(qint64, t);
    QFETCH(double, v);
    QFETCH(QString, verdict);
    // Where the sample before lies must not matter: open, in a chunk, or replayed.
    for (const int where : {0, 1, 2}) {
        StoreFixture f;
        f.mustOpen();
        f.put(named("a"), {{kNow, 1}});
        if (where == 1)
            QVERIFY(f.store->closeChunks().ok());
        if (where > 0)
            f.mustOpen();
        const AppendReport report = f.put(named("a"), {{t, v}});
        QCOMPARE(report.stored, verdict == "stored" ? 1U : 0U);
        QCOMPARE(report.duplicate, verdict == "duplicate" ? 1U : 0U);
        QCOMPARE(report.conflicting, verdict == "conflicting" ? 1U : 0U);
        QCOMPARE(report.outOfOrder, verdict == "outOfOrder" ? 1U : 0U);
        QCOMPARE(report.outOfBounds, verdict == "outOfBounds" ? 1U : 0U);
    }
}

void TestJudging::keepsTheFirstOfConflictingSamplesWhereverItIs()
{
    StoreFixture f;
    f.mustOpen();
    f.put(named("a"), {{1000, 1}, {2000, 2}});
    QVERIFY(f.store->closeChunks().ok());
    f.put(named("a"), {{3000, 3}});
    QCOMPARE(f.put(named("a"), {{1000, 9}, {3000, 9}, {2000, 2}}).conflicting, 2U);
    QCOMPARE(f.texts({}), QStringList{"a 1@1000 2@2000 3@3000"});
}

void TestJudging::takesLateSamplesInPlace()
{
    StoreFixture f;
    f.mustOpen();
    f.put(named("a"), {{1000, 1}, {3000, 3}});
    QVERIFY(f.store->closeChunks().ok());
    f.put(named("a"), {{5000, 5}});
    f.put(named("a"), {{2000, 2}, {4000, 4}});
    const QStringList expected{"a 1@1000 2@2000 3@3000 4@4000 5@5000"};
    QCOMPARE(f.texts({}), expected);
    QVERIFY(f.store->closeChunks().ok());
    QCOMPARE(f.texts({}), expected);
    QVERIFY(f.store->compact().ok());
    QCOMPARE(f.texts({}), expected);
    f.mustOpen();
    QCOMPARE(f.texts({}), expected);
}

void TestJudging::takesAnyAgeForBackfill()
{
    StoreFixture f;
    f.options.outOfOrderMs = kAnyAge;
    f.options.futureMs = kAnyAge;
    f.mustOpen();
    f.put(named("a"), {{kNow, 1}, {0, 2}, {kNow * 2, 3}});
    QCOMPARE(f.texts({}), QStringList{"a 2@0 1@1700000000000 3@3400000000000"});
}

void TestJudging::removesWhatIsOlderThanTheRetention()
{
    StoreFixture f;
    f.options.retentionMs = 3'600'000;
    f.options.outOfOrderMs = kAnyAge;
    f.mustOpen();
    f.put(named("old"), {{kNow - 7'200'000, 1}}, "one");
    QVERIFY(f.store->closeChunks().ok());
    f.put(named("young"), {{kNow - 60'000, 1}, {kNow, 2}}, "two");
    QVERIFY(f.store->closeChunks().ok());
    QVERIFY(f.store->applyRetention().ok());
    QCOMPARE(f.texts({}), QStringList{"young 1@1699999940000 2@1700000000000"});
    QCOMPARE(f.store->stats().series, 1U);
    QCOMPARE(f.store->labelValues("__name__", {}, {0, kAnyAge}, {})->size(), 1U);
    f.mustOpen();
    QCOMPARE(f.texts({}), QStringList{"young 1@1699999940000 2@1700000000000"});
    QCOMPARE(f.store->stats().series, 1U);
}

void TestJudging::takesARemovedSeriesAgain()
{
    StoreFixture f;
    f.options.retentionMs = 3'600'000;
    f.mustOpen();
    f.put(named("a"), {{kNow - 7'200'000, 1}}, "one");
    const SeriesId id = f.id(named("a"));
    QVERIFY(f.store->closeChunks().ok());
    f.put(named("b"), {{kNow, 1}}, "two");
    QVERIFY(f.store->applyRetention().ok());
    QCOMPARE(f.texts({}), QStringList{"b 1@1700000000000"});
    QVERIFY(
        f.store->appendDurably({.origin = "one", .samples = {{id, kNow, 5}}, .metadata = {}, .exemplars = {}}).ok());
    const QStringList expected{"a 5@1700000000000", "b 1@1700000000000"};
    QCOMPARE(f.texts({}), expected);
    f.mustOpen();
    QCOMPARE(f.texts({}), expected);
}

void TestJudging::keepsTheFileBelowItsBound()
{
    StoreFixture f;
    f.options.retentionBytes = 400'000;
    f.mustOpen();
    quint64 random = 88172645463325252ULL;
    for (int round = 0; round < 10; ++round) {
        std::vector<Sample> samples;
        for (int i = 0; i < 10'000; ++i) {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            samples.push_back({round * 1'000'000 + i, static_cast<double>(random)});
        }
        f.put(named("a"), samples);
        QVERIFY(f.store->closeChunks().ok());
        QVERIFY(f.store->applyRetention().ok());
    }
    QVERIFY((*f.store->read({"SELECT sum(length(data)) FROM chunk", {}}))[0].integer(0) < 400'000);
    QVERIFY(f.store->stats().chunksRemoved > 0);
    // The newest is what is kept.
    QCOMPARE(f.select({}).series[0].times.back(), 9'009'999);
}

}  // namespace holdfast::store

QTEST_GUILESS_MAIN(holdfast::store::TestJudging)
#include "tst_judging.moc"
