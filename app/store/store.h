#pragma once

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/result.h"
#include "app/store/appender.h"
#include "app/store/journal.h"
#include "app/store/querier.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::store {

inline constexpr std::int64_t kAnyAge = std::numeric_limits<std::int64_t>::max();

enum class OpenMode {
    ReadWrite,  ///< makes the file when there is none; the only one that may write
    ReadOnly,   ///< sees the file as it was at open; an engine may go on writing it
};

/// How a store behaves. Times in milliseconds, sizes in bytes.
struct StoreOptions {
    std::string path;
    OpenMode mode = OpenMode::ReadWrite;
    std::int64_t retentionMs = 0;                 ///< older than newest sample minus this is removed; 0: kept for ever
    std::uint64_t retentionBytes = 0;             ///< oldest data goes when the file is larger; 0: no bound
    std::int64_t outOfOrderMs = 30 * 60 * 1000;   ///< behind the newest sample of its series; kAnyAge: backfill
    std::int64_t futureMs = 10 * 60 * 1000;       ///< ahead of the wall clock; kAnyAge: import
    std::uint64_t maxSeries = 2'000'000;          ///< series() fails with Limit beyond
    std::uint64_t queueSamples = 4'000'000;       ///< samples waiting for their commit; beyond: Unavailable
    std::chrono::milliseconds commitEvery{1000};  ///< longest wait of an appended batch for its commit
    std::size_t readers = 4;                      ///< reading connections
    /// For fault tests: called at each step that FORMAT.md's crash states name, mostly on the writer thread.
    std::function<void(std::string_view step)> onStep;
};

/// The newest commit. seq counts from 1 over the life of the file and never repeats.
struct CommitState {
    std::uint64_t seq = 0;
    std::int64_t newestMs = 0;  ///< largest sample time that is durable; 0 while there is none
};

/// Figures for /metrics, the status page and `db stats`. Milliseconds since the epoch, bytes.
struct StoreStats {
    std::uint64_t fileBytes = 0;  ///< database and WAL
    std::uint64_t series = 0;
    std::uint64_t groups = 0;
    std::uint64_t openSamples = 0;  ///< in memory, journalled, not yet in a chunk
    std::int64_t oldestMs = 0;      ///< 0 while the store is empty
    std::int64_t newestMs = 0;
    std::uint64_t queueDepth = 0;  ///< samples waiting for their commit
    std::uint64_t queueCapacity = 0;
    std::uint64_t appendedSamples = 0;  ///< since open, by what became of them
    std::uint64_t duplicateSamples = 0;
    std::uint64_t conflictingSamples = 0;
    std::uint64_t outOfOrderSamples = 0;
    std::uint64_t outOfBoundsSamples = 0;
    std::uint64_t refusedBatches = 0;  ///< queue full
    std::uint64_t refusedSamples = 0;
    std::uint64_t commits = 0;  ///< since open
    std::uint64_t failedCommits = 0;
    std::int64_t lastCommitMs = 0;  ///< wall clock; 0: none since open
    std::int64_t lastCommitDurationUs = 0;
    std::string lastWriteError;  ///< empty once a commit went well again
    std::uint64_t chunksWritten = 0;
    std::uint64_t chunkBytesWritten = 0;
    std::uint64_t journalBytesWritten = 0;
    std::uint64_t chunksRemoved = 0;     ///< by retention
    std::uint64_t corruptChunks = 0;     ///< refused by checksum since open
    std::uint64_t lostCommits = 0;       ///< commits that the high-water mark knows and the file lacks, see FORMAT.md
    std::uint64_t recoveredCommits = 0;  ///< journal rows replayed at open
    double recoverySeconds = 0;
};

/// A time-series engine and the journals of Holdfast in one SQLite file. The bytes stand in FORMAT.md.
///
/// Open once, share everywhere; close() (or the destructor) after the last user. One process at a time may have a
/// file open for writing. Thread-safe; owns the writer thread.
class Store final : public Appender, public Querier, public Journal {
public:
    /// Fails with Conflict when another process holds the file ("… is held by process 4711 on host bastion"), with
    /// BadInput when the file is not a Holdfast database or of a newer version (the file is then untouched), with
    /// Corrupt when SQLite cannot read it. `clock` and `log` must outlive the store.
    static Result<std::unique_ptr<Store>> open(StoreOptions options, const Clock& clock, Log& log);
    ~Store() override;
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    /// Commits what is queued, stops the writer and lets go of the file. Later writes fail with Unavailable.
    Result<void> close();

    [[nodiscard]] StoreStats stats() const;

    /// Returns as soon as a commit newer than `after` exists, or at the timeout; tell by the answer's seq.
    [[nodiscard]] CommitState waitForCommit(std::uint64_t after, std::chrono::milliseconds timeout,
                                            std::stop_token stop = {}) const;
    /// Called on the writer thread after every commit that held samples; must not block. One listener; set it
    /// before the first append.
    void onCommit(std::function<void(const CommitState&)> listener);

    /// Commits what is queued and returns when it is durable.
    Result<void> flush();
    /// Moves every open sample into chunks, whatever their size. For import, backup and tests.
    Result<void> closeChunks();
    /// Applies retention as of now; the writer does it by itself once a minute.
    Result<void> applyRetention();
    /// Joins small chunks of a group into larger ones and hands free pages back to the file system.
    Result<void> compact();
    /// A consistent copy of the file, while writing goes on. `target` must not exist.
    Result<void> backup(const std::string& target) const;

    // Appender
    [[nodiscard]] Result<SeriesId> series(const LabelSet& labels) override;
    [[nodiscard]] Result<AppendReport> append(Batch batch) override;
    [[nodiscard]] Result<AppendReport> appendDurably(Batch batch) override;

    // Querier
    [[nodiscard]] Result<SeriesSet> select(std::span<const LabelMatcher> matchers, TimeRange range,
                                           const SelectHints& hints, const ReadLimits& limits) const override;
    [[nodiscard]] Result<std::vector<LabelSetPtr>> series(std::span<const LabelMatcher> matchers, TimeRange range,
                                                          const ReadLimits& limits) const override;
    [[nodiscard]] Result<std::vector<std::string>> labelNames(std::span<const LabelMatcher> matchers, TimeRange range,
                                                              const ReadLimits& limits) const override;
    [[nodiscard]] Result<std::vector<std::string>> labelValues(std::string_view name,
                                                               std::span<const LabelMatcher> matchers, TimeRange range,
                                                               const ReadLimits& limits) const override;
    [[nodiscard]] std::vector<MetricMetadata> metadata(std::string_view family) const override;
    [[nodiscard]] Result<std::vector<SeriesExemplars>> exemplars(std::span<const LabelMatcher> matchers,
                                                                 TimeRange range) const override;

    // Journal
    [[nodiscard]] Result<std::int64_t> write(std::vector<SqlStatement> statements) override;
    [[nodiscard]] Result<std::vector<SqlRow>> read(const SqlStatement& statement) const override;

private:
    class Impl;
    explicit Store(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

}  // namespace holdfast::store
