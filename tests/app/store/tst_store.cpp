#include "tests/app/store/store_fixture.h"

#include <cmath>

namespace holdfast::store {

class TestStore : public QObject {
    Q_OBJECT

private slots:
    void showsASampleAtOnce();
    void keepsSamplesOverAReopening();
    void readsChunksAndOpenSamplesAsOneColumn();
    void keepsEveryBitOfAValue();
    void sortsSeriesByLabels();
    void clipsToTheRangeWithBothEnds();
    void refusesMoreSamplesThanTheLimit();
    void saysWhenACommitHappened();
    void refusesABatchWhenTheQueueIsFull();
    void refusesASeriesItNeverGaveOut();
    void keepsMetadataAndExemplars();
    void copiesItselfWhileRunning();
    void joinsSmallChunksWithoutChangingAnything();
    void readsBesideARunningEngine();
};

void TestStore::showsASampleAtOnce()
{
    StoreFixture f;
    f.mustOpen();
    const SeriesId id = f.id(named("up"));
    QVERIFY(f.store->append({.origin = "t", .samples = {{id, kNow, 1}}, .metadata = {}, .exemplars = {}}).ok());
    QCOMPARE(f.texts({is("__name__", "up")}), QStringList{"up 1@1700000000000"});
}

void TestStore::keepsSamplesOverAReopening()
{
    StoreFixture f;
    f.mustOpen();
    f.put(named("a"), {{1000, 1}, {2000, 2.5}});
    f.put(LabelSet{{"__name__", "b"}, {"x", "y z"}}, {{1500, 7}});
    f.mustOpen();
    QCOMPARE(f.texts({}), (QStringList{"a 1@1000 2.5@2000", "b{x=\"y z\"} 7@1500"}));
}

void TestStore::readsChunksAndOpenSamplesAsOneColumn()
{
    StoreFixture f;
    f.mustOpen();
    QString expected = "a";
    for (int i = 0; i < 1000; ++i) {
        f.put(named("a"), {{i * 1000, i * 1.0}});
        expected += QStringLiteral(" %1@%2").arg(i).arg(i * 1000);
    }
    QVERIFY(f.store->stats().chunksWritten > 0);
    QVERIFY(f.store->stats().openSamples > 0);
    QCOMPARE(f.texts({}), QStringList{expected});
    f.mustOpen();
    QCOMPARE(f.texts({}), QStringList{expected});
    QVERIFY(f.store->closeChunks().ok());
    QCOMPARE(f.store->stats().openSamples, 0U);
    QCOMPARE(f.texts({}), QStringList{expected});
    f.mustOpen();
    QCOMPARE(f.texts({}), QStringList{expected});
}

void TestStore::keepsEveryBitOfAValue()
{
    const std::vector<std::uint64_t> bits{kStaleBits,
                                          0x7ff8000000000001ULL,
                                          0xfff8000000001234ULL,
                                          0x8000000000000000ULL,
                                          0,
                                          0x7ff0000000000000ULL,
                                          0xfff0000000000000ULL,
                                          1,
                                          0x3fb999999999999aULL};
    StoreFixture f;
    f.mustOpen();
    std::vector<Sample> samples;
    for (std::size_t i = 0; i < bits.size(); ++i)
        samples.push_back({static_cast<std::int64_t>(i), std::bit_cast<double>(bits[i])});
    f.put(named("a"), samples);
    const auto check = [&] {
        const SeriesSet set = f.select({});
        QCOMPARE(set.series.size(), 1U);
        for (std::size_t i = 0; i < bits.size(); ++i)
            QCOMPARE(std::bit_cast<std::uint64_t>(set.series[0].values[i]), bits[i]);
    };
    check();
    f.mustOpen();
    check();
    QVERIFY(f.store->closeChunks().ok());
    check();
}

void TestStore::sortsSeriesByLabels()
{
    StoreFixture f;
    f.mustOpen();
    f.put(LabelSet{{"__name__", "b"}, {"i", "2"}}, {{1, 1}});
    f.put(LabelSet{{"__name__", "b"}, {"i", "1"}}, {{1, 1}});
    f.put(LabelSet{{"__name__", "a"}, {"i", "9"}}, {{1, 1}});
    QCOMPARE(f.texts({}), (QStringList{"a{i=\"9\"} 1@1", "b{i=\"1\"} 1@1", "b{i=\"2\"} 1@1"}));
}

void TestStore::clipsToTheRangeWithBothEnds()
{
    StoreFixture f;
    f.mustOpen();
    f.put(named("a"), {{10, 1}, {20, 2}, {30, 3}, {40, 4}});
    QCOMPARE(f.texts({}, {20, 30}), QStringList{"a 2@20 3@30"});
    QCOMPARE(f.texts({}, {21, 29}), QStringList{});
    QVERIFY(f.store->closeChunks().ok());
    QCOMPARE(f.texts({}, {20, 30}), QStringList{"a 2@20 3@30"});
}

void TestStore::refusesMoreSamplesThanTheLimit()
{
    StoreFixture f;
    f.mustOpen();
    f.put(named("a"), {{10, 1}, {20, 2}, {30, 3}});
    ReadLimits limits;
    limits.maxSamples = 2;
    const auto answer = f.store->select({}, {0, 100}, {}, limits);
    QVERIFY(!answer.ok());
    QVERIFY(answer.error().kind == ErrorKind::Limit);
}

void TestStore::saysWhenACommitHappened()
{
    StoreFixture f;
    f.mustOpen();
    const CommitState before = f.store->waitForCommit(0, std::chrono::milliseconds(0));
    f.put(named("a"), {{12345, 1}});
    const CommitState after = f.store->waitForCommit(before.seq, std::chrono::seconds(10));
    QVERIFY(after.seq > before.seq);
    QCOMPARE(after.newestMs, 12345);
}

void TestStore::refusesABatchWhenTheQueueIsFull()
{
    StoreFixture f;
    f.options.queueSamples = 2;
    f.mustOpen();
    const SeriesId id = f.id(named("a"));
    const auto refused = f.store->append(
        {.origin = "t", .samples = {{id, 1, 1}, {id, 2, 1}, {id, 3, 1}}, .metadata = {}, .exemplars = {}});
    QVERIFY(!refused.ok());
    QVERIFY(refused.error().kind == ErrorKind::Unavailable);
    QCOMPARE(f.store->stats().refusedBatches, 1U);
    QCOMPARE(f.texts({}), QStringList{});
}

void TestStore::refusesASeriesItNeverGaveOut()
{
    StoreFixture f;
    f.mustOpen();
    const auto refused = f.store->append({.origin = "t", .samples = {{17, 1, 1}}, .metadata = {}, .exemplars = {}});
    QVERIFY(!refused.ok());
    QVERIFY(refused.error().kind == ErrorKind::BadInput);
}

void TestStore::keepsMetadataAndExemplars()
{
    StoreFixture f;
    f.mustOpen();
    const SeriesId id = f.id(named("req_bucket"));
    const MetricMetadata about{"req", MetricType::Histogram, "seconds", "Time of \"requests\"."};
    QVERIFY(f.store
                ->appendDurably({.origin = "t",
                                 .samples = {{id, 1000, 1}},
                                 .metadata = {about},
                                 .exemplars = {{id, {LabelSet{{"trace_id", "abc"}}, 0.25, 900}}}})
                .ok());
    for (int round = 0; round < 2; ++round) {
        QCOMPARE(f.store->metadata("req").size(), 1U);
        QVERIFY(f.store->metadata("req")[0] == about);
        QCOMPARE(f.store->metadata("").size(), 1U);
        const std::vector<LabelMatcher> matchers{is("__name__", "req_bucket")};
        const auto exemplars = f.store->exemplars(matchers, {0, 1000});
        QVERIFY(exemplars.ok());
        QCOMPARE(exemplars->size(), 1U);
        QCOMPARE(exemplars->front().exemplars[0].value, 0.25);
        QCOMPARE(f.store->exemplars(matchers, {901, 1000})->size(), 0U);
        f.mustOpen();
    }
}

void TestStore::copiesItselfWhileRunning()
{
    StoreFixture f;
    f.mustOpen();
    f.put(named("a"), {{10, 1}});
    const std::string copy = (f.directory.path() + "/copy.db").toStdString();
    QVERIFY(f.store->backup(copy).ok());
    QVERIFY(!f.store->backup(copy).ok());
    f.put(named("a"), {{20, 2}});
    f.options.path = copy;
    f.mustOpen();
    QCOMPARE(f.texts({}), QStringList{"a 1@10"});
}

void TestStore::joinsSmallChunksWithoutChangingAnything()
{
    StoreFixture f;
    f.mustOpen();
    for (int i = 0; i < 10; ++i) {
        f.put(named("a"), {{i * 10, i * 1.0}, {i * 10 + 1, 0.5}});
        if (i > 4)
            f.put(named("b"), {{i * 10, i * 3.0}});
        QVERIFY(f.store->closeChunks().ok());
    }
    const QStringList before = f.texts({});
    QVERIFY(f.store->compact().ok());
    QCOMPARE(f.texts({}), before);
    QCOMPARE((*f.store->read({"SELECT count(*) FROM chunk", {}}))[0].integer(0), 1);
    f.mustOpen();
    QCOMPARE(f.texts({}), before);
}

void TestStore::readsBesideARunningEngine()
{
    StoreFixture f;
    f.mustOpen();
    f.put(named("a"), {{10, 1}});
    StoreOptions options = f.options;
    options.mode = OpenMode::ReadOnly;
    auto reader = Store::open(options, f.clock, f.log);
    QVERIFY2(reader.ok(), reader.ok() ? "" : reader.error().message.c_str());
    QCOMPARE((*reader)->select({}, {0, 100}, {}, {})->series.size(), 1U);
    QVERIFY(!(*reader)->write({{"DELETE FROM setting", {}}}).ok());
    const SeriesId id = (*reader)->series(named("a")).value();
    QVERIFY(!(*reader)->append({.origin = "t", .samples = {{id, 20, 1}}, .metadata = {}, .exemplars = {}}).ok());
}

}  // namespace holdfast::store

QTEST_GUILESS_MAIN(holdfast::store::TestStore)
#include "tst_store.moc"
