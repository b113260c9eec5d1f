#pragma once

#include "app/store/chunk_reader.h"
#include "app/store/commit_mark.h"
#include "app/store/file_guard.h"
#include "app/store/head.h"
#include "app/store/side_book.h"
#include "app/store/sqlite/connection.h"
#include "app/store/sqlite/reader_pool.h"
#include "app/store/store.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <shared_mutex>
#include <thread>
#include <vector>

namespace holdfast::store {

/// The parts behind the door. Three locks, never two of them taken in another order than this:
///
///   m_state   the head and what waits for its commit; shared for reading, exclusive for appending and for the
///             writer's two short steps (take what waits; drop what is now in chunks)
///   m_wake    the writer's to-do list
///   m_figures counters and the last commit
///
/// The writer thread is the only one with a writing connection; no lock is held while it touches the disk.
/// Sources: store.cpp (door), recovery.cpp (open), writer.cpp (commit), reading.cpp, maintenance.cpp.
class Store::Impl {
public:
    Impl(StoreOptions storeOptions, const Clock& storeClock, Log& storeLog);

    // recovery.cpp
    Result<void> open();

    // store.cpp
    Result<void> close();
    Result<AppendReport> append(Batch batch, std::uint64_t& commit);
    Result<void> waitUntilDurable(std::uint64_t commit);
    Result<void> onWriter(std::function<Result<void>()> task);

    // writer.cpp
    void runWriter(const std::stop_token& stop);
    Result<std::int64_t> write(std::vector<SqlStatement> statements);

    // reading.cpp
    Result<SeriesSet> select(std::span<const LabelMatcher> matchers, TimeRange range, const ReadLimits& limits) const;
    Result<std::vector<LabelSetPtr>> series(std::span<const LabelMatcher> matchers, TimeRange range) const;
    Result<std::vector<std::string>> labelNames(std::span<const LabelMatcher> matchers, TimeRange range) const;
    Result<std::vector<std::string>> labelValues(std::string_view name, std::span<const LabelMatcher> matchers,
                                                 TimeRange range) const;

    Result<std::vector<SqlRow>> read(const SqlStatement& statement) const;

    // maintenance.cpp; on the writer thread
    Result<void> closeAllChunks();
    Result<void> applyRetention();
    Result<void> compact();

    /// Samples and their companions of one commit.
    struct Pending {
        std::uint64_t seq = 0;
        CommitRecord record;
        std::vector<MetricMetadata> metadata;
        std::vector<ExemplarRing::Entry> exemplars;
        [[nodiscard]] bool empty() const { return record.empty() && metadata.empty() && exemplars.empty(); }
    };
    /// A group about to be written into chunks, with what its rows shall say.
    struct Closing {
        std::shared_ptr<const ClosingGroup> group;
        std::uint32_t firstChunk = 0;
        std::uint32_t nextChunk = 0;
        Span bounds;
        std::string origin;
        std::string spans;
        std::string members;  ///< empty when the row in the file has them all
        std::size_t memberCount = 0;
        std::vector<EncodedChunk> chunks;
    };
    struct Job {
        std::vector<SqlStatement> statements;
        std::promise<Result<std::int64_t>> done;
    };
    struct Task {
        std::function<Result<void>()> run;
        std::promise<Result<void>> done;
    };

    StoreOptions options;
    const Clock& clock;
    Log& log;
    std::uint64_t fileId = 0;
    std::optional<FileGuard> guard;
    std::optional<CommitMark> mark;
    std::optional<Connection> writing;  ///< writer thread only, once it runs
    std::optional<Connection> judging;  ///< under m_state, exclusive
    std::unique_ptr<ReaderPool> readers;
    MetadataBook metadata;
    ExemplarRing exemplars;

    mutable std::shared_mutex m_state;
    Head head;
    ChunkJudge judge{nullptr};
    Pending pending;
    std::deque<Pending> unwritten;    ///< taken by the writer, not yet in the file; oldest first
    std::uint64_t nextSeq = 1;        ///< of the commit that `pending` becomes
    std::uint64_t queuedSamples = 0;  ///< in `pending` and `unwritten`

    mutable std::mutex m_wake;
    std::condition_variable_any wakeWriter;
    bool commitWanted = false;
    bool closed = false;
    std::deque<Job> jobs;
    std::deque<Task> tasks;

    mutable std::mutex m_figures;
    mutable std::condition_variable_any committed;
    StoreStats figures;
    CommitState newest;
    std::uint64_t failedUpTo = 0;  ///< commits up to this one were tried and did not reach the disk
    std::string failure;
    ErrorKind failureKind = ErrorKind::Unavailable;
    std::function<void(const CommitState&)> listener;

    std::jthread writer;

private:
    // recovery.cpp
    Result<void> createFile();
    Result<void> loadGroups(Connection& db);
    Result<void> checkTables(Connection& db);
    Result<std::uint64_t> loadGroupStates(Connection& db);
    Result<void> guessGroupState(Connection& db, std::uint32_t id, GroupState& group);
    Result<std::uint64_t> replayJournal(Connection& db, std::uint64_t covered);
    Result<void> loadSideBooks(Connection& db);
    Result<void> compareWithMark(Connection& db, std::uint64_t lastSeq);

    // writer.cpp
    void commitOnce();
    void runTasks();
    bool takeWork(std::deque<Job>& taken, std::vector<Closing>& closings);
    Closing prepareClosing(std::uint32_t group);
    void encodeClosing(Closing& closing) const;
    Result<void> writeEverything(std::vector<Closing>& closings, std::deque<Job>& taken,
                                 std::vector<Result<std::int64_t>>& outcomes, std::uint64_t& journalBytes);
    Result<std::uint64_t> writePending(const Pending& what);
    Result<void> writeClosing(const Closing& closing);
    Result<std::int64_t> runJob(const Job& job);
    void settle(const std::vector<Closing>& closings, std::uint64_t journalBytes, std::int64_t startedNs);
    void fail(const Error& error);
    [[nodiscard]] std::chrono::milliseconds writerPause() const;
    void watchFile();
    void step(std::string_view name) const
    {
        if (options.onStep)
            options.onStep(name);
    }

    // maintenance.cpp
    void housekeeping();
    Result<bool> retentionSlice();
    Result<std::set<std::uint32_t>> removeChunks(std::string_view where, std::int64_t bound, std::int64_t most,
                                                 std::int64_t now);
    Result<std::set<std::uint32_t>> groupsWithoutChunks();
    Result<void> refreshGroups(const std::set<std::uint32_t>& touched);
    void refreshBounds();
    Result<void> mergeGroup(std::uint32_t group);
    Result<std::int64_t> usedBytes();
    std::uint64_t m_trimmedTo = 0;
    bool m_markFailed = false;
    std::string m_fileTrouble;  ///< what the guard last said of the file; empty while it is there
    bool m_retaining = false;   ///< a retention is under way, slice by slice
    bool m_boundsStale = false;
    bool m_sweptEmpty = false;  ///< groups that a crash left without chunks have been looked for
    std::int64_t m_nextHousekeepingMs = 0;
    std::int64_t m_pauseMs = 0;  ///< after a failed commit, doubled up to a bound

    // reading.cpp
    [[nodiscard]] std::vector<SeriesRef> findSeries(std::span<const CompiledMatcher> matchers, TimeRange range) const;
    [[nodiscard]] Result<void> checkLimits(const ReadLimits& limits) const;
};

/// Rows' checksums that several sources compare.
[[nodiscard]] std::uint64_t groupRowSum(std::uint32_t id, std::string_view origin, std::string_view members);
[[nodiscard]] std::uint64_t groupStateSum(std::uint32_t id, std::uint64_t covered, std::uint32_t nextChunk, Span bounds,
                                          std::string_view spans);

}  // namespace holdfast::store
