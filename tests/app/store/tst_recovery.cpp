#include "app/store/check.h"
#include "tests/app/store/store_fixture.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <random>
#include <set>

namespace holdfast::store {

class TestRecovery : public QObject {
    Q_OBJECT

private slots:
    void losesNothingAcknowledgedWhenKilled();
    void noticesACutWriteAheadLog();
    void refusesADamagedChunkAndServesTheRest();
    void noticesThatTheFileIsGone();
};

namespace {

// Appends for ever, and tells through the pipe what has been acknowledged.
[[noreturn]] void appendUntilKilled(const StoreOptions& options, int pipe, std::int64_t from)
{
    const ManualClock clock(kNow);
    Log log(stderr, LogLevel::Error, clock);
    auto store = Store::open(options, clock, log);
    if (!store.ok())
        _exit(3);
    std::vector<SeriesId> ids;
    for (int s = 0; s < 5; ++s)
        ids.push_back((*store)->series(LabelSet{{"__name__", "m"}, {"s", std::to_string(s)}}).value());
    for (std::int64_t i = from;; ++i) {
        Batch batch{.origin = "t", .samples = {}, .metadata = {}, .exemplars = {}};
        for (const SeriesId id : ids)
            batch.samples.push_back({id, i, static_cast<double>(i) * 0.5});
        if (!(*store)->appendDurably(std::move(batch)).ok())
            _exit(4);
        if (i % 50 == 49 && !(*store)->closeChunks().ok())
            _exit(5);
        if (i % 10 == 0
            && !(*store)->write({{"INSERT INTO setting VALUES(?, '1', 0)", {"k" + std::to_string(i)}}}).ok())
            _exit(6);
        if (::write(pipe, &i, sizeof i) != sizeof i)
            _exit(7);
    }
}

}  // namespace

void TestRecovery::losesNothingAcknowledgedWhenKilled()
{
    StoreFixture f;
    std::mt19937 random(11);
    std::int64_t next = 0;
    std::set<std::string> settings;  // acknowledged
    for (int round = 0; round < 60; ++round) {
        int pipe[2];
        QCOMPARE(::pipe(pipe), 0);
        const pid_t child = ::fork();
        QVERIFY(child >= 0);
        if (child == 0) {
            ::close(pipe[0]);
            appendUntilKilled(f.options, pipe[1], next);
        }
        ::close(pipe[1]);
        // The instant is given by progress and a few microseconds of chance, not by the clock.
        const std::int64_t killAt = next + 3 + static_cast<std::int64_t>(random() % 40);
        std::int64_t acknowledged = -1;
        while (acknowledged < killAt && ::read(pipe[0], &acknowledged, sizeof acknowledged) == sizeof acknowledged) {
        }
        for (std::atomic<unsigned> spin = random() % 200'000; spin > 0; --spin) {
        }
        ::kill(child, SIGKILL);
        while (::read(pipe[0], &acknowledged, sizeof acknowledged) == sizeof acknowledged) {
        }
        ::close(pipe[0]);
        int status = 0;
        ::waitpid(child, &status, 0);
        QVERIFY2(WIFSIGNALED(status), qPrintable(QString::number(WEXITSTATUS(status))));

        const auto report = checkFile(f.options.path);
        QVERIFY(report.ok());
        QVERIFY2(report->problems.empty(), report->problems.empty() ? "" : report->problems[0].c_str());
        f.mustOpen();
        QCOMPARE(f.store->stats().lostCommits, 0U);
        const SeriesSet set = f.select({});
        QCOMPARE(set.series.size(), 5U);
        for (const SeriesView& series : set.series) {
            QVERIFY(static_cast<std::int64_t>(series.times.size()) > acknowledged);
            for (std::size_t i = 0; i < series.times.size(); ++i) {
                QCOMPARE(series.times[i], static_cast<std::int64_t>(i));
                QCOMPARE(series.values[i], static_cast<double>(i) * 0.5);
            }
        }
        for (std::int64_t i = next; i <= acknowledged; ++i) {
            if (i % 10 == 0)
                settings.insert("k" + std::to_string(i));
        }
        std::set<std::string> found;
        const auto rows = f.store->read({"SELECT key FROM setting", {}});
        for (const SqlRow& row : *rows)
            found.insert(row.text(0));
        QVERIFY(std::ranges::includes(found, settings));
        // The next round begins where it meets none of this one's settings.
        next = (static_cast<std::int64_t>(set.series[0].times.size()) + 9) / 10 * 10;
        for (const SeriesView& series : set.series) {
            std::vector<Sample> fill;
            for (auto t = static_cast<std::int64_t>(series.times.size()); t < next; ++t)
                fill.push_back({t, static_cast<double>(t) * 0.5});
            f.put(*series.labels, fill);
        }
        f.store.reset();
    }
}

void TestRecovery::noticesACutWriteAheadLog()
{
    StoreFixture f;
    f.mustOpen();
    f.put(named("a"), {{1000, 1}});
    // A copy as a power cut would leave it: file, WAL and mark of a running store, the WAL cut in the middle.
    const std::string copy = (f.directory.path() + "/cut.db").toStdString();
    f.put(named("a"), {{2000, 2}});
    f.put(named("a"), {{3000, 3}});
    for (const char* suffix : {"", "-wal", "-mark"})
        std::filesystem::copy_file(f.options.path + suffix, copy + suffix);
    const auto size = std::filesystem::file_size(copy + "-wal");
    std::filesystem::resize_file(copy + "-wal", size - 4096);
    f.store.reset();

    const auto report = checkFile(copy);
    QVERIFY(report.ok());
    QVERIFY(!report->problems.empty());

    f.options.path = copy;
    Log silent(std::tmpfile(), LogLevel::Error, f.clock);
    auto store = Store::open(f.options, f.clock, silent);
    QVERIFY(store.ok());
    QVERIFY((*store)->stats().lostCommits > 0);
    const auto gaps = (*store)->read({"SELECT first_seq, last_seq FROM commit_gap", {}});
    QCOMPARE(gaps->size(), 1U);
    const SeriesSet left = (*store)->select({}, {0, 5000}, {}, {}).value();
    QCOMPARE(left.series[0].times.front(), 1000);
    QVERIFY(left.series[0].times.back() < 3000);
}

void TestRecovery::refusesADamagedChunkAndServesTheRest()
{
    StoreFixture f;
    f.mustOpen();
    f.put(named("a"), {{1000, 1}, {2000, 2}});
    QVERIFY(f.store->closeChunks().ok());
    f.put(named("a"), {{3000, 3}});
    QVERIFY(f.store->closeChunks().ok());
    QVERIFY(f.store->write({{"UPDATE chunk SET t1 = t1 + 1 WHERE t0 = 1000", {}}}).ok());
    Log silent(std::tmpfile(), LogLevel::Error, f.clock);
    f.store.reset();
    auto store = Store::open(f.options, f.clock, silent);
    const SeriesSet set = (*store)->select({}, {0, 5000}, {}, {}).value();
    QCOMPARE(set.series.size(), 1U);
    QCOMPARE(set.series[0].times.size(), 1U);
    QCOMPARE(set.series[0].times[0], 3000);
    QCOMPARE(set.warnings.size(), 1U);
    QVERIFY(QString::fromStdString(set.warnings[0]).contains("checksum"));
    store->reset();
    QVERIFY(!checkFile(f.options.path)->problems.empty());
}

void TestRecovery::noticesThatTheFileIsGone()
{
    StoreFixture f;
    f.mustOpen();
    f.put(named("a"), {{1000, 1}});
    std::filesystem::rename(f.options.path, f.options.path + ".moved");
    const SeriesId id = f.id(named("a"));
    Batch batch{.origin = "t", .samples = {{id, 2000, 2}}, .metadata = {}, .exemplars = {}};
    const auto refused = f.store->appendDurably(batch);
    QVERIFY(!refused.ok());
    QVERIFY(QString::fromStdString(refused.error().message).contains("deleted or moved"));
    QVERIFY(!f.store->stats().lastWriteError.empty());
    // It comes back: what was kept in memory is written.
    std::filesystem::rename(f.options.path + ".moved", f.options.path);
    f.put(named("a"), {{3000, 3}});
    f.mustOpen();
    QCOMPARE(f.texts({}), QStringList{"a 1@1000 2@2000 3@3000"});
}

}  // namespace holdfast::store

QTEST_GUILESS_MAIN(holdfast::store::TestRecovery)
#include "tst_recovery.moc"
