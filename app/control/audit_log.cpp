#include "app/control/audit_log.h"

#include "app/control/sha256.h"

#include <utility>

namespace holdfast::control {

namespace {

const std::string kColumns =
    "id,at_ms,action_id,step,actor,os_user,host,control,instance,reason,incident_id,before_json,"
    "wanted_json,after_json,requests_json,outcome,lease_id,reverts,prev_hash,hash";
const std::string kNoHash(64, '0');

store::SqlValue orNull(const std::optional<std::int64_t>& value)
{
    return value ? store::SqlValue(*value) : store::SqlValue();
}

store::SqlStatement insert(const AuditRow& row)
{
    return {.sql = "INSERT INTO audit(" + kColumns + ") VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            .values = {row.id,
                       row.atMs,
                       row.action,
                       row.step,
                       row.actor,
                       row.osUser,
                       row.host,
                       row.control,
                       row.instance,
                       row.reason,
                       orNull(row.incident),
                       row.before,
                       row.wanted,
                       row.after,
                       row.requests,
                       row.outcome,
                       orNull(row.lease),
                       orNull(row.reverts),
                       row.prevHash,
                       row.hash}};
}

AuditRow fromSql(const store::SqlRow& row)
{
    const auto optional = [&row](std::size_t i) {
        return row.isNull(i) ? std::nullopt : std::optional(row.integer(i));
    };
    AuditRow out;
    out.id = row.integer(0);
    out.atMs = row.integer(1);
    out.action = row.integer(2);
    out.step = row.text(3);
    out.actor = row.text(4);
    out.osUser = row.text(5);
    out.host = row.text(6);
    out.control = row.text(7);
    out.instance = row.text(8);
    out.reason = row.text(9);
    out.incident = optional(10);
    out.before = row.text(11);
    out.wanted = row.text(12);
    out.after = row.text(13);
    out.requests = row.text(14);
    out.outcome = row.text(15);
    out.lease = optional(16);
    out.reverts = optional(17);
    out.prevHash = row.text(18);
    out.hash = row.text(19);
    return out;
}

void fill(std::string& json, const char* empty)
{
    if (json.empty())
        json = empty;
}

}  // namespace

std::string auditHash(const AuditRow& row)
{
    std::string bytes;
    const auto text = [&bytes](const std::string& value) {
        bytes += std::to_string(value.size()) + ":" + value + "\n";
    };
    const auto number = [&text](std::int64_t value) { text(std::to_string(value)); };
    const auto optional = [&](const std::optional<std::int64_t>& value) {
        if (value)
            number(*value);
        else
            bytes += "-\n";
    };
    text(row.prevHash);
    number(row.id);
    number(row.atMs);
    number(row.action);
    for (const std::string* field :
         {&row.step, &row.actor, &row.osUser, &row.host, &row.control, &row.instance, &row.reason})
        text(*field);
    optional(row.incident);
    for (const std::string* field : {&row.before, &row.wanted, &row.after, &row.requests, &row.outcome})
        text(*field);
    optional(row.lease);
    optional(row.reverts);
    return sha256Hex(bytes);
}

Result<void> AuditLog::findEnd()
{
    if (m_endKnown)
        return {};
    HF_TRY(const auto rows,
           m_journal.read({.sql = "SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1", .values = {}}));
    m_lastId = rows.empty() ? 0 : rows.front().integer(0);
    m_lastHash = rows.empty() ? kNoHash : rows.front().text(1);
    m_endKnown = true;
    return {};
}

Result<void> AuditLog::write(std::vector<AuditRow> rows, std::vector<store::SqlStatement> also)
{
    const MutexLock lock(m_mutex);
    HF_CHECK(findEnd());
    std::vector<store::SqlStatement> statements = std::move(also);
    std::int64_t id = m_lastId;
    std::string hash = m_lastHash;
    for (AuditRow& row : rows) {
        row.id = ++id;
        row.osUser = m_osUser;
        row.host = m_host;
        fill(row.before, "{}");
        fill(row.wanted, "{}");
        fill(row.after, "{}");
        fill(row.requests, "[]");
        row.prevHash = hash;
        row.hash = auditHash(row);
        hash = row.hash;
        statements.push_back(insert(row));
    }
    const auto written = m_journal.write(std::move(statements));
    if (!written.ok()) {
        m_endKnown = false;  // whether it was committed is not known; the table is asked again
        return written.error();
    }
    m_lastId = id;
    m_lastHash = std::move(hash);
    return {};
}

Result<std::vector<AuditRow>> AuditLog::read(int limit, const AuditFilter& filter) const
{
    std::string where = "1";
    std::vector<store::SqlValue> values;
    if (filter.action > 0) {
        where += " AND action_id = ?";
        values.emplace_back(filter.action);
    }
    if (!filter.control.empty()) {
        where += " AND control = ?";
        values.emplace_back(filter.control);
    }
    if (filter.before > 0) {
        where += " AND id < ?";
        values.emplace_back(filter.before);
    }
    if (filter.untilMs > 0) {
        where += " AND at_ms <= ?";
        values.emplace_back(filter.untilMs);
    }
    values.emplace_back(std::int64_t{limit});
    HF_TRY(const auto rows,
           m_journal.read({.sql = "SELECT " + kColumns + " FROM audit WHERE " + where + " ORDER BY id DESC LIMIT ?",
                           .values = std::move(values)}));
    std::vector<AuditRow> out;
    for (const auto& row : rows)
        out.push_back(fromSql(row));
    return out;
}

Result<AuditChain> verifyAuditChain(const store::Journal& journal)
{
    constexpr std::int64_t kPage = 1000;
    AuditChain chain{.rows = 0, .lastHash = kNoHash, .brokenAt = {}, .why = {}};
    const auto broken = [&chain](std::int64_t id, std::string why) {
        chain.brokenAt = id;
        chain.why = std::move(why);
    };
    while (!chain.brokenAt) {
        HF_TRY(const auto rows,
               journal.read({.sql = "SELECT " + kColumns + " FROM audit WHERE id > ? ORDER BY id LIMIT ?",
                             .values = {chain.rows, kPage}}));
        if (rows.empty())
            break;
        for (const auto& sqlRow : rows) {
            const AuditRow row = fromSql(sqlRow);
            if (row.id != chain.rows + 1)
                broken(row.id, "row " + std::to_string(chain.rows + 1) + " is missing");
            else if (row.prevHash != chain.lastHash)
                broken(row.id, "row " + std::to_string(row.id) + " does not continue the row before it");
            else if (auditHash(row) != row.hash)
                broken(row.id, "row " + std::to_string(row.id) + " was changed after it was written");
            if (chain.brokenAt)
                break;
            chain.rows = row.id;
            chain.lastHash = row.hash;
        }
    }
    return chain;
}

}  // namespace holdfast::control
