#include "app/store/encoding/checksum.h"
#include "app/store/encoding/labels.h"
#include "app/store/group_row.h"
#include "app/store/journal_schema.h"
#include "app/store/schema.h"
#include "app/store/store_impl.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <random>
#include <set>

namespace holdfast::store {

namespace {

std::string text(std::int64_t v)
{
    return std::to_string(v);
}

// Without it a power cut may forget the name, and with it everything acknowledged since. Not all file systems can.
void syncDirectoryOf(const std::string& path)
{
    const auto slash = path.rfind('/');
    const std::string directory = slash == std::string::npos ? "." : path.substr(0, slash + 1);
    const int fd = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    ::fsync(fd);
    ::close(fd);
}

// First commits of the gaps that earlier openings noticed.
Result<std::set<std::uint64_t>> knownGaps(Connection& db)
{
    std::set<std::uint64_t> out;
    HF_TRY(Statement rows, db.prepare("SELECT first_seq FROM commit_gap"));
    while (true) {
        HF_TRY(const bool more, rows.step());
        if (!more)
            return out;
        out.insert(static_cast<std::uint64_t>(rows.integer(0)));
    }
}

// The WAL is folded into the file from 16 MiB on: seldom enough that hot pages are written once.
constexpr std::string_view kWriterPragmas = "PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000; "
                                            "PRAGMA cache_size=-16384; PRAGMA foreign_keys=OFF";

}  // namespace

std::uint64_t groupRowSum(std::uint32_t id, std::string_view origin, std::string_view members)
{
    return xxh64(members, xxh64(origin, id));
}

std::uint64_t groupStateSum(std::uint32_t id, std::uint64_t covered, std::uint32_t nextChunk, Span bounds,
                            std::string_view spans)
{
    std::string key;
    ByteWriter w(key);
    w.varint(id);
    w.varint(covered);
    w.varint(nextChunk);
    w.zigzag(bounds.first);
    w.zigzag(bounds.last);
    return xxh64(spans, xxh64(key));
}

// A new database is made beside its name and renamed when it is whole, so that no crash leaves half of one.
Result<void> Store::Impl::createFile()
{
    const std::string fresh = options.path + ".new";
    std::remove(fresh.c_str());
    std::remove((fresh + "-journal").c_str());
    std::random_device random;
    fileId = (static_cast<std::uint64_t>(random()) << 32 | random()) >> 1;
    {
        HF_TRY(Connection db, Connection::open(fresh, Access::Create));
        HF_CHECK(db.exec("PRAGMA page_size=4096; PRAGMA auto_vacuum=INCREMENTAL; PRAGMA synchronous=FULL; "
                         "PRAGMA application_id="
                         + text(kApplicationId) + "; PRAGMA user_version=" + text(kSchemaVersion)));
        HF_CHECK(db.exec("BEGIN"));
        HF_CHECK(db.exec(kStoreSchema));
        HF_CHECK(db.exec(kJournalSchema));
        HF_CHECK(db.exec("INSERT INTO meta VALUES('file_id', " + text(static_cast<std::int64_t>(fileId))
                         + "), ('created_ms', " + text(clock.wallMs()) + ")"));
        HF_CHECK(db.exec("COMMIT"));
        HF_CHECK(db.text("PRAGMA journal_mode=WAL").ok() ? Result<void>() : Error{"WAL mode is refused"});
    }
    // Sidecars of a database that used to have this name would be taken for ours.
    for (const char* suffix : {"-wal", "-shm", "-journal", "-mark"})
        std::remove((options.path + suffix).c_str());
    step("open: made");
    if (std::rename(fresh.c_str(), options.path.c_str()) != 0)
        return Error{options.path + " cannot be made", ErrorKind::Denied};
    syncDirectoryOf(options.path);
    return {};
}

Result<void> Store::Impl::open()
{
    const std::int64_t started = clock.monotonicNs();
    const bool writes = options.mode == OpenMode::ReadWrite;
    HF_TRY(FileState state, inspectFile(options.path));
    if (!writes && state == FileState::Missing)
        return Error{options.path + " does not exist", ErrorKind::NotFound};
    if (writes) {
        HF_TRY(guard, FileGuard::take(options.path));
        // Another process may have made it between the look and the lock.
        HF_TRY(state, inspectFile(options.path));
        if (state == FileState::Missing)
            HF_CHECK(createFile().in(options.path));
        HF_CHECK(guard->watch());
    }
    HF_TRY(Connection db, Connection::open(options.path, writes ? Access::Write : Access::Read));
    HF_CHECK(checkTables(db).in(options.path));
    if (writes) {
        HF_CHECK(db.exec(kWriterPragmas).in(options.path));
        HF_CHECK(db.exec(kStoreSchema).in(options.path));
        HF_CHECK(db.exec(kJournalSchema).in(options.path));
    }
    HF_CHECK(db.exec("BEGIN").in(options.path));
    HF_TRY(const std::int64_t id, db.integer("SELECT value FROM meta WHERE key='file_id'").in(options.path));
    fileId = static_cast<std::uint64_t>(id);
    HF_CHECK(loadGroups(db).in(options.path));
    HF_TRY(const std::uint64_t covered, loadGroupStates(db).in(options.path));
    HF_TRY(const std::uint64_t lastSeq, replayJournal(db, covered).in(options.path));
    head.finishRestoring();
    HF_CHECK(loadSideBooks(db).in(options.path));
    HF_CHECK(db.exec("COMMIT").in(options.path));
    nextSeq = lastSeq + 1;
    HF_CHECK(compareWithMark(db, lastSeq).in(options.path));

    newest = {nextSeq - 1, head.bounds.first <= head.bounds.last ? head.bounds.last : 0};
    readers = std::make_unique<ReaderPool>(options.path, options.readers);
    if (writes) {
        writing = std::move(db);
        HF_TRY(judging, Connection::open(options.path, Access::Read));
        judge = ChunkJudge(&*judging);
    }
    figures.recoverySeconds = static_cast<double>(clock.monotonicNs() - started) / 1e9;
    return {};
}

// A table that is missing is made anew, which is how tables are added. Not so when the file has one that nobody knows:
// then the name of ours is damaged, and an empty table in its place would hide what is in it.
Result<void> Store::Impl::checkTables(Connection& db)
{
    HF_TRY(Connection model, Connection::open(":memory:", Access::Create));
    HF_CHECK(model.exec(kStoreSchema));
    HF_CHECK(model.exec(kJournalSchema));
    constexpr std::string_view names = "SELECT type || ' ' || name FROM sqlite_schema";
    const auto read = [&](Connection& from) -> Result<std::set<std::string>> {
        std::set<std::string> out;
        HF_TRY(Statement rows, from.prepare(names));
        while (true) {
            HF_TRY(const bool more, rows.step());
            if (!more)
                return out;
            out.emplace(rows.bytes(0));
        }
    };
    HF_TRY(const std::set<std::string> known, read(model));
    HF_TRY(const std::set<std::string> found, read(db));
    const auto missing = std::ranges::find_if(known, [&](const std::string& name) { return !found.contains(name); });
    const auto unknown = std::ranges::find_if(found, [&](const std::string& name) { return !known.contains(name); });
    if (missing == known.end() || unknown == found.end())
        return {};
    return Error{"the " + *missing + " is missing and a " + *unknown
                     + " is there that Holdfast does not know: the file is damaged",
                 ErrorKind::Corrupt};
}

Result<void> Store::Impl::loadGroups(Connection& db)
{
    HF_TRY(const std::int64_t highestChunk, db.integer("SELECT max(id) FROM chunk"));
    head.reserveGroup(highestChunk >> kChunkNumberBits);
    HF_TRY(Statement rows, db.prepare("SELECT id, origin, sum, labels FROM grp ORDER BY id"));
    while (true) {
        HF_TRY(const bool more, rows.step());
        if (!more)
            return {};
        const auto id = static_cast<std::uint32_t>(rows.integer(0));
        head.reserveGroup(rows.integer(0));
        const std::string origin(rows.bytes(1));
        const auto members = decodeMembers(rows.bytes(3));
        if (groupRowSum(id, origin, rows.bytes(3)) != static_cast<std::uint64_t>(rows.integer(2)) || !members.ok()) {
            ++figures.corruptChunks;
            log.error("store", "group " + text(id) + " is damaged: its series cannot be named and are left out");
            continue;
        }
        head.restoreGroup(id, origin);
        for (std::size_t slot = 0; slot < members->size(); ++slot) {
            const StoredMember& member = (*members)[slot];
            if (member.series != 0)
                head.restoreMember(member.series, id, static_cast<std::uint16_t>(slot), member.labels);
        }
        head.groups.at(id).hasNewMembers = false;
    }
}

// The highest commit that is covered by chunks.
Result<std::uint64_t> Store::Impl::loadGroupStates(Connection& db)
{
    std::uint64_t highest = 0;
    std::set<std::uint32_t> sound;
    HF_TRY(Statement rows, db.prepare("SELECT grp, covered, next_chunk, t0, t1, sum, spans FROM grp_state"));
    while (true) {
        HF_TRY(const bool more, rows.step());
        if (!more)
            break;
        const auto id = static_cast<std::uint32_t>(rows.integer(0));
        head.reserveGroup(rows.integer(0));
        const auto covered = static_cast<std::uint64_t>(rows.integer(1));
        const auto nextChunk = static_cast<std::uint32_t>(rows.integer(2));
        const Span bounds{rows.integer(3), rows.integer(4)};
        const auto spans = decodeSpans(rows.bytes(6), bounds);
        if (groupStateSum(id, covered, nextChunk, bounds, rows.bytes(6)) != static_cast<std::uint64_t>(rows.integer(5))
            || !spans.ok())
            continue;
        highest = std::max(highest, covered);
        const auto group = head.groups.find(id);
        if (group == head.groups.end())
            continue;
        sound.insert(id);
        GroupState& state = group->second;
        state.covered = covered;
        state.nextChunk = nextChunk;
        state.chunks = bounds;
        for (std::size_t slot = 0; slot < state.members.size() && slot < spans->size(); ++slot) {
            if (state.members[slot] != 0)
                head.state(state.members[slot]).span = (*spans)[slot];
        }
    }
    for (auto& [id, group] : head.groups) {
        if (!sound.contains(id))
            HF_CHECK(guessGroupState(db, id, group));
    }
    return highest;
}

// Bounds from the chunks themselves, wide where in doubt: that costs time but loses nothing. `covered` stays 0, so that
// the whole journal is taken; what of it is in chunks too is dropped when read.
Result<void> Store::Impl::guessGroupState(Connection& db, std::uint32_t id, GroupState& group)
{
    ++figures.corruptChunks;
    log.error("store", "the state of group " + text(id) + " is damaged: its series are looked for everywhere");
    HF_TRY(Statement row, db.prepare("SELECT max(t1), max(id) FROM chunk WHERE id BETWEEN ? AND ?"));
    row.bind(1, chunkId(id, 0));
    row.bind(2, chunkId(id + 1, 0) - 1);
    HF_TRY(const bool found, row.step());
    if (!found || row.integer(1) == 0)
        return {};
    group.chunks = {0, row.integer(0)};
    group.nextChunk = static_cast<std::uint32_t>(row.integer(1) - chunkId(id, 0)) + 1;
    for (const SeriesRef ref : group.members) {
        if (ref != 0)
            head.state(ref).span = group.chunks;
    }
    return {};
}

// The number of the last commit. Rows are numbered without a gap from the oldest that is still needed; what is missing
// between is lost, unless the mark had said so before.
Result<std::uint64_t> Store::Impl::replayJournal(Connection& db, std::uint64_t covered)
{
    HF_TRY(const std::set<std::uint64_t> explained, knownGaps(db));
    std::uint64_t last = covered;
    std::uint64_t before = 0;
    HF_TRY(Statement rows, db.prepare("SELECT seq, sum, data FROM journal ORDER BY seq"));
    while (true) {
        HF_TRY(const bool more, rows.step());
        if (!more)
            return last;
        const auto seq = static_cast<std::uint64_t>(rows.integer(0));
        const bool sound = xxh64(rows.bytes(2), seq) == static_cast<std::uint64_t>(rows.integer(1));
        if (sound && before != 0 && seq > before + 1 && !explained.contains(before + 1)) {
            figures.lostCommits += seq - before - 1;
            log.error("store", "commits " + text(static_cast<std::int64_t>(before + 1)) + " to "
                                   + text(static_cast<std::int64_t>(seq - 1)) + " are missing in the journal");
        }
        // A number that a damaged row has may itself be damage; where it fits, it is none.
        if (sound || seq == before + 1) {
            before = seq;
            last = std::max(last, seq);
        }
        if (sound && rows.bytes(2).empty())
            continue;
        const auto record = sound ? decodeCommit(rows.bytes(2)) : Error{"its checksum differs", ErrorKind::Corrupt};
        if (!record.ok()) {
            ++figures.lostCommits;
            log.error("store", "commit " + text(static_cast<std::int64_t>(seq))
                                   + " is damaged and left out: " + record.error().message);
            continue;
        }
        head.replay(*record, seq);
        ++figures.recoveredCommits;
    }
}

Result<void> Store::Impl::loadSideBooks(Connection& db)
{
    HF_TRY(Statement families, db.prepare("SELECT family, type, unit, help FROM metadata"));
    while (true) {
        HF_TRY(const bool more, families.step());
        if (!more)
            break;
        MetricMetadata entry{.family = std::string(families.bytes(0)),
                             .type = MetricType::Unknown,
                             .unit = std::string(families.bytes(2)),
                             .help = std::string(families.bytes(3))};
        for (int type = 0; type <= static_cast<int>(MetricType::StateSet); ++type) {
            if (families.bytes(1) == metricTypeWord(static_cast<MetricType>(type)))
                entry.type = static_cast<MetricType>(type);
        }
        metadata.add(entry);
    }
    std::uint64_t damaged = 0;
    HF_TRY(Statement ring, db.prepare("SELECT t, value, series, labels FROM exemplar ORDER BY id"));
    while (true) {
        HF_TRY(const bool more, ring.step());
        if (!more)
            break;
        ByteReader series(ring.bytes(2));
        ExemplarRing::Entry entry{.series = readLabels(series), .exemplar = {}};
        auto exemplar = decodeExemplar(ring.integer(0), ring.bytes(3), ring.bytes(2));
        if (series.failed() || !exemplar.ok()) {
            ++damaged;
            continue;
        }
        entry.exemplar = std::move(exemplar).value();
        exemplars.add(std::move(entry));
    }
    if (damaged > 0)
        log.error("store", std::to_string(damaged) + " exemplars are damaged and left out");
    return {};
}

// Commits that were acknowledged and are no longer there: SQLite saw the end of the WAL too early.
Result<void> Store::Impl::compareWithMark(Connection& db, std::uint64_t lastSeq)
{
    std::uint64_t highest = 0;
    if (options.mode == OpenMode::ReadWrite) {
        HF_TRY(CommitMark opened, CommitMark::open(options.path, fileId));
        mark.emplace(std::move(opened));
        highest = mark->highest();
    } else {
        highest = CommitMark::read(options.path, fileId);
    }
    // A reader beside a running engine may see the mark of a commit that came after its snapshot.
    if (highest <= lastSeq || options.mode == OpenMode::ReadOnly)
        return {};
    figures.lostCommits += highest - lastSeq;
    log.error("store", options.path + " lacks its last " + std::to_string(highest - lastSeq)
                           + " commits, which had been acknowledged: the write-ahead log was cut or damaged");
    nextSeq = highest + 1;
    HF_TRY(Statement gap, db.prepare("INSERT OR REPLACE INTO commit_gap VALUES(?, ?, ?)"));
    gap.bind(1, static_cast<std::int64_t>(lastSeq + 1));
    gap.bind(2, static_cast<std::int64_t>(highest));
    gap.bind(3, clock.wallMs());
    return gap.run();
}

}  // namespace holdfast::store
