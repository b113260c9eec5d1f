// Whatever a disk does to the bytes: the same answer, or less and said, or a refusal. Never a value that was not
// written, never silence, never a crash.

#include "app/store/check.h"
#include "app/store/sqlite/connection.h"
#include "tests/app/store/store_fixture.h"

#include <QFile>

#include <cmath>
#include <filesystem>
#include <map>
#include <random>

namespace holdfast::store {

class TestDamage : public QObject {
    Q_OBJECT

private slots:
    void neverAnswersWrongAfterAFlippedBit_data();
    void neverAnswersWrongAfterAFlippedBit();
    void saysThatTheFileWasCutShort();
    void givesNoNumberOfADamagedGroupAgain();
    void findsTheChunksOfAGroupWhoseStateIsDamaged();
    void noticesAMissingJournalRow();
    void refusesAFileWhoseTableLostItsName();
    void leavesADamagedExemplarOut();
};

namespace {

using Answer = std::map<std::string, std::map<std::int64_t, std::uint64_t>>;

Answer answerOf(const SeriesSet& set)
{
    Answer out;
    for (const SeriesView& series : set.series) {
        auto& samples = out[series.labels->text()];
        for (std::size_t i = 0; i < series.times.size(); ++i)
            samples[series.times[i]] = std::bit_cast<std::uint64_t>(series.values[i]);
    }
    return out;
}

/// The first sample of `found` that `truth` does not have; empty when there is none.
QString invented(const Answer& found, const Answer& truth)
{
    for (const auto& [labels, samples] : found) {
        const auto known = truth.find(labels);
        if (known == truth.end())
            return "series " + QString::fromStdString(labels);
        for (const auto& [t, bits] : samples) {
            const auto at = known->second.find(t);
            if (at == known->second.end() || at->second != bits)
                return QString::fromStdString(labels) + QString(" at %1").arg(t);
        }
    }
    return {};
}

/// Groups, chunks, late samples, journal rows, rows of people. Ends with some of it in the journal only.
void fill(StoreFixture& f)
{
    std::mt19937 random(3);
    for (int part = 0; part < 4; ++part) {
        for (int s = 0; s < 30; ++s) {
            const LabelSet labels{{"__name__", s % 2 ? "requests_total" : "queue_length"},
                                  {"instance", "shop-" + std::to_string(s)}};
            std::vector<Sample> samples;
            for (int i = 0; i < 60; ++i)
                samples.push_back({(part * 60 + i) * 1000 + s, s % 2 ? i * 3.0 + part : random() % 1000 / 8.0});
            f.put(labels, samples, s < 15 ? "one" : "two");
        }
        if (part < 3 && !f.store->closeChunks().ok())
            qFatal("chunks");
    }
    (void)f.store->write({{"INSERT INTO setting VALUES('k', '1', 0)", {}}}).ok();
}

QByteArray bytesOf(const std::string& path)
{
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void writeBytes(const std::string& path, const QByteArray& bytes)
{
    std::filesystem::remove(path);
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("%s", path.c_str());
}

/// Runs statements on a closed file as an editor of SQLite files would.
void edit(const std::string& path, std::string_view sql)
{
    auto db = Connection::open(path, Access::Write);
    const auto done = db.ok() ? db->exec(sql) : Result<void>(db.error());
    if (!done.ok())
        qFatal("%s", done.error().message.c_str());
}

}  // namespace

void TestDamage::neverAnswersWrongAfterAFlippedBit_data()
{
    QTest::addColumn<bool>("stopped");
    QTest::addColumn<unsigned>("seed");
    QTest::addRow("database of a stopped engine") << true << 17U;
    QTest::addRow("database and log as a power cut leaves them") << false << 23U;
}

void TestDamage::neverAnswersWrongAfterAFlippedBit()
{
    QFETCH(const bool, stopped);
    QFETCH(const unsigned, seed);
    StoreFixture f;
    f.mustOpen();
    fill(f);
    const Answer truth = answerOf(f.select({}));
    if (stopped)
        f.store.reset();
    std::map<std::string, QByteArray> whole;
    for (const char* suffix : {"", "-wal", "-mark"}) {
        if (std::filesystem::exists(f.options.path + suffix))
            whole[suffix] = bytesOf(f.options.path + suffix);
    }
    f.store.reset();

    std::mt19937 random(seed);
    int same = 0;
    int said = 0;
    int refused = 0;
    for (int round = 0; round < 300; ++round) {
        const char* part = !stopped && round % 2 ? "-wal" : "";
        const std::string path = (f.directory.path() + QString("/flip-%1.db").arg(round)).toStdString();
        for (const auto& [suffix, bytes] : whole) {
            QByteArray copy = bytes;
            if (suffix == part) {
                const qsizetype at = static_cast<qsizetype>(random() % static_cast<unsigned>(copy.size()));
                copy[at] = static_cast<char>(copy[at] ^ (1 << random() % 8));
            }
            writeBytes(path + suffix, copy);
        }
        const auto where = [&] { return QString("round %1 ").arg(round); };
        Log silent(std::tmpfile(), LogLevel::Error, f.clock);
        const auto report = checkFile(path);
        StoreOptions options = f.options;
        options.path = path;
        // One in three is opened as the engine does, which then goes on writing.
        options.mode = round % 3 == 0 ? OpenMode::ReadWrite : OpenMode::ReadOnly;
        bool spoke = !report.ok() || !report->problems.empty();
        auto opened = Store::open(options, f.clock, silent);
        if (!opened.ok()) {
            QVERIFY2(!opened.error().message.empty(), qPrintable(where()));
            ++refused;
            std::filesystem::remove(path);
            continue;
        }
        Store& store = **opened;
        if (options.mode == OpenMode::ReadWrite) {
            const auto id = store.series(LabelSet{{"__name__", "later"}});
            (void)store
                .appendDurably({.origin = "one", .samples = {{*id, 9'000'000, 1}}, .metadata = {}, .exemplars = {}})
                .ok();
            (void)store.closeChunks().ok();
        }
        const auto read = store.select({}, {0, 8'000'000}, {}, {});
        if (!read.ok()) {
            ++refused;
        } else {
            const StoreStats stats = store.stats();
            spoke = spoke || !read->warnings.empty() || stats.corruptChunks > 0 || stats.lostCommits > 0;
            const Answer found = answerOf(*read);
            QVERIFY2(invented(found, truth).isEmpty(), qPrintable(where() + invented(found, truth)));
            QVERIFY2(found == truth || spoke, qPrintable(where() + "less than there was, and nobody said so"));
            found == truth ? ++same : ++said;
        }
        opened->reset();
        for (const char* suffix : {"", "-wal", "-shm", "-mark"})
            std::filesystem::remove(path + suffix);
    }
    qInfo("same %d, less and said %d, refused %d", same, said, refused);
    QVERIFY(said > 0);
    QVERIFY(same > 0);
}

void TestDamage::saysThatTheFileWasCutShort()
{
    StoreFixture f;
    f.mustOpen();
    fill(f);
    const Answer truth = answerOf(f.select({}));
    f.store.reset();
    const QByteArray whole = bytesOf(f.options.path);
    std::mt19937 random(5);
    for (int round = 0; round < 30; ++round) {
        writeBytes(f.options.path,
                   whole.left(static_cast<qsizetype>(1 + random() % static_cast<unsigned>(whole.size() - 1))));
        Log silent(std::tmpfile(), LogLevel::Error, f.clock);
        const auto report = checkFile(f.options.path);
        const bool spoke = !report.ok() || !report->problems.empty();
        StoreOptions options = f.options;
        options.mode = OpenMode::ReadOnly;
        auto opened = Store::open(options, f.clock, silent);
        if (!opened.ok())
            continue;
        const auto read = (*opened)->select({}, {0, kAnyAge}, {}, {});
        if (!read.ok())
            continue;
        QVERIFY2(invented(answerOf(*read), truth).isEmpty(), qPrintable(QString::number(round)));
        QVERIFY2(answerOf(*read) == truth || spoke, qPrintable(QString::number(round)));
    }
}

void TestDamage::givesNoNumberOfADamagedGroupAgain()
{
    StoreFixture f;
    f.mustOpen();
    f.put(named("a"), {{1000, 1}}, "one");
    QVERIFY(f.store->closeChunks().ok());
    f.put(named("b"), {{1000, 2}}, "two");
    QVERIFY(f.store->closeChunks().ok());
    f.store.reset();
    edit(f.options.path, "UPDATE grp SET sum = sum + 1 WHERE id = 2");
    QVERIFY(!checkFile(f.options.path)->problems.empty());
    Log silent(std::tmpfile(), LogLevel::Error, f.clock);
    f.store = Store::open(f.options, f.clock, silent).value();
    QVERIFY(f.store->stats().corruptChunks > 0);
    f.put(named("c"), {{5000, 3}}, "three");
    QVERIFY(f.store->closeChunks().ok());
    QCOMPARE(f.texts({}), (QStringList{"a 1@1000", "c 3@5000"}));
    f.store.reset();
}

void TestDamage::findsTheChunksOfAGroupWhoseStateIsDamaged()
{
    for (const char* damage : {"UPDATE grp_state SET next_chunk = 0", "UPDATE grp_state SET covered = 1 << 40",
                               "UPDATE grp_state SET t0 = 9000, t1 = 9000", "DELETE FROM grp_state"}) {
        StoreFixture f;
        f.mustOpen();
        f.put(named("a"), {{1000, 1}});
        QVERIFY(f.store->closeChunks().ok());
        f.put(named("a"), {{2000, 2}});
        f.store.reset();
        edit(f.options.path, damage);
        QVERIFY2(!checkFile(f.options.path)->problems.empty(), damage);
        Log silent(std::tmpfile(), LogLevel::Error, f.clock);
        f.store = Store::open(f.options, f.clock, silent).value();
        QCOMPARE(f.texts({}), QStringList{"a 1@1000 2@2000"});
        f.put(named("a"), {{3000, 3}});
        QVERIFY(f.store->closeChunks().ok());
        QCOMPARE(f.texts({}), QStringList{"a 1@1000 2@2000 3@3000"});
        f.store.reset();
        QVERIFY2(checkFile(f.options.path)->problems.empty(), damage);  // written anew with the chunk
    }
}

void TestDamage::noticesAMissingJournalRow()
{
    StoreFixture f;
    f.mustOpen();
    for (int i = 1; i <= 4; ++i)
        f.put(named("a"), {{i * 1000, 1}});
    f.store.reset();
    edit(f.options.path, "DELETE FROM journal WHERE seq = (SELECT max(seq) - 1 FROM journal)");
    QVERIFY(!checkFile(f.options.path)->problems.empty());
    Log silent(std::tmpfile(), LogLevel::Error, f.clock);
    f.store = Store::open(f.options, f.clock, silent).value();
    QCOMPARE(f.store->stats().lostCommits, 1U);
    f.store.reset();
}

void TestDamage::refusesAFileWhoseTableLostItsName()
{
    StoreFixture f;
    f.mustOpen();
    f.put(named("a"), {{1000, 1}});
    f.store.reset();
    edit(f.options.path, "ALTER TABLE audit RENAME TO audiu");
    const auto refused = f.open();
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().kind, ErrorKind::Corrupt);
    QVERIFY(QString::fromStdString(refused.error().message).contains("table audit is missing"));
}

void TestDamage::leavesADamagedExemplarOut()
{
    StoreFixture f;
    f.mustOpen();
    const SeriesId id = f.id(named("a_bucket"));
    Batch batch{.origin = "t", .samples = {{id, 1000, 1}}, .metadata = {}, .exemplars = {}};
    batch.exemplars.push_back({id, {.labels = {{"trace_id", "x"}}, .value = 0.5, .t = 1000}});
    batch.exemplars.push_back({id, {.labels = {{"trace_id", "y"}}, .value = std::nan(""), .t = 2000}});
    QVERIFY(f.store->appendDurably(batch).ok());
    f.mustOpen();
    const auto kept = f.store->exemplars({}, {0, 5000}).value();
    QCOMPARE(kept.size(), 1U);
    QCOMPARE(kept[0].exemplars.size(), 2U);
    QCOMPARE(kept[0].exemplars[0].value, 0.5);
    QVERIFY(std::isnan(kept[0].exemplars[1].value));
    f.store.reset();
    edit(f.options.path, "UPDATE exemplar SET t = t + 1 WHERE t = 1000");
    QVERIFY(!checkFile(f.options.path)->problems.empty());
    Log silent(std::tmpfile(), LogLevel::Error, f.clock);
    f.store = Store::open(f.options, f.clock, silent).value();
    const auto left = f.store->exemplars({}, {0, 5000}).value();
    QCOMPARE(left[0].exemplars.size(), 1U);
    QCOMPARE(left[0].exemplars[0].t, 2000);
    f.store.reset();
}

}  // namespace holdfast::store

QTEST_GUILESS_MAIN(holdfast::store::TestDamage)
#include "tst_damage.moc"
