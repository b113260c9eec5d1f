#include "app/store/sqlite/statement.h"

#include <sqlite3.h>

namespace holdfast::store {

Error sqliteError(sqlite3* db, std::string_view doing)
{
    const int code = sqlite3_errcode(db);
    ErrorKind kind = ErrorKind::Failed;
    switch (code) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: kind = ErrorKind::Conflict; break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: kind = ErrorKind::Corrupt; break;
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_AUTH: kind = ErrorKind::Denied; break;
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN: kind = ErrorKind::Unavailable; break;
    case SQLITE_CONSTRAINT: kind = ErrorKind::BadInput; break;
    case SQLITE_INTERRUPT: kind = ErrorKind::Cancelled; break;
    default: break;
    }
    return {std::string(doing) + ": " + sqlite3_errmsg(db), kind};
}

void Statement::Finalize::operator()(sqlite3_stmt* s) const
{
    sqlite3_finalize(s);
}

Result<Statement> Statement::prepare(sqlite3* db, std::string_view sql)
{
    sqlite3_stmt* s = nullptr;
    const char* rest = nullptr;
    if (sqlite3_prepare_v2(db, sql.data(), static_cast<int>(sql.size()), &s, &rest) != SQLITE_OK) {
        Error error = sqliteError(db, "SQL");
        if (sqlite3_errcode(db) == SQLITE_ERROR)
            error.kind = ErrorKind::BadInput;
        return error;
    }
    Statement out(s);
    if (!s)
        return Error{"the SQL text holds no statement", ErrorKind::BadInput};
    const std::string_view left(rest, static_cast<std::size_t>(sql.data() + sql.size() - rest));
    if (left.find_first_not_of(" \t\r\n;") != std::string_view::npos)
        return Error{"the SQL text holds more than one statement", ErrorKind::BadInput};
    return out;
}

void Statement::bind(int at, std::int64_t v)
{
    sqlite3_bind_int64(m_statement.get(), at, v);
}

void Statement::bind(int at, double v)
{
    sqlite3_bind_double(m_statement.get(), at, v);
}

void Statement::bindText(int at, std::string_view v)
{
    sqlite3_bind_text64(m_statement.get(), at, v.empty() ? "" : v.data(), v.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

void Statement::bindBlob(int at, std::string_view v)
{
    sqlite3_bind_blob64(m_statement.get(), at, v.empty() ? "" : v.data(), v.size(), SQLITE_STATIC);
}

void Statement::bindNull(int at)
{
    sqlite3_bind_null(m_statement.get(), at);
}

Result<bool> Statement::step()
{
    const int code = sqlite3_step(m_statement.get());
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE)
        return false;
    return sqliteError(sqlite3_db_handle(m_statement.get()), "SQL");
}

Result<void> Statement::run()
{
    Result<bool> row = step();
    while (row.ok() && *row)
        row = step();
    reset();
    if (!row.ok())
        return std::move(row).error();
    return {};
}

void Statement::reset()
{
    sqlite3_reset(m_statement.get());
    sqlite3_clear_bindings(m_statement.get());
}

int Statement::columns() const
{
    return sqlite3_column_count(m_statement.get());
}

int Statement::type(int column) const
{
    return sqlite3_column_type(m_statement.get(), column);
}

bool Statement::isReadOnly() const
{
    return sqlite3_stmt_readonly(m_statement.get()) != 0;
}

std::int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement.get(), column);
}

double Statement::number(int column) const
{
    return sqlite3_column_double(m_statement.get(), column);
}

std::string_view Statement::bytes(int column) const
{
    const auto* data = static_cast<const char*>(sqlite3_column_blob(m_statement.get(), column));
    return {data ? data : "", static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column))};
}

}  // namespace holdfast::store
