// The writer thread: one transaction a round.
//
//   takeWork()  pending → unwritten, full groups: open → closing      (m_state exclusive, short)
//   encode                                                            (no lock)
//   BEGIN · journal rows · chunks, group rows · jobs · trim · COMMIT  (no lock; synced)
//   mark.advance()
//   settle()    closing → gone from memory, waiters woken             (m_state exclusive, short)
//
// A COMMIT that reports an error may have reached the disk all the same: rows have the same keys when written again.
// A failed round leaves `unwritten` and every `closing` as they are; the next round writes them again. Jobs of a
// failed round are answered with the error and not tried again: who writes evidence must know now.

#include "app/store/encoding/bytes.h"
#include "app/store/encoding/checksum.h"
#include "app/store/encoding/labels.h"
#include "app/store/group_row.h"
#include "app/store/store_impl.h"

#include <algorithm>
#include <cmath>

namespace holdfast::store {

namespace {

// Bounds the length of one transaction: 2000 groups are about 15 M samples, a second of encoding at most.
constexpr std::size_t kMostClosings = 2000;
constexpr std::int64_t kMostPauseMs = 5000;

// Cuts columns into pieces of at most kMostChunkSamples of the longest one, at the same times for all members.
std::vector<EncodedChunk> encodePieces(const ClosingGroup& group)
{
    const Columns* longest = nullptr;
    for (const auto& [slot, columns] : group.members) {
        if (!longest || columns.times.size() > longest->times.size())
            longest = &columns;
    }
    std::vector<std::size_t> from(group.members.size(), 0);
    std::vector<EncodedChunk> out;
    for (std::size_t begin = 0; begin < longest->times.size(); begin += kMostChunkSamples) {
        const std::size_t end = begin + kMostChunkSamples;
        const bool isLast = end >= longest->times.size();
        std::vector<ChunkMember> piece;
        for (std::size_t i = 0; i < group.members.size(); ++i) {
            const auto& [slot, columns] = group.members[i];
            const auto cut =
                isLast ? columns.times.end() : std::ranges::lower_bound(columns.times, longest->times[end]);
            const auto to = static_cast<std::size_t>(cut - columns.times.begin());
            if (to > from[i]) {
                piece.push_back({slot, std::span(columns.times).subspan(from[i], to - from[i]),
                                 std::span(columns.values).subspan(from[i], to - from[i])});
            }
            from[i] = to;
        }
        out.push_back(encodeChunk(piece));
    }
    return out;
}

}  // namespace

void Store::Impl::runWriter(const std::stop_token& stop)
{
    while (true) {
        {
            std::unique_lock lock(m_wake);
            wakeWriter.wait_for(lock, stop, writerPause(),
                                [this] { return commitWanted || !jobs.empty() || !tasks.empty(); });
            commitWanted = false;
        }
        const bool last = stop.stop_requested();
        watchFile();
        commitOnce();
        runTasks();
        housekeeping();
        if (last)
            break;
    }
    // Nobody may wait for ever: what came too late is answered.
    std::deque<Job> lateJobs;
    std::deque<Task> lateTasks;
    {
        const std::lock_guard lock(m_wake);
        closed = true;
        lateJobs.swap(jobs);
        lateTasks.swap(tasks);
    }
    const Error gone{"the store is closed", ErrorKind::Unavailable};
    for (Job& job : lateJobs)
        job.done.set_value(gone);
    for (Task& task : lateTasks)
        task.done.set_value(gone);
}

std::chrono::milliseconds Store::Impl::writerPause() const
{
    return m_pauseMs > 0 ? std::chrono::milliseconds(m_pauseMs) : options.commitEvery;
}

// Each round, also one with nothing to write: a store that is only read must not serve a file that is no more.
void Store::Impl::watchFile()
{
    const Result<void> there = guard->stillThere();
    const std::string trouble = there.ok() ? std::string() : there.error().message;
    if (trouble == m_fileTrouble)
        return;
    m_fileTrouble = trouble;
    const std::lock_guard lock(m_figures);
    if (!trouble.empty()) {
        if (figures.lastWriteError.empty())
            log.error("store", trouble + "; nothing is written until it is back");
        figures.lastWriteError = trouble;
    } else if (m_pauseMs == 0) {
        log.info("store", options.path + " is back");
        figures.lastWriteError.clear();
    }
}

void Store::Impl::runTasks()
{
    std::deque<Task> taken;
    {
        const std::lock_guard lock(m_wake);
        taken.swap(tasks);
    }
    for (Task& task : taken)
        task.done.set_value(task.run());
}

// True when there is anything to write.
bool Store::Impl::takeWork(std::deque<Job>& taken, std::vector<Closing>& closings)
{
    {
        const std::lock_guard lock(m_wake);
        taken.swap(jobs);
    }
    const std::unique_lock state(m_state);
    if (!pending.empty() || ((!taken.empty() || head.hasReady()) && unwritten.empty())) {
        pending.seq = nextSeq++;
        unwritten.push_back(std::exchange(pending, {}));
    }
    if (unwritten.empty())
        return false;
    const std::uint64_t seq = unwritten.back().seq;
    // Groups whose closing failed last time come again as they are.
    for (const auto& [id, group] : head.groups) {
        if (m_pauseMs > 0 && group.closing)
            closings.push_back(prepareClosing(id));
    }
    for (const std::uint32_t id : head.takeReady(kMostClosings)) {
        head.beginClosing(id, seq);
        closings.push_back(prepareClosing(id));
    }
    return true;
}

Store::Impl::Closing Store::Impl::prepareClosing(std::uint32_t id)
{
    const GroupState& group = head.groups.at(id);
    Closing out;
    out.group = group.closing;
    out.firstChunk = group.nextChunk;
    out.bounds = group.chunks;
    out.bounds.include(out.group->span.first);
    out.bounds.include(out.group->span.last);
    std::vector<Span> spans;
    for (const SeriesRef ref : group.members) {
        Span span = head.state(ref).span;
        span.last = std::min(span.last, out.bounds.last);  // open samples of later commits are the journal's to tell
        spans.push_back(ref == 0 ? Span() : span);
    }
    out.spans = encodeSpans(spans, out.bounds);
    out.memberCount = group.members.size();
    out.origin = group.origin;
    if (group.hasNewMembers)
        out.members = encodeMembers(group.members, head.index);
    return out;
}

void Store::Impl::encodeClosing(Closing& closing) const
{
    closing.chunks = encodePieces(*closing.group);
    closing.nextChunk = closing.firstChunk + static_cast<std::uint32_t>(closing.chunks.size());
}

void Store::Impl::commitOnce()
{
    std::deque<Job> taken;
    std::vector<Closing> closings;
    if (!takeWork(taken, closings))
        return;
    const std::int64_t started = clock.monotonicNs();
    step("commit: taken");
    for (Closing& closing : closings)
        encodeClosing(closing);
    std::vector<Result<std::int64_t>> outcomes;
    std::uint64_t journalBytes = 0;
    Result<void> written = guard->stillThere();
    if (written.ok())
        written = writeEverything(closings, taken, outcomes, journalBytes);
    if (!written.ok()) {
        if (writing->inTransaction())
            (void)writing->exec("ROLLBACK").ok();
        fail(written.error());
        for (Job& job : taken)
            job.done.set_value(written.error());
        return;
    }
    step("commit: synced");
    // The commit is durable with or without its mark; a mark that lags only notices less.
    Result<void> marked = mark->advance(unwritten.back().seq);
    step("commit: marked");
    settle(closings, journalBytes, started);
    step("commit: settled");
    for (std::size_t i = 0; i < taken.size(); ++i)
        taken[i].done.set_value(std::move(outcomes[i]));
    // After the waiters: the WAL is synced, and a mark that lags behind a power cut accuses nobody.
    if (marked.ok())
        marked = mark->sync();
    if (!marked.ok() && !m_markFailed)
        log.warning("store", marked.error().message);
    m_markFailed = !marked.ok();
}

Result<void> Store::Impl::writeEverything(std::vector<Closing>& closings, std::deque<Job>& taken,
                                          std::vector<Result<std::int64_t>>& outcomes, std::uint64_t& journalBytes)
{
    HF_CHECK(writing->exec("BEGIN IMMEDIATE"));
    for (const Pending& what : unwritten) {
        HF_TRY(const std::uint64_t bytes, writePending(what));
        journalBytes += bytes;
    }
    for (const Closing& closing : closings)
        HF_CHECK(writeClosing(closing));
    for (const Job& job : taken)
        outcomes.push_back(runJob(job));
    if (m_trimmedTo > 0) {
        HF_TRY(Statement * trim, writing->cached("DELETE FROM journal WHERE seq < ?"));
        trim->bind(1, static_cast<std::int64_t>(m_trimmedTo));
        HF_CHECK(trim->run());
    }
    step(closings.empty() ? "commit: written" : "commit: written with chunks");
    return writing->exec("COMMIT");
}

Result<std::uint64_t> Store::Impl::writePending(const Pending& what)
{
    const std::string data = what.record.empty() ? std::string() : encodeCommit(what.record);
    HF_TRY(Statement * row,
           writing->cached("INSERT OR REPLACE INTO journal(seq, at_ms, n, sum, data) VALUES(?, ?, ?, ?, ?)"));
    row->bind(1, static_cast<std::int64_t>(what.seq));
    row->bind(2, clock.wallMs());
    row->bind(3, static_cast<std::int64_t>(what.record.samples.size()));
    row->bind(4, static_cast<std::int64_t>(xxh64(data, what.seq)));
    row->bindBlob(5, data);
    HF_CHECK(row->run());
    for (const MetricMetadata& entry : what.metadata) {
        HF_TRY(Statement * family, writing->cached("INSERT OR IGNORE INTO metadata VALUES(?, ?, ?, ?)"));
        family->bindText(1, entry.family);
        family->bindText(2, metricTypeWord(entry.type));
        family->bindText(3, entry.unit);
        family->bindText(4, entry.help);
        HF_CHECK(family->run());
    }
    for (const ExemplarRing::Entry& entry : what.exemplars) {
        std::string series;
        appendLabels(entry.series, series);
        const std::string labels = encodeExemplar(entry.exemplar, series);
        HF_TRY(Statement * ring, writing->cached("INSERT INTO exemplar(t, value, series, labels) VALUES(?, ?, ?, ?)"));
        ring->bind(1, entry.exemplar.t);
        // For people who look with SQL; SQLite has no NaN. The bits are in the blob.
        ring->bind(2, std::isnan(entry.exemplar.value) ? 0.0 : entry.exemplar.value);
        ring->bindBlob(3, series);
        ring->bindBlob(4, labels);
        HF_CHECK(ring->run());
    }
    if (!what.exemplars.empty()) {
        HF_TRY(Statement * oldest,
               writing->cached("DELETE FROM exemplar WHERE id <= (SELECT max(id) FROM exemplar) - ?"));
        oldest->bind(1, static_cast<std::int64_t>(ExemplarRing::kMost));
        HF_CHECK(oldest->run());
    }
    return data.size();
}

Result<void> Store::Impl::writeClosing(const Closing& closing)
{
    const std::uint32_t id = closing.group->group;
    std::uint32_t number = closing.firstChunk;
    for (const EncodedChunk& chunk : closing.chunks) {
        HF_TRY(Statement * row, writing->cached("INSERT OR REPLACE INTO chunk(id, t0, t1, n, codec, sum, data) "
                                                "VALUES(?, ?, ?, ?, ?, ?, ?)"));
        const std::int64_t key = chunkId(id, number++);
        row->bind(1, key);
        row->bind(2, chunk.t0);
        row->bind(3, chunk.t1);
        row->bind(4, static_cast<std::int64_t>(chunk.samples));
        row->bind(5, static_cast<std::int64_t>(chunk.codec));
        row->bind(6, static_cast<std::int64_t>(chunk.checksum(key)));
        row->bindBlob(7, chunk.data);
        HF_CHECK(row->run());
    }
    if (!closing.members.empty()) {
        HF_TRY(Statement * row,
               writing->cached("INSERT INTO grp(id, origin, n, sum, labels) VALUES(?1, ?2, ?3, ?4, ?5) "
                               "ON CONFLICT(id) DO UPDATE SET n=?3, sum=?4, labels=?5"));
        row->bind(1, static_cast<std::int64_t>(id));
        row->bindText(2, closing.origin);
        row->bind(3, static_cast<std::int64_t>(closing.memberCount));
        row->bind(4, static_cast<std::int64_t>(groupRowSum(id, closing.origin, closing.members)));
        row->bindBlob(5, closing.members);
        HF_CHECK(row->run());
    }
    HF_TRY(Statement * row,
           writing->cached("INSERT OR REPLACE INTO grp_state(grp, covered, next_chunk, t0, t1, sum, spans) "
                           "VALUES(?, ?, ?, ?, ?, ?, ?)"));
    row->bind(1, static_cast<std::int64_t>(id));
    row->bind(2, static_cast<std::int64_t>(closing.group->covered));
    row->bind(3, static_cast<std::int64_t>(closing.nextChunk));
    row->bind(4, closing.bounds.first);
    row->bind(5, closing.bounds.last);
    row->bind(6, static_cast<std::int64_t>(
                     groupStateSum(id, closing.group->covered, closing.nextChunk, closing.bounds, closing.spans)));
    row->bindBlob(7, closing.spans);
    return row->run();
}

// A job that fails is undone alone; the others of the round are not its victims.
Result<std::int64_t> Store::Impl::runJob(const Job& job)
{
    HF_CHECK(writing->exec("SAVEPOINT job"));
    const auto run = [&]() -> Result<std::int64_t> {
        for (const SqlStatement& statement : job.statements) {
            HF_TRY(Statement prepared, writing->prepare(statement.sql));
            int at = 0;
            for (const SqlValue& value : statement.values) {
                ++at;
                if (const auto* integer = std::get_if<std::int64_t>(&value))
                    prepared.bind(at, *integer);
                else if (const auto* number = std::get_if<double>(&value))
                    prepared.bind(at, *number);
                else if (const auto* words = std::get_if<std::string>(&value))
                    prepared.bindText(at, *words);
                else
                    prepared.bindNull(at);
            }
            HF_CHECK(prepared.run());
        }
        return writing->lastInsertRowId();
    };
    Result<std::int64_t> outcome = run();
    // Some errors (a full disk) end the whole transaction; then there is no savepoint to go back to.
    if (!outcome.ok() && writing->inTransaction())
        HF_CHECK(writing->exec("ROLLBACK TO job"));
    if (writing->inTransaction())
        HF_CHECK(writing->exec("RELEASE job"));
    return outcome;
}

void Store::Impl::settle(const std::vector<Closing>& closings, std::uint64_t journalBytes, std::int64_t startedNs)
{
    CommitState state;
    bool hadSamples = false;
    {
        const std::unique_lock lock(m_state);
        for (const Closing& closing : closings) {
            head.finishClosing(*closing.group, closing.nextChunk);
            const auto group = head.groups.find(closing.group->group);
            if (group != head.groups.end() && group->second.members.size() == closing.memberCount)
                group->second.hasNewMembers = false;
        }
        for (const Pending& what : unwritten) {
            queuedSamples -= what.record.samples.size();
            hadSamples = hadSamples || !what.record.samples.empty();
            for (const BatchSample& sample : what.record.samples)
                state.newestMs = std::max(state.newestMs, sample.t);
        }
        state.seq = unwritten.back().seq;
        unwritten.clear();
        if (!closings.empty()) {
            judge.forget();
            m_trimmedTo = head.oldestOpen(state.seq);
        }
    }
    m_pauseMs = 0;
    {
        const std::lock_guard lock(m_figures);
        state.newestMs = std::max(state.newestMs, newest.newestMs);
        newest = state;
        ++figures.commits;
        figures.lastCommitMs = clock.wallMs();
        figures.lastCommitDurationUs = (clock.monotonicNs() - startedNs) / 1000;
        if (!figures.lastWriteError.empty())
            log.info("store", "writing works again");
        figures.lastWriteError.clear();
        figures.journalBytesWritten += journalBytes;
        for (const Closing& closing : closings) {
            figures.chunksWritten += closing.chunks.size();
            for (const EncodedChunk& chunk : closing.chunks)
                figures.chunkBytesWritten += chunk.data.size();
        }
    }
    committed.notify_all();
    if (listener && hadSamples)
        listener(state);
    const std::shared_lock lock(m_state);
    if (head.hasReady()) {
        const std::lock_guard wake(m_wake);
        commitWanted = true;
    }
}

void Store::Impl::fail(const Error& error)
{
    m_pauseMs = std::min(kMostPauseMs, m_pauseMs == 0 ? options.commitEvery.count() : m_pauseMs * 2);
    {
        const std::lock_guard lock(m_figures);
        ++figures.failedCommits;
        if (figures.lastWriteError.empty())
            log.error("store", error.message + "; what was appended stays in memory and is tried again");
        figures.lastWriteError = error.message;
        failedUpTo = unwritten.back().seq;
        failure = error.message;
        failureKind = error.kind;
    }
    committed.notify_all();
}

Result<std::int64_t> Store::Impl::write(std::vector<SqlStatement> statements)
{
    std::future<Result<std::int64_t>> done;
    {
        const std::lock_guard lock(m_wake);
        if (closed || options.mode == OpenMode::ReadOnly)
            return Error{closed ? "the store is closed" : "the store is open for reading only", ErrorKind::Unavailable};
        Job job{.statements = std::move(statements), .done = {}};
        done = job.done.get_future();
        jobs.push_back(std::move(job));
    }
    wakeWriter.notify_all();
    return done.get();
}

}  // namespace holdfast::store
