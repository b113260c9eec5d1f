#include "app/store/store.h"

#include "app/store/store_impl.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>

namespace holdfast::store {

namespace {

std::uint64_t sizeOf(const std::string& path)
{
    struct stat info {};
    return ::stat(path.c_str(), &info) == 0 ? static_cast<std::uint64_t>(info.st_size) : 0;
}

std::int64_t saturatingAdd(std::int64_t a, std::int64_t b)
{
    std::int64_t sum = 0;
    return __builtin_add_overflow(a, b, &sum) ? kAnyAge : sum;
}

}  // namespace

Store::Impl::Impl(StoreOptions storeOptions, const Clock& storeClock, Log& storeLog)
    : options(std::move(storeOptions)), clock(storeClock), log(storeLog)
{
}

Store::Store(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}

Store::~Store()
{
    if (const auto closed = close(); !closed.ok())
        m_impl->log.error("store", closed.error().message);
}

Result<std::unique_ptr<Store>> Store::open(StoreOptions options, const Clock& clock, Log& log)
{
    auto impl = std::make_unique<Impl>(std::move(options), clock, log);
    HF_CHECK(impl->open());
    Impl& running = *impl;
    if (running.options.mode == OpenMode::ReadWrite)
        running.writer = std::jthread([&running](const std::stop_token& stop) { running.runWriter(stop); });
    return std::unique_ptr<Store>(new Store(std::move(impl)));
}

Result<void> Store::close()
{
    return m_impl->close();
}

Result<void> Store::Impl::close()
{
    if (writer.joinable()) {
        writer.request_stop();
        wakeWriter.notify_all();
        writer.join();
    }
    {
        const std::lock_guard lock(m_wake);
        closed = true;
    }
    if (readers)
        readers->drain();
    const std::unique_lock lock(m_state);
    judge = ChunkJudge(nullptr);
    judging.reset();
    Result<void> outcome;
    if (writing && !unwritten.empty())
        outcome =
            Error{options.path + ": " + std::to_string(queuedSamples) + " samples could not be written: " + failure,
                  ErrorKind::Unavailable};
    writing.reset();
    mark.reset();
    guard.reset();
    return outcome;
}

Result<SeriesId> Store::series(const LabelSet& labels)
{
    {
        const std::shared_lock lock(m_impl->m_state);
        if (const SeriesRef known = m_impl->head.index.find(labels))
            return known;
    }
    const std::unique_lock lock(m_impl->m_state);
    if (const SeriesRef known = m_impl->head.index.find(labels))
        return known;
    if (labels.size() > 1000)
        return Error{"a series has more than 1000 labels", ErrorKind::BadInput};
    // Handles that never got a sample, or lost them to retention, count less than live series, but not nothing.
    const SeriesIndex& index = m_impl->head.index;
    if (index.posted() >= m_impl->options.maxSeries || index.highest() / 4 >= m_impl->options.maxSeries)
        return Error{"the store holds its limit of " + std::to_string(m_impl->options.maxSeries) + " series",
                     ErrorKind::Limit};
    return m_impl->head.index.add(labels);
}

Result<AppendReport> Store::append(Batch batch)
{
    std::uint64_t commit = 0;
    return m_impl->append(std::move(batch), commit);
}

Result<AppendReport> Store::appendDurably(Batch batch)
{
    std::uint64_t commit = 0;
    HF_TRY(const AppendReport report, m_impl->append(std::move(batch), commit));
    HF_CHECK(m_impl->waitUntilDurable(commit));
    return report;
}

Result<AppendReport> Store::Impl::append(Batch batch, std::uint64_t& commit)
{
    if (options.mode == OpenMode::ReadOnly)
        return Error{"the store is open for reading only", ErrorKind::Denied};
    AppendReport report;
    const Head::Limits limits{.outOfOrderMs = options.outOfOrderMs,
                              .latestMs = saturatingAdd(clock.wallMs(), options.futureMs)};
    {
        const std::unique_lock lock(m_state);
        if (!judging)
            return Error{"the store is closed", ErrorKind::Unavailable};
        if (queuedSamples + batch.samples.size() > options.queueSamples) {
            const std::lock_guard figuresLock(m_figures);
            ++figures.refusedBatches;
            figures.refusedSamples += batch.samples.size();
            return Error{std::to_string(queuedSamples) + " samples wait for their commit, which is the bound",
                         ErrorKind::Unavailable};
        }
        for (const BatchSample& sample : batch.samples) {
            if (!head.knows(sample.series))
                return Error{"a sample names series " + std::to_string(sample.series)
                                 + ", which this store never gave out",
                             ErrorKind::BadInput};
        }
        for (const BatchSample& sample : batch.samples) {
            switch (head.append(sample, batch.origin, limits, nextSeq, judge, pending.record)) {
            case Verdict::Stored: ++report.stored; break;
            case Verdict::Duplicate: ++report.duplicate; break;
            case Verdict::Conflicting: ++report.conflicting; break;
            case Verdict::OutOfOrder: ++report.outOfOrder; break;
            case Verdict::OutOfBounds: ++report.outOfBounds; break;
            }
        }
        queuedSamples += report.stored;
        for (MetricMetadata& entry : batch.metadata) {
            if (metadata.add(entry))
                pending.metadata.push_back(std::move(entry));
        }
        for (BatchExemplar& exemplar : batch.exemplars) {
            if (!head.knows(exemplar.series))
                continue;
            ExemplarRing::Entry entry{head.index.labels(static_cast<SeriesRef>(exemplar.series)),
                                      std::move(exemplar.exemplar)};
            if (exemplars.add(entry))
                pending.exemplars.push_back(std::move(entry));
        }
        // With nothing of its own to write, a batch is durable when everything before it is.
        commit = pending.empty() ? nextSeq - 1 : nextSeq;
    }
    const std::lock_guard lock(m_figures);
    figures.appendedSamples += report.stored;
    figures.duplicateSamples += report.duplicate;
    figures.conflictingSamples += report.conflicting;
    figures.outOfOrderSamples += report.outOfOrder;
    figures.outOfBoundsSamples += report.outOfBounds;
    return report;
}

Result<void> Store::Impl::waitUntilDurable(std::uint64_t commit)
{
    {
        const std::lock_guard lock(m_wake);
        commitWanted = true;
    }
    wakeWriter.notify_all();
    std::unique_lock lock(m_figures);
    const std::uint64_t failuresBefore = figures.failedCommits;
    while (newest.seq < commit) {
        committed.wait_for(lock, std::chrono::milliseconds(100));
        if (newest.seq < commit && figures.failedCommits != failuresBefore && failedUpTo >= commit)
            return Error{failure + "; the samples stay in memory and are tried again", failureKind};
        if (newest.seq < commit && !writer.joinable())
            return Error{"the store was closed before the commit", ErrorKind::Unavailable};
    }
    return {};
}

Result<void> Store::Impl::onWriter(std::function<Result<void>()> run)
{
    std::future<Result<void>> done;
    {
        const std::lock_guard lock(m_wake);
        if (closed || options.mode == OpenMode::ReadOnly)
            return Error{"the store is not open for writing", ErrorKind::Unavailable};
        Task task{.run = std::move(run), .done = {}};
        done = task.done.get_future();
        tasks.push_back(std::move(task));
        commitWanted = true;
    }
    wakeWriter.notify_all();
    return done.get();
}

Result<void> Store::flush()
{
    std::uint64_t commit = 0;
    {
        const std::shared_lock lock(m_impl->m_state);
        commit = m_impl->pending.empty() ? m_impl->nextSeq - 1 : m_impl->nextSeq;
    }
    return m_impl->waitUntilDurable(commit);
}

Result<void> Store::closeChunks()
{
    return m_impl->onWriter([impl = m_impl.get()] { return impl->closeAllChunks(); });
}

Result<void> Store::applyRetention()
{
    return m_impl->onWriter([impl = m_impl.get()] { return impl->applyRetention(); });
}

Result<void> Store::compact()
{
    return m_impl->onWriter([impl = m_impl.get()] { return impl->compact(); });
}

Result<void> Store::backup(const std::string& target) const
{
    if (::access(target.c_str(), F_OK) == 0)
        return Error{target + " exists already", ErrorKind::Conflict};
    const std::string fresh = target + ".new";
    std::remove(fresh.c_str());
    HF_TRY(const auto source, m_impl->readers->borrow(m_impl->clock, 0, {}));
    {
        HF_TRY(Connection copy, Connection::open(fresh, Access::Create));
        sqlite3_backup* backup = sqlite3_backup_init(copy.handle(), "main", source->handle(), "main");
        if (!backup)
            return sqliteError(copy.handle(), target);
        const int code = sqlite3_backup_step(backup, -1);
        sqlite3_backup_finish(backup);
        if (code != SQLITE_DONE)
            return sqliteError(copy.handle(), target);
    }
    const int fd = ::open(fresh.c_str(), O_RDONLY | O_CLOEXEC);
    const bool synced = fd >= 0 && ::fsync(fd) == 0;
    if (fd >= 0)
        ::close(fd);
    if (!synced || std::rename(fresh.c_str(), target.c_str()) != 0)
        return Error{target + " could not be written", ErrorKind::Unavailable};
    return {};
}

StoreStats Store::stats() const
{
    StoreStats out;
    {
        const std::lock_guard lock(m_impl->m_figures);
        out = m_impl->figures;
    }
    const std::shared_lock lock(m_impl->m_state);
    const Head& head = m_impl->head;
    out.fileBytes = sizeOf(m_impl->options.path) + sizeOf(m_impl->options.path + "-wal");
    out.series = head.index.posted();
    out.groups = head.groups.size();
    out.openSamples = head.openSamples();
    if (head.bounds.first <= head.bounds.last) {
        out.oldestMs = head.bounds.first;
        out.newestMs = head.bounds.last;
    }
    out.queueDepth = m_impl->queuedSamples;
    out.queueCapacity = m_impl->options.queueSamples;
    return out;
}

CommitState Store::waitForCommit(std::uint64_t after, std::chrono::milliseconds timeout, std::stop_token stop) const
{
    std::unique_lock lock(m_impl->m_figures);
    m_impl->committed.wait_for(lock, stop, timeout, [&] { return m_impl->newest.seq > after; });
    return m_impl->newest;
}

void Store::onCommit(std::function<void(const CommitState&)> listener)
{
    const std::lock_guard lock(m_impl->m_figures);
    m_impl->listener = std::move(listener);
}

Result<SeriesSet> Store::select(std::span<const LabelMatcher> matchers, TimeRange range, const SelectHints& /*hints*/,
                                const ReadLimits& limits) const
{
    return m_impl->select(matchers, range, limits);
}

Result<std::vector<LabelSetPtr>> Store::series(std::span<const LabelMatcher> matchers, TimeRange range,
                                               const ReadLimits& /*limits*/) const
{
    return m_impl->series(matchers, range);
}

Result<std::vector<std::string>> Store::labelNames(std::span<const LabelMatcher> matchers, TimeRange range,
                                                   const ReadLimits& /*limits*/) const
{
    return m_impl->labelNames(matchers, range);
}

Result<std::vector<std::string>> Store::labelValues(std::string_view name, std::span<const LabelMatcher> matchers,
                                                    TimeRange range, const ReadLimits& /*limits*/) const
{
    return m_impl->labelValues(name, matchers, range);
}

std::vector<MetricMetadata> Store::metadata(std::string_view family) const
{
    return m_impl->metadata.find(family);
}

Result<std::vector<Querier::SeriesExemplars>> Store::exemplars(std::span<const LabelMatcher> matchers,
                                                               TimeRange range) const
{
    HF_TRY(const std::vector<CompiledMatcher> compiled, compileMatchers(matchers));
    return m_impl->exemplars.find(compiled, range);
}

Result<std::int64_t> Store::write(std::vector<SqlStatement> statements)
{
    return m_impl->write(std::move(statements));
}

Result<std::vector<SqlRow>> Store::read(const SqlStatement& statement) const
{
    return m_impl->read(statement);
}

}  // namespace holdfast::store
