#include "app/model/sample.h"
#include "app/store/encoding/checksum.h"
#include "app/store/encoding/chunk.h"
#include "app/store/encoding/commit_record.h"
#include "tests/support/tsan_options.h"

#include <QtTest>

#include <bit>
#include <cmath>
#include <limits>
#include <random>

namespace holdfast::store {

namespace {

struct Series {
    std::vector<std::int64_t> times;
    std::vector<double> values;
};

std::vector<std::int64_t> steady(std::size_t n, std::int64_t step = 15'000)
{
    std::vector<std::int64_t> out;
    for (std::size_t i = 0; i < n; ++i)
        out.push_back(1'700'000'000'000 + static_cast<std::int64_t>(i) * step);
    return out;
}

EncodedChunk encode(const std::vector<Series>& group)
{
    std::vector<ChunkMember> members;
    for (std::size_t i = 0; i < group.size(); ++i)
        members.push_back({static_cast<std::uint16_t>(2 * i), group[i].times, group[i].values});
    return encodeChunk(members);
}

bool sameBits(const std::vector<double>& a, const std::vector<double>& b)
{
    return std::ranges::equal(
        a, b, {}, [](double v) { return std::bit_cast<std::uint64_t>(v); },
        [](double v) { return std::bit_cast<std::uint64_t>(v); });
}

// The group must come back bit for bit, all of it and each series alone.
void verifyRoundTrip(const std::vector<Series>& group)
{
    const EncodedChunk chunk = encode(group);
    const auto all = decodeChunk(chunk.codec, chunk.data);
    QVERIFY2(all.ok(), all.ok() ? "" : all.error().message.c_str());
    for (std::size_t i = 0; i < group.size(); ++i) {
        const auto slot = static_cast<std::uint16_t>(2 * i);
        std::vector<bool> wanted(2 * group.size(), false);
        wanted[slot] = true;
        const auto alone = decodeChunk(chunk.codec, chunk.data, wanted);
        QVERIFY(alone.ok());
        for (const DecodedChunk* decoded : {&*all, &*alone}) {
            const DecodedMember* member = decoded->find(slot);
            QVERIFY(member);
            QVERIFY(decoded->times[member->timeColumn] == group[i].times);
            QVERIFY(sameBits(member->values, group[i].values));
        }
    }
    QVERIFY(!all->find(1));
}

std::vector<Series> made(const std::string& kind, std::mt19937_64& random)
{
    std::vector<Series> group(12);
    const auto times = steady(120);
    std::vector<double> buckets(group.size(), 0);
    for (std::size_t s = 0; s < group.size(); ++s)
        group[s].times = times;
    for (std::size_t i = 0; i < times.size(); ++i) {
        double cumulative = 0;
        for (std::size_t s = 0; s < group.size(); ++s) {
            auto& values = group[s].values;
            const double last = values.empty() ? 0 : values.back();
            if (kind == "counters")
                values.push_back(last + static_cast<double>(random() % 1000));
            else if (kind == "decimals")
                values.push_back(static_cast<double>(random() % 100'000) / 100.0 - 300);
            else if (kind == "mantissas")
                values.push_back(std::bit_cast<double>(0x3ff0000000000000ULL | (random() >> 12)));
            else if (kind == "pages")
                values.push_back(4096.0 * static_cast<double>(random() % 100'000));
            else if (kind == "histogram")
                values.push_back(buckets[s] += cumulative += static_cast<double>(random() % 5));
            else if (kind == "constants")
                values.push_back(static_cast<double>(s) * 0.1);
            else if (kind == "anyBits")
                values.push_back(std::bit_cast<double>(random()));
            else if (kind == "stale")
                values.push_back(random() % 9 == 0 ? staleMarker() : static_cast<double>(i));
            else if (kind == "extremes")
                values.push_back(std::array{0.0, -0.0, std::numeric_limits<double>::infinity(),
                                            -std::numeric_limits<double>::infinity(), std::nan("7"), 5e-324, 1.7e308,
                                            9007199254740993.0, -1e-9}[random() % 9]);
        }
    }
    return group;
}

}  // namespace

class TestChunk : public QObject {
    Q_OBJECT

private slots:
    void keepsEveryBit_data();
    void keepsEveryBit();
    void keepsIrregularTimesOfEachSeries();
    void sharesTheTimesOfSeriesThatCameLater();
    void needsLittleForAHistogram();
    void refusesBytesThatWereChanged();
    void checksumCoversKeyAndBounds();
    void checksumIsXxh64();
    void commitRecordKeepsEveryBitAndTheOrder();
};

void TestChunk::keepsEveryBit_data()
{
    QTest::addColumn<QString>("kind");
    for (const char* kind :
         {"counters", "decimals", "mantissas", "pages", "histogram", "constants", "anyBits", "stale", "extremes"})
        QTest::newRow(kind) << kind;
}

void TestChunk::keepsEveryBit()
{
    QFETCH(QString, kind);
    std::mt19937_64 random(42);
    for (int round = 0; round < 20; ++round)
        verifyRoundTrip(made(kind.toStdString(), random));
}

void TestChunk::keepsIrregularTimesOfEachSeries()
{
    std::mt19937_64 random(7);
    for (int round = 0; round < 50; ++round) {
        std::vector<Series> group(1 + random() % 8);
        for (Series& series : group) {
            auto t = static_cast<std::int64_t>(random() % 1'000'000'000'000);
            const std::size_t n = 1 + random() % 200;
            for (std::size_t i = 0; i < n; ++i) {
                t += 1 + static_cast<std::int64_t>(random() % (random() % 3 == 0 ? 1'000'000'000 : 10));
                series.times.push_back(t);
                series.values.push_back(static_cast<double>(random() % 10));
            }
        }
        verifyRoundTrip(group);
    }
}

void TestChunk::sharesTheTimesOfSeriesThatCameLater()
{
    std::mt19937_64 random(3);
    std::vector<Series> together(20);
    std::vector<Series> later;
    Series jittered;
    for (std::size_t i = 0; i < 120; ++i)
        jittered.times.push_back(static_cast<std::int64_t>(i * 15'000 + random() % 500));
    for (Series& series : together) {
        series.times = jittered.times;
        series.values.assign(120, 1);
    }
    for (std::size_t s = 0; s < 20; ++s) {
        later.push_back(together[s]);
        later.back().times.erase(later.back().times.begin(),
                                 later.back().times.begin() + static_cast<std::ptrdiff_t>(s));
        later.back().values.resize(120 - s);
    }
    verifyRoundTrip(later);
    QVERIFY(encode(later).data.size() < encode(together).data.size() + 20 * 8);
}

void TestChunk::needsLittleForAHistogram()
{
    std::mt19937_64 random(42);
    const EncodedChunk chunk = encode(made("histogram", random));
    // Residuals of 0..4 need 3 to 4 bits; coded alone, the upper buckets would need 6 and more.
    QVERIFY2(chunk.data.size() < chunk.samples * 5 / 8, qPrintable(QString::number(chunk.data.size())));
}

void TestChunk::refusesBytesThatWereChanged()
{
    std::mt19937_64 random(42);
    const EncodedChunk chunk = encode(made("decimals", random));
    for (int round = 0; round < 2000; ++round) {
        EncodedChunk damaged = chunk;
        damaged.data[random() % damaged.data.size()] ^= static_cast<char>(1U << random() % 8);
        QVERIFY(damaged.checksum(5) != chunk.checksum(5));
        // Whatever is decoded without looking at the checksum: no crash, no endless loop.
        (void)decodeChunk(damaged.codec, damaged.data).ok();
        damaged.data.resize(random() % damaged.data.size());
        (void)decodeChunk(damaged.codec, damaged.data).ok();
        (void)decodeChunk(ChunkCodec::Packed, damaged.data).ok();
    }
}

void TestChunk::checksumCoversKeyAndBounds()
{
    std::mt19937_64 random(42);
    const EncodedChunk chunk = encode(made("counters", random));
    EncodedChunk other = chunk;
    other.t0 += 1;
    QVERIFY(other.checksum(1) != chunk.checksum(1));
    QVERIFY(chunk.checksum(2) != chunk.checksum(1));
}

void TestChunk::checksumIsXxh64()
{
    // Source of the expected values: xxhsum of the empty text and of "abc", and of 39 bytes.
    QCOMPARE(xxh64(""), 0xef46db3751d8e999ULL);
    QCOMPARE(xxh64("abc"), 0x44bc2cf5ad770999ULL);
    QCOMPARE(xxh64("Nobody inspects the spammish repetition"), 0xfbcea83c8a378bf1ULL);
}

void TestChunk::commitRecordKeepsEveryBitAndTheOrder()
{
    std::mt19937_64 random(42);
    CommitRecord record;
    record.groups.push_back({7, "job/instance:9100"});
    record.members.push_back({3, 7, 2, LabelSet{{"__name__", "up"}, {"x", "a\"b\n"}}});
    for (int i = 0; i < 5000; ++i) {
        const double v = i % 3 == 0   ? std::bit_cast<double>(random())
                         : i % 3 == 1 ? static_cast<double>(random() % 1000) / 10
                                      : -static_cast<double>(random() % 100000);
        record.samples.push_back({random() % 100, static_cast<std::int64_t>(random() % 2'000'000'000'000), v});
    }
    record.samples.push_back({1, 0, -0.0});
    record.samples.push_back({1, 1, staleMarker()});
    const auto back = decodeCommit(encodeCommit(record));
    QVERIFY(back.ok());
    QCOMPARE(back->groups[0].origin, record.groups[0].origin);
    QVERIFY(back->members[0].labels == record.members[0].labels);
    QCOMPARE(back->members[0].slot, 2);
    QCOMPARE(back->samples.size(), record.samples.size());
    for (std::size_t i = 0; i < record.samples.size(); ++i) {
        QCOMPARE(back->samples[i].series, record.samples[i].series);
        QCOMPARE(back->samples[i].t, record.samples[i].t);
        QCOMPARE(std::bit_cast<std::uint64_t>(back->samples[i].v), std::bit_cast<std::uint64_t>(record.samples[i].v));
    }
}

}  // namespace holdfast::store

QTEST_GUILESS_MAIN(holdfast::store::TestChunk)
#include "tst_chunk.moc"
