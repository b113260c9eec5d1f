#pragma once

#include "app/base/result.h"
#include "app/store/sqlite/statement.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

struct sqlite3;

namespace holdfast::store {

enum class Access {
    Create,  ///< reads and writes; makes the file
    Write,   ///< reads and writes an existing file
    Read,    ///< reads only; never folds the WAL into the file
};

/// One SQLite connection with its prepared statements. One thread at a time.
class Connection {
public:
    static Result<Connection> open(const std::string& path, Access access);

    /// Runs statements without parameters and answers.
    Result<void> exec(std::string_view sql);
    /// The first column of the first row; 0 when there is none.
    Result<std::int64_t> integer(std::string_view sql);
    Result<std::string> text(std::string_view sql);
    /// A statement that is prepared once and kept; `sql` must be a literal. Comes reset.
    Result<Statement*> cached(std::string_view sql);
    Result<Statement> prepare(std::string_view sql) { return Statement::prepare(handle(), sql); }

    [[nodiscard]] std::int64_t lastInsertRowId() const;
    [[nodiscard]] bool inTransaction() const;
    [[nodiscard]] sqlite3* handle() const { return m_db.get(); }

private:
    struct Close {
        void operator()(sqlite3* db) const;
    };
    explicit Connection(sqlite3* db) : m_db(db) {}
    std::unique_ptr<sqlite3, Close> m_db;
    std::unordered_map<std::string_view, Statement> m_cached;
};

}  // namespace holdfast::store
