// What must hold when the engine dies at a named step, the disk is full, or the file is taken away.

#include "app/store/check.h"
#include "tests/app/store/store_fixture.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>

namespace holdfast::store {

class TestFaults : public QObject {
    Q_OBJECT

private slots:
    void losesNothingWhenKilledAtANamedStep_data();
    void losesNothingWhenKilledAtANamedStep();
    void survivesAFullDisk();
    void noticesWithoutTrafficThatTheFileIsGone();
    void refusesToReadAFileThatTookThePlace();
    void commitsBetweenSlicesOfARetention();
};

namespace {

constexpr std::int64_t kStepMs = 1000;
constexpr std::int64_t kKeepMs = 60 * kStepMs;
constexpr int kSeries = 5;

double valueAt(std::int64_t t)
{
    return static_cast<double>(t) * 0.25;
}

/// Runs `body` in a child and hands back what it wrote; ends by `status`.
std::vector<std::int64_t> inChild(const std::function<void(int pipe)>& body, int& status)
{
    int pipe[2];
    if (::pipe(pipe) != 0)
        qFatal("no pipe");
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(pipe[0]);
        body(pipe[1]);
        ::_exit(0);
    }
    ::close(pipe[1]);
    std::vector<std::int64_t> out;
    std::int64_t word = 0;
    while (::read(pipe[0], &word, sizeof word) == sizeof word)
        out.push_back(word);
    ::close(pipe[0]);
    ::waitpid(child, &status, 0);
    return out;
}

// Everything the writer does, over and over: commits, chunks, retention, joining. Tells what was acknowledged.
void workUntilKilled(const StoreOptions& options, std::int64_t from, int pipe)
{
    const ManualClock clock(kNow);
    Log log(stderr, LogLevel::Error, clock);
    auto store = Store::open(options, clock, log);
    if (!store.ok())
        ::_exit(3);
    for (std::int64_t i = from; i < from + 2000; ++i) {
        Batch batch{.origin = "t", .samples = {}, .metadata = {}, .exemplars = {}};
        for (int s = 0; s < kSeries; ++s) {
            const auto id = (*store)->series(LabelSet{{"__name__", "m"}, {"s", std::to_string(s)}});
            batch.samples.push_back({id.value(), i * kStepMs, valueAt(i * kStepMs)});
        }
        // A series of its own for each ten, so that groups come and go.
        const auto guest = (*store)->series(LabelSet{{"__name__", "guest"}, {"n", std::to_string(i / 10)}});
        const Batch other{.origin = "g" + std::to_string(i / 10),
                          .samples = {{guest.value(), i * kStepMs, valueAt(i * kStepMs)}},
                          .metadata = {},
                          .exemplars = {}};
        if (!(*store)->append(other).ok() || !(*store)->appendDurably(std::move(batch)).ok())
            ::_exit(4);
        if (::write(pipe, &i, sizeof i) != sizeof i)
            ::_exit(5);
        if (i % 7 == 6 && !(*store)->closeChunks().ok())
            ::_exit(6);
        if (i % 20 == 19 && !(*store)->applyRetention().ok())
            ::_exit(7);
        if (i % 30 == 29 && !(*store)->compact().ok())
            ::_exit(8);
    }
}

}  // namespace

void TestFaults::losesNothingWhenKilledAtANamedStep_data()
{
    QTest::addColumn<QString>("step");
    for (const char* step : {"open: made", "commit: taken", "commit: written", "commit: written with chunks",
                             "commit: synced", "commit: marked", "commit: settled", "retention: cut",
                             "retention: groups left", "retention: groups forgotten", "compact: joined"})
        QTest::addRow("%s", step) << step;
}

void TestFaults::losesNothingWhenKilledAtANamedStep()
{
    QFETCH(const QString, step);
    StoreFixture f;
    f.options.retentionMs = kKeepMs;
    f.options.commitEvery = std::chrono::milliseconds(200);  // commits come from appendDurably()
    const std::string name = step.toStdString();
    std::int64_t from = 0;
    std::int64_t acknowledged = -1;
    for (const int passes : {0, 1, 4, 9}) {
        if (name == "open: made" && passes > 0)
            break;
        StoreOptions doomed = f.options;
        int left = passes;
        doomed.onStep = [&](std::string_view at) {
            if (at == name && left-- == 0)
                ::kill(::getpid(), SIGKILL);
        };
        int status = 0;
        const auto told = inChild([&](int pipe) { workUntilKilled(doomed, from, pipe); }, status);
        QVERIFY2(WIFSIGNALED(status), qPrintable(QString("ended by itself with %1").arg(WEXITSTATUS(status))));
        if (!told.empty())
            acknowledged = told.back();

        if (name != "open: made") {
            const auto report = checkFile(f.options.path);
            QVERIFY(report.ok());
            QVERIFY2(report->problems.empty(), report->problems.empty() ? "" : report->problems[0].c_str());
        }
        f.mustOpen();
        QCOMPARE(f.store->stats().lostCommits, 0U);
        std::int64_t last = -1;
        for (const SeriesView& series : f.select({is("__name__", "m")}).series) {
            last = series.times.back() / kStepMs;
            QVERIFY(last >= acknowledged);
            QVERIFY(series.times.front() <= std::max<std::int64_t>(0, series.times.back() - kKeepMs));
            for (std::size_t i = 0; i < series.times.size(); ++i) {
                QCOMPARE(series.times[i], series.times.front() + static_cast<std::int64_t>(i) * kStepMs);
                QCOMPARE(series.values[i], valueAt(series.times[i]));
            }
        }
        QVERIFY(f.store->applyRetention().ok());
        f.store.reset();
        from = last + 1;
    }
}

namespace {

/// A small file system of its own, seen by this thread and those it starts; gone with it however it ends.
class SmallDisk {
public:
    explicit SmallDisk(std::string path) : m_path(std::move(path))
    {
        m_mounted = ::unshare(CLONE_NEWNS) == 0 && ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0
                    && ::mount("tmpfs", m_path.c_str(), "tmpfs", 0, "size=3m") == 0;
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    ~SmallDisk()
    {
        if (m_mounted)
            ::umount2(m_path.c_str(), MNT_DETACH);
    }
    [[nodiscard]] bool mounted() const { return m_mounted; }
    void fill() const
    {
        const int fd = ::open((m_path + "/filler").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        const std::string block(4096, 'x');
        while (::write(fd, block.data(), block.size()) > 0) {
        }
        ::close(fd);
    }
    void makeRoom() const { ::unlink((m_path + "/filler").c_str()); }

private:
    const std::string m_path;
    bool m_mounted = false;
};

}  // namespace

void TestFaults::survivesAFullDisk()
{
    const QTemporaryDir directory;
    const SmallDisk disk(directory.path().toStdString());
    if (!disk.mounted())
        QSKIP("a tmpfs may not be mounted here");
    const ManualClock clock(kNow);
    Log silent(std::tmpfile(), LogLevel::Error, clock);
    StoreOptions options;
    options.path = directory.path().toStdString() + "/h.db";
    options.commitEvery = std::chrono::milliseconds(5);
    options.queueSamples = 20'000;
    auto opened = Store::open(options, clock, silent);
    QVERIFY(opened.ok());
    Store& store = **opened;
    const SeriesId id = store.series(named("a")).value();
    std::int64_t t = 1;
    const auto batch = [&](std::int64_t n) {
        Batch out{.origin = "t", .samples = {}, .metadata = {}, .exemplars = {}};
        for (; n > 0; --n, ++t)
            out.samples.push_back({id, t, valueAt(t * t)});
        return out;
    };
    QVERIFY(store.appendDurably(batch(100)).ok());
    for (int round = 0; round < 3; ++round) {
        disk.fill();
        const auto refused = store.appendDurably(batch(5000));
        QVERIFY(!refused.ok() && refused.error().message.find("full") != std::string::npos);
        QVERIFY(store.stats().lastWriteError.find("full") != std::string::npos);
        QVERIFY(!store.write({{"INSERT INTO setting VALUES('k', '1', 0)", {}}}).ok());
        while (store.append(batch(1000)).ok())
            QVERIFY(store.stats().queueDepth <= options.queueSamples);
        t -= 1000;  // the batch that the full queue refused
        QVERIFY(store.stats().refusedBatches == static_cast<std::uint64_t>(round) + 1);
        const auto seen = store.select({}, {0, kAnyAge}, {}, {});
        QVERIFY(seen.ok() && static_cast<std::int64_t>(seen->series[0].times.size()) == t - 1);
        const std::uint64_t before = store.waitForCommit(0, std::chrono::milliseconds(0)).seq;
        disk.makeRoom();
        // Nobody asks: it resumes by itself.
        QVERIFY(store.waitForCommit(before, std::chrono::seconds(20)).seq > before);
        QVERIFY(store.flush().ok() && store.stats().lastWriteError.empty() && store.stats().queueDepth == 0);
    }
    QVERIFY(store.close().ok());
    const auto report = checkFile(options.path);
    QVERIFY(report.ok() && report->problems.empty());
    opened = Store::open(options, clock, silent);
    QVERIFY(opened.ok() && (*opened)->stats().lostCommits == 0);
    const auto all = (*opened)->select({}, {0, kAnyAge}, {}, {});
    QVERIFY(all.ok() && static_cast<std::int64_t>(all->series[0].times.size()) == t - 1);
    for (std::size_t i = 0; i < all->series[0].times.size(); ++i) {
        const auto at = static_cast<std::int64_t>(i) + 1;
        QVERIFY(all->series[0].times[i] == at && all->series[0].values[i] == valueAt(at * at));
    }
}

void TestFaults::noticesWithoutTrafficThatTheFileIsGone()
{
    StoreFixture f;
    Log silent(std::tmpfile(), LogLevel::Error, f.clock);
    f.store = Store::open(f.options, f.clock, silent).value();
    f.put(named("a"), {{1000, 1}});
    QCOMPARE(f.texts({}), QStringList{"a 1@1000"});
    std::filesystem::rename(f.options.path, f.options.path + ".moved");
    QTRY_VERIFY_WITH_TIMEOUT(!f.store->stats().lastWriteError.empty(), 20'000);
    QVERIFY(QString::fromStdString(f.store->stats().lastWriteError).contains("deleted or moved"));
    // The connection that had been opened before goes on being read.
    QCOMPARE(f.texts({}), QStringList{"a 1@1000"});
    std::filesystem::rename(f.options.path + ".moved", f.options.path);
    QTRY_VERIFY_WITH_TIMEOUT(f.store->stats().lastWriteError.empty(), 20'000);
    f.put(named("a"), {{2000, 2}});
    QCOMPARE(f.texts({}), QStringList{"a 1@1000 2@2000"});
    f.store.reset();  // before the log it writes to
}

void TestFaults::refusesToReadAFileThatTookThePlace()
{
    StoreFixture other;
    other.mustOpen();
    other.put(named("foreign"), {{1000, 666}});
    QVERIFY(other.store->closeChunks().ok());
    other.store.reset();

    StoreFixture f;
    Log silent(std::tmpfile(), LogLevel::Error, f.clock);
    f.store = Store::open(f.options, f.clock, silent).value();
    f.put(named("a"), {{1000, 1}});
    QVERIFY(f.store->closeChunks().ok());
    std::filesystem::rename(f.options.path, f.options.path + ".moved");
    QTRY_VERIFY_WITH_TIMEOUT(QString::fromStdString(f.store->stats().lastWriteError).contains("deleted"), 20'000);
    std::filesystem::copy_file(other.options.path, f.options.path);
    const auto read = f.store->select({}, {0, kAnyAge}, {}, {});
    QVERIFY(!read.ok());
    QVERIFY(QString::fromStdString(read.error().message).contains("replaced"));
    QTRY_VERIFY_WITH_TIMEOUT(QString::fromStdString(f.store->stats().lastWriteError).contains("replaced"), 20'000);
    f.store.reset();
    QFile untouched(QString::fromStdString(f.options.path));
    QFile original(QString::fromStdString(other.options.path));
    QVERIFY(untouched.open(QIODevice::ReadOnly) && original.open(QIODevice::ReadOnly));
    QCOMPARE(untouched.readAll(), original.readAll());
}

void TestFaults::commitsBetweenSlicesOfARetention()
{
    StoreFixture f;
    f.options.retentionMs = 1000;
    QStringList order;
    std::int64_t t = 100'000;
    SeriesId fresh = 0;
    f.options.onStep = [&](std::string_view step) {
        if (step == "commit: settled" && !order.isEmpty())
            order << "commit";
        if (step != "retention: cut")
            return;
        order << "slice";
        f.clock.advanceMs(60);  // as if the slice had taken so long
        (void)f.store->append({.origin = "t", .samples = {{fresh, ++t, 1}}, .metadata = {}, .exemplars = {}});
    };
    f.mustOpen();
    // Each series of its own origin is a group and, closed, a chunk.
    for (int i = 0; i < 700; ++i) {
        const std::string origin = std::to_string(i);
        const SeriesId id = f.id(LabelSet{{"__name__", "m"}, {"i", origin}});
        QVERIFY(f.store->append({.origin = origin, .samples = {{id, 1000, 1}}, .metadata = {}, .exemplars = {}}).ok());
    }
    QVERIFY(f.store->closeChunks().ok());
    f.put(named("new"), {{t, 1}});
    f.clock.advanceMs(1000);
    fresh = f.id(named("new"));
    f.clock.advanceMs(61'000);
    QTRY_COMPARE_WITH_TIMEOUT(f.store->stats().chunksRemoved, 700U, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(f.store->stats().series, 1U, 10'000);
    f.store.reset();
    QCOMPARE(order.mid(0, 7), (QStringList{"slice", "commit", "slice", "commit", "slice", "commit", "slice"}));
}

}  // namespace holdfast::store

QTEST_GUILESS_MAIN(holdfast::store::TestFaults)
#include "tst_faults.moc"
