// What the writer does between commits: retention, joining small chunks, handing pages back.

#include "app/store/group_row.h"
#include "app/store/store_impl.h"

#include <algorithm>
#include <map>
#include <utility>

namespace holdfast::store {

namespace {

constexpr std::int64_t kHousekeepingMs = 60'000;
/// Chunk rows removed in one transaction; keeps each below a few ten milliseconds.
constexpr std::int64_t kRemovedAtOnce = 200;
/// After so long a commit has its turn, then retention goes on: commits do not wait for a day's chunks to go.
constexpr std::int64_t kRetentionTurnMs = 50;
/// A group whose oldest open sample is this many commits old is closed however small, so that the journal and the
/// time to replay it stay bounded: two hours at one commit a second.
constexpr std::uint64_t kOldestOpenCommits = 7200;
/// Chunks are joined up to this many samples a series. 480 instead of 120 saves 5 % space.
constexpr std::size_t kMergedSamples = 480;
/// Spans that somebody wants kept whatever the age of their samples; ?3 is now.
constexpr std::string_view kNotKept = " AND NOT EXISTS (SELECT 1 FROM kept_span WHERE start_ms <= chunk.t1 AND "
                                      "end_ms >= chunk.t0 AND until_ms > ?3)";

}  // namespace

void Store::Impl::housekeeping()
{
    const std::int64_t now = clock.monotonicMs();
    if (!m_retaining) {
        if (now < m_nextHousekeepingMs)
            return;
        const bool isFirst = m_nextHousekeepingMs == 0;
        m_nextHousekeepingMs = now + kHousekeepingMs;
        if (isFirst)
            return;
        const std::unique_lock lock(m_state);
        if (nextSeq > kOldestOpenCommits)
            head.markReadyUpTo(nextSeq - kOldestOpenCommits);
    }
    Result<bool> more = retentionSlice();
    while (more.ok() && *more && clock.monotonicMs() - now < kRetentionTurnMs)
        more = retentionSlice();
    if (!more.ok())
        log.warning("store", "retention: " + more.error().message);
    m_retaining = more.ok() && *more;
    if (m_retaining) {
        const std::lock_guard lock(m_wake);
        commitWanted = true;
    }
}

Result<void> Store::Impl::closeAllChunks()
{
    while (true) {
        {
            const std::unique_lock lock(m_state);
            head.markReadyUpTo(nextSeq);
            if (!head.hasReady() && pending.empty())
                break;
        }
        commitOnce();
        if (m_pauseMs > 0)
            return Error{"the chunks could not be written: " + failure, failureKind};
    }
    // One more, empty, so that the journal rows that are now covered go at once.
    {
        const std::unique_lock lock(m_state);
        pending.seq = nextSeq++;
        unwritten.push_back(std::exchange(pending, {}));
    }
    commitOnce();
    return {};
}

// The groups that lost chunks; none when there was nothing to remove.
Result<std::set<std::uint32_t>> Store::Impl::removeChunks(std::string_view where, std::int64_t bound, std::int64_t most,
                                                          std::int64_t now)
{
    std::vector<std::int64_t> doomed;
    {
        HF_TRY(Statement rows,
               writing->prepare("SELECT id FROM chunk WHERE " + std::string(where) + " ORDER BY t1 LIMIT ?2"));
        rows.bind(1, bound);
        rows.bind(2, most);
        if (where.find("?3") != std::string_view::npos)
            rows.bind(3, now);
        while (true) {
            HF_TRY(const bool more, rows.step());
            if (!more)
                break;
            doomed.push_back(rows.integer(0));
        }
    }
    std::set<std::uint32_t> touched;
    if (doomed.empty())
        return touched;
    HF_CHECK(writing->exec("BEGIN IMMEDIATE"));
    for (const std::int64_t id : doomed) {
        touched.insert(static_cast<std::uint32_t>(id >> kChunkNumberBits));
        auto row = writing->cached("DELETE FROM chunk WHERE id = ?");
        if (row.ok()) {
            (*row)->bind(1, id);
            const auto removed = (*row)->run();
            if (removed.ok())
                continue;
            row = removed.error();
        }
        (void)writing->exec("ROLLBACK").ok();
        return row.error();
    }
    if (const auto done = writing->exec("COMMIT"); !done.ok()) {
        if (writing->inTransaction())
            (void)writing->exec("ROLLBACK").ok();
        return done.error();
    }
    step("retention: cut");
    const std::lock_guard lock(m_figures);
    figures.chunksRemoved += doomed.size();
    return touched;
}

Result<std::int64_t> Store::Impl::usedBytes()
{
    HF_TRY(const std::int64_t pages, writing->integer("PRAGMA page_count"));
    HF_TRY(const std::int64_t unused, writing->integer("PRAGMA freelist_count"));
    HF_TRY(const std::int64_t size, writing->integer("PRAGMA page_size"));
    return (pages - unused) * size;
}

Result<void> Store::Impl::applyRetention()
{
    while (true) {
        HF_TRY(const bool more, retentionSlice());
        if (!more)
            return {};
    }
}

// Removes a bounded number of chunks; true when there may be more.
Result<bool> Store::Impl::retentionSlice()
{
    std::set<std::uint32_t> touched;
    if (options.retentionMs > 0) {
        std::int64_t newestMs = kNever;
        {
            const std::shared_lock lock(m_state);
            newestMs = std::min(head.bounds.last, clock.wallMs());
        }
        if (newestMs != kNever) {
            HF_TRY(touched, removeChunks("t1 < ?1" + std::string(kNotKept), newestMs - options.retentionMs,
                                         kRemovedAtOnce, newestMs));
        }
    }
    if (touched.empty() && options.retentionBytes > 0) {
        HF_TRY(const std::int64_t used, usedBytes());
        if (used > static_cast<std::int64_t>(options.retentionBytes)) {
            // The bound of the disk is a hard one: kept spans go last, but they go.
            HF_TRY(touched, removeChunks("t1 > ?1" + std::string(kNotKept), kNever, 50, clock.wallMs()));
            if (touched.empty()) {
                HF_TRY(touched, removeChunks("t1 > ?1", kNever, 50, 0));
            }
        }
    }
    const bool more = !touched.empty();
    if (!m_sweptEmpty) {
        HF_TRY(const std::set<std::uint32_t> left, groupsWithoutChunks());
        touched.insert(left.begin(), left.end());
        m_sweptEmpty = true;
    }
    if (!touched.empty()) {
        m_boundsStale = true;
        HF_CHECK(refreshGroups(touched));
    }
    if (!more && std::exchange(m_boundsStale, false))
        refreshBounds();
    return more;
}

// What a crash between removing chunks and forgetting their groups left.
Result<std::set<std::uint32_t>> Store::Impl::groupsWithoutChunks()
{
    HF_TRY(Statement rows, writing->prepare("SELECT id FROM grp WHERE NOT EXISTS (SELECT 1 FROM chunk WHERE chunk.id "
                                            "BETWEEN grp.id << 24 AND (grp.id << 24) + 16777215)"));
    std::set<std::uint32_t> out;
    while (true) {
        HF_TRY(const bool more, rows.step());
        if (!more)
            return out;
        out.insert(static_cast<std::uint32_t>(rows.integer(0)));
    }
}

// Brings the bounds of groups up to what is left in the file, and forgets groups of which nothing is left.
Result<void> Store::Impl::refreshGroups(const std::set<std::uint32_t>& touched)
{
    std::map<std::uint32_t, Span> left;
    for (const std::uint32_t id : touched) {
        HF_TRY(Statement * row,
               writing->cached("SELECT min(t0), max(t1), count(*) FROM chunk WHERE id BETWEEN ? AND ?"));
        row->bind(1, chunkId(id, 0));
        row->bind(2, chunkId(id + 1, 0) - 1);
        HF_TRY(const bool found, row->step());
        left[id] = found && row->integer(2) > 0 ? Span{row->integer(0), row->integer(1)} : Span();
        row->reset();
    }
    std::vector<std::uint32_t> gone;
    {
        const std::unique_lock lock(m_state);
        judge.forget();
        for (const auto& [id, chunks] : left) {
            const auto found = head.groups.find(id);
            if (found == head.groups.end())
                continue;
            GroupState& group = found->second;
            group.chunks = chunks;
            if (chunks == Span() && group.openSamples == 0 && !group.closing) {
                gone.push_back(id);
                head.removeGroup(id);
                continue;
            }
            for (const SeriesRef ref : group.members) {
                if (ref == 0)
                    continue;
                SeriesState& series = head.state(ref);
                std::int64_t oldest = group.chunks.first;
                if (group.closing)
                    oldest = std::min(oldest, group.closing->span.first);
                if (!series.open.times.empty())
                    oldest = std::min(oldest, series.open.times.front());
                series.span.first = std::max(series.span.first, oldest);
            }
        }
    }
    step("retention: groups left");
    if (gone.empty())
        return {};
    HF_CHECK(writing->exec("BEGIN IMMEDIATE"));
    for (const std::uint32_t id : gone) {
        const std::string key = std::to_string(id);
        if (const auto done =
                writing->exec("DELETE FROM grp WHERE id=" + key + "; DELETE FROM grp_state WHERE grp=" + key);
            !done.ok()) {
            (void)writing->exec("ROLLBACK").ok();
            return done;
        }
    }
    HF_CHECK(writing->exec("COMMIT"));
    step("retention: groups forgotten");
    return {};
}

void Store::Impl::refreshBounds()
{
    const std::unique_lock lock(m_state);
    Span bounds;
    for (const auto& [id, group] : head.groups) {
        for (const SeriesRef ref : group.members) {
            if (ref == 0 || head.state(ref).span == Span())
                continue;
            bounds.include(head.state(ref).span.first);
            bounds.include(head.state(ref).span.last);
        }
    }
    head.bounds = bounds;
}

Result<void> Store::Impl::compact()
{
    HF_CHECK(closeAllChunks());
    std::vector<std::uint32_t> ids;
    {
        const std::shared_lock lock(m_state);
        for (const auto& [id, group] : head.groups)
            ids.push_back(id);
    }
    std::ranges::sort(ids);
    for (const std::uint32_t id : ids) {
        const auto merged = mergeGroup(id);
        if (!merged.ok()) {
            if (writing->inTransaction())
                (void)writing->exec("ROLLBACK").ok();
            return merged;
        }
    }
    HF_CHECK(writing->exec("PRAGMA incremental_vacuum"));
    return writing->exec("PRAGMA wal_checkpoint(TRUNCATE)");
}

namespace {

/// Consecutive chunks that together stay small, as one in the making.
struct Merge {
    std::vector<std::int64_t> ids;
    std::map<std::uint16_t, Columns> members;
    std::size_t longest = 0;
    bool ordered = true;  ///< every sample came after those of its series before
};

std::size_t longestOf(const DecodedChunk& chunk)
{
    std::size_t longest = 0;
    for (const auto& times : chunk.times)
        longest = std::max(longest, times.size());
    return longest;
}

bool follows(const Merge& merge, const DecodedChunk& chunk)
{
    return std::ranges::all_of(chunk.members, [&](const DecodedMember& member) {
        const auto known = merge.members.find(member.slot);
        return known == merge.members.end() || known->second.times.back() < chunk.times[member.timeColumn].front();
    });
}

void take(Merge& merge, std::int64_t id, const DecodedChunk& chunk)
{
    merge.ids.push_back(id);
    for (const DecodedMember& member : chunk.members) {
        Columns& columns = merge.members[member.slot];
        const auto& times = chunk.times[member.timeColumn];
        columns.times.insert(columns.times.end(), times.begin(), times.end());
        columns.values.insert(columns.values.end(), member.values.begin(), member.values.end());
        merge.longest = std::max(merge.longest, columns.times.size());
    }
}

}  // namespace

// Joins runs of neighbours in one transaction a group. Chunks that overlap in time (late samples) and damaged ones
// end a run and stay as they are. The joined chunk takes the first one's number, so the order of writing is kept.
Result<void> Store::Impl::mergeGroup(std::uint32_t group)
{
    std::vector<Merge> merges;
    {
        Statement* rows = nullptr;
        HF_TRY(rows, writing->cached(
                         "SELECT id, t0, t1, n, codec, sum, data FROM chunk WHERE id BETWEEN ? AND ? ORDER BY id"));
        rows->bind(1, chunkId(group, 0));
        rows->bind(2, chunkId(group + 1, 0) - 1);
        bool isOpen = false;
        while (true) {
            HF_TRY(const bool more, rows->step());
            if (!more)
                break;
            const auto chunk = decodeChunkRow(*rows, {});
            if (!chunk.ok() || longestOf(*chunk) >= kMergedSamples) {
                isOpen = false;
                continue;
            }
            if (!isOpen || merges.back().longest + longestOf(*chunk) > kMergedSamples + kChunkSamples / 2
                || !follows(merges.back(), *chunk))
                merges.emplace_back();
            isOpen = true;
            take(merges.back(), rows->integer(0), *chunk);
        }
        rows->reset();
    }
    std::erase_if(merges, [](const Merge& merge) { return merge.ids.size() < 2; });
    if (merges.empty())
        return {};
    HF_CHECK(writing->exec("BEGIN IMMEDIATE"));
    for (const Merge& merge : merges) {
        std::vector<ChunkMember> members;
        for (const auto& [slot, columns] : merge.members)
            members.push_back({slot, columns.times, columns.values});
        const EncodedChunk chunk = encodeChunk(members);
        for (const std::int64_t id : merge.ids) {
            HF_TRY(Statement * row, writing->cached("DELETE FROM chunk WHERE id = ?"));
            row->bind(1, id);
            HF_CHECK(row->run());
        }
        HF_TRY(Statement * row, writing->cached("INSERT INTO chunk(id, t0, t1, n, codec, sum, data) "
                                                "VALUES(?, ?, ?, ?, ?, ?, ?)"));
        row->bind(1, merge.ids.front());
        row->bind(2, chunk.t0);
        row->bind(3, chunk.t1);
        row->bind(4, static_cast<std::int64_t>(chunk.samples));
        row->bind(5, static_cast<std::int64_t>(chunk.codec));
        row->bind(6, static_cast<std::int64_t>(chunk.checksum(merge.ids.front())));
        row->bindBlob(7, chunk.data);
        HF_CHECK(row->run());
    }
    step("compact: joined");
    HF_CHECK(writing->exec("COMMIT"));
    const std::unique_lock lock(m_state);
    judge.forget();
    return {};
}

}  // namespace holdfast::store
