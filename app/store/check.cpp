#include "app/store/check.h"

#include "app/store/chunk_reader.h"
#include "app/store/commit_mark.h"
#include "app/store/encoding/checksum.h"
#include "app/store/file_guard.h"
#include "app/store/group_row.h"
#include "app/store/store_impl.h"

#include <algorithm>
#include <set>

namespace holdfast::store {

namespace {

constexpr std::size_t kMostProblems = 1000;

/// One pass over one open database. One thread at a time.
class Check {
public:
    Check(Connection& db, CheckReport& report) : m_db(db), m_report(report) {}

    Result<void> structure()
    {
        HF_TRY(Statement rows, m_db.prepare("PRAGMA integrity_check(100)"));
        while (true) {
            HF_TRY(const bool more, rows.step());
            if (!more)
                return {};
            if (rows.bytes(0) != "ok")
                say("SQLite: " + std::string(rows.bytes(0)));
        }
    }

    Result<void> groups()
    {
        HF_TRY(Statement rows, m_db.prepare("SELECT id, origin, n, sum, labels FROM grp"));
        while (true) {
            HF_TRY(const bool more, rows.step());
            if (!more)
                return {};
            const auto id = static_cast<std::uint32_t>(rows.integer(0));
            const auto members = decodeMembers(rows.bytes(4));
            const std::uint64_t sum = groupRowSum(id, rows.bytes(1), rows.bytes(4));
            m_groups.insert(id);
            ++m_report.groups;
            if (!members.ok() || sum != static_cast<std::uint64_t>(rows.integer(3)))
                say("group " + std::to_string(id) + " is damaged: its checksum differs");
            else
                m_report.series += members->size();
        }
    }

    Result<void> states()
    {
        HF_TRY(Statement rows, m_db.prepare("SELECT grp, covered, next_chunk, t0, t1, sum, spans FROM grp_state"));
        while (true) {
            HF_TRY(const bool more, rows.step());
            if (!more)
                return {};
            const auto id = static_cast<std::uint32_t>(rows.integer(0));
            const auto covered = static_cast<std::uint64_t>(rows.integer(1));
            const std::uint64_t sum = groupStateSum(id, covered, static_cast<std::uint32_t>(rows.integer(2)),
                                                    {rows.integer(3), rows.integer(4)}, rows.bytes(6));
            m_states.insert(id);
            if (sum != static_cast<std::uint64_t>(rows.integer(5)))
                say("the state of group " + std::to_string(id) + " is damaged: its checksum differs");
            else
                m_report.lastCommit = std::max(m_report.lastCommit, covered);
        }
    }

    void pairs()
    {
        for (const std::uint32_t id : m_groups) {
            if (!m_states.contains(id))
                say("group " + std::to_string(id) + " has no state");
        }
        for (const std::uint32_t id : m_states) {
            if (!m_groups.contains(id))
                say("the series of group " + std::to_string(id) + " are missing");
        }
    }

    Result<void> chunks()
    {
        HF_TRY(Statement rows, m_db.prepare("SELECT id, t0, t1, n, codec, sum, data FROM chunk"));
        while (true) {
            HF_TRY(const bool more, rows.step());
            if (!more)
                return {};
            ++m_report.chunks;
            const auto chunk = decodeChunkRow(rows, {});
            if (!chunk.ok()) {
                say(chunk.error().message);
                continue;
            }
            std::uint64_t samples = 0;
            for (const DecodedMember& member : chunk->members)
                samples += member.values.size();
            m_report.samples += samples;
            if (samples != static_cast<std::uint64_t>(rows.integer(3)))
                say("chunk " + std::to_string(rows.integer(0)) + " holds another number of samples than it says");
            if (!m_groups.contains(static_cast<std::uint32_t>(rows.integer(0) >> kChunkNumberBits)))
                say("chunk " + std::to_string(rows.integer(0)) + " belongs to no group");
        }
    }

    Result<void> journal()
    {
        HF_TRY(Statement gaps, m_db.prepare("SELECT count(*) FROM commit_gap WHERE first_seq = ?"));
        std::uint64_t before = 0;
        HF_TRY(Statement rows, m_db.prepare("SELECT seq, sum, data FROM journal ORDER BY seq"));
        while (true) {
            HF_TRY(const bool more, rows.step());
            if (!more)
                return {};
            const auto seq = static_cast<std::uint64_t>(rows.integer(0));
            ++m_report.journalRows;
            if (before != 0 && seq != before + 1) {
                gaps.bind(1, static_cast<std::int64_t>(before + 1));
                HF_TRY(const bool known, gaps.step());
                if (!known || gaps.integer(0) == 0)
                    say("commits " + std::to_string(before + 1) + " to " + std::to_string(seq - 1)
                        + " are missing in the journal");
                gaps.reset();
            }
            before = seq;
            m_report.lastCommit = std::max(m_report.lastCommit, seq);
            const bool sound = xxh64(rows.bytes(2), seq) == static_cast<std::uint64_t>(rows.integer(1));
            if (!sound || (!rows.bytes(2).empty() && !decodeCommit(rows.bytes(2)).ok()))
                say("commit " + std::to_string(seq) + " in the journal is damaged");
        }
    }

    Result<void> exemplars()
    {
        HF_TRY(Statement rows, m_db.prepare("SELECT id, t, series, labels FROM exemplar"));
        while (true) {
            HF_TRY(const bool more, rows.step());
            if (!more)
                return {};
            if (!decodeExemplar(rows.integer(1), rows.bytes(3), rows.bytes(2)).ok())
                say("exemplar " + std::to_string(rows.integer(0)) + " is damaged: its checksum differs");
        }
    }

    Result<void> gaps()
    {
        HF_TRY(Statement rows, m_db.prepare("SELECT first_seq, last_seq FROM commit_gap"));
        while (true) {
            HF_TRY(const bool more, rows.step());
            if (!more)
                return {};
            say("commits " + std::to_string(rows.integer(0)) + " to " + std::to_string(rows.integer(1))
                + " were acknowledged and are lost: the write-ahead log was cut or damaged");
        }
    }

    void say(std::string problem)
    {
        if (m_report.problems.size() < kMostProblems)
            m_report.problems.push_back(std::move(problem));
    }

private:
    Connection& m_db;
    CheckReport& m_report;
    std::set<std::uint32_t> m_groups;
    std::set<std::uint32_t> m_states;
};

}  // namespace

Result<CheckReport> checkFile(const std::string& path)
{
    HF_TRY(const FileState state, inspectFile(path));
    if (state == FileState::Missing)
        return Error{path + " does not exist or is empty", ErrorKind::NotFound};
    HF_TRY(Connection db, Connection::open(path, Access::Read));
    CheckReport report;
    Check check(db, report);
    // The mark first: a commit made meanwhile is then in the snapshot, and is not missed.
    const Result<std::int64_t> id = db.integer("SELECT value FROM meta WHERE key='file_id'");
    report.acknowledged = id.ok() ? CommitMark::read(path, static_cast<std::uint64_t>(*id)) : 0;
    const auto stage = [&](const Result<void>& outcome, std::string_view what) {
        // Damage to SQLite's pages ends a pass; the others still tell something.
        if (!outcome.ok())
            check.say(std::string(what) + " cannot be read to the end: " + outcome.error().message);
    };
    stage(db.exec("BEGIN"), "the file");
    stage(check.structure(), "the structure");
    stage(check.groups(), "the table grp");
    stage(check.states(), "the table grp_state");
    check.pairs();
    stage(check.chunks(), "the table chunk");
    stage(check.journal(), "the table journal");
    stage(check.exemplars(), "the table exemplar");
    stage(check.gaps(), "the table commit_gap");
    if (report.acknowledged > report.lastCommit)
        check.say("the last " + std::to_string(report.acknowledged - report.lastCommit)
                  + " commits were acknowledged and are not in the file: the write-ahead log was cut or damaged");
    return report;
}

}  // namespace holdfast::store
