#include "app/store/sqlite/connection.h"

#include <sqlite3.h>

namespace holdfast::store {

namespace {

// Another process may hold the write lock for a moment (sqlite3 in a shell, a backup).
constexpr int kBusyMs = 2000;

}  // namespace

void Connection::Close::operator()(sqlite3* db) const
{
    sqlite3_close_v2(db);
}

Result<Connection> Connection::open(const std::string& path, Access access)
{
    // A reader opens for writing where it may, because reading a WAL needs to write its shared-memory file;
    // query_only keeps it from writing anything else.
    const auto tryOpen = [&](int flags) {
        sqlite3* db = nullptr;
        const int code =
            sqlite3_open_v2(path.c_str(), &db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
        return std::pair(code, Connection(db));
    };
    auto [code, connection] =
        tryOpen(access == Access::Create ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READWRITE);
    if (code != SQLITE_OK && access == Access::Read)
        std::tie(code, connection) = tryOpen(SQLITE_OPEN_READONLY);
    if (code != SQLITE_OK)
        return sqliteError(connection.handle(), path);
    sqlite3_extended_result_codes(connection.handle(), 0);
    sqlite3_busy_timeout(connection.handle(), kBusyMs);
    HF_CHECK(connection.exec("PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=OFF"));
    if (access == Access::Read) {
        sqlite3_db_config(connection.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
        HF_CHECK(connection.exec("PRAGMA query_only=ON; PRAGMA cache_size=-4096"));
    }
    return std::move(connection);
}

Result<void> Connection::exec(std::string_view sql)
{
    if (sqlite3_exec(handle(), std::string(sql).c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return sqliteError(handle(), "SQL");
    return {};
}

Result<std::int64_t> Connection::integer(std::string_view sql)
{
    HF_TRY(Statement statement, prepare(sql));
    HF_TRY(const bool row, statement.step());
    return row ? statement.integer(0) : 0;
}

Result<std::string> Connection::text(std::string_view sql)
{
    HF_TRY(Statement statement, prepare(sql));
    HF_TRY(const bool row, statement.step());
    return row ? std::string(statement.bytes(0)) : std::string();
}

Result<Statement*> Connection::cached(std::string_view sql)
{
    const auto found = m_cached.find(sql);
    if (found != m_cached.end()) {
        found->second.reset();
        return &found->second;
    }
    HF_TRY(Statement statement, prepare(sql));
    return &m_cached.emplace(sql, std::move(statement)).first->second;
}

std::int64_t Connection::lastInsertRowId() const
{
    return sqlite3_last_insert_rowid(handle());
}

bool Connection::inTransaction() const
{
    return sqlite3_get_autocommit(handle()) == 0;
}

}  // namespace holdfast::store
