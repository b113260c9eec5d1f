#include "tests/app/store/store_fixture.h"

using namespace holdfast;
using namespace holdfast::store;

namespace {

constexpr std::int64_t kHour = 3'600'000;

/// A sample a minute over three days, in chunks; one span of them is to be kept.
void fill(StoreFixture& f)
{
    f.options.outOfOrderMs = kAnyAge;
    f.options.retentionMs = 12 * kHour;
    f.mustOpen();
    std::vector<Sample> samples;
    for (std::int64_t t = kNow - 72 * kHour; t <= kNow; t += 60'000)
        samples.push_back({t, 1});
    f.put(named("m"), samples);
    QVERIFY(f.store->closeChunks().ok());
}

std::size_t between(const StoreFixture& f, TimeRange range)
{
    const auto found = f.select({is("__name__", "m")}, range);
    return found.series.empty() ? 0 : found.series.front().times.size();
}

void keep(StoreFixture& f, std::int64_t until)
{
    const auto written = f.store->write({{"INSERT INTO kept_span(owner,start_ms,end_ms,until_ms) VALUES(?,?,?,?)",
                                          {"incident/1", kNow - 50 * kHour, kNow - 49 * kHour, until}}});
    QVERIFY(written.ok());
}

}  // namespace

class KeptSpanTest : public QObject {
    Q_OBJECT

private slots:
    void retentionSparesASpanThatIsKept()
    {
        StoreFixture f;
        fill(f);
        keep(f, kNow + kHour);
        QVERIFY(f.store->applyRetention().ok());
        QCOMPARE(between(f, {kNow - 50 * kHour, kNow - 49 * kHour}), std::size_t{61});
        QVERIFY(between(f, {kNow - 72 * kHour, kNow - 60 * kHour}) == 0);
        QVERIFY(between(f, {kNow - kHour, kNow}) > 59);
    }

    void aSpanIsKeptNoLongerThanItsEndSays()
    {
        StoreFixture f;
        fill(f);
        keep(f, kNow - kHour);
        QVERIFY(f.store->applyRetention().ok());
        QCOMPARE(between(f, {kNow - 50 * kHour, kNow - 49 * kHour}), std::size_t{0});
    }

    void theBoundOfTheDiskIsHarderThanAKeptSpan()
    {
        StoreFixture f;
        f.options.retentionBytes = 1;
        fill(f);
        keep(f, kNow + kHour);
        QVERIFY(f.store->applyRetention().ok());
        QCOMPARE(between(f, {kNow - 50 * kHour, kNow - 49 * kHour}), std::size_t{0});
    }
};

QTEST_GUILESS_MAIN(KeptSpanTest)
#include "tst_kept_span.moc"
