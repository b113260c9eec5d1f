#pragma once

#include "app/base/result.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace holdfast::store {

/// What SQLite last said on a connection, as an Error of the fitting kind.
[[nodiscard]] Error sqliteError(sqlite3* db, std::string_view doing);

/// A prepared statement. Parameters count from 1, columns from 0. One thread at a time.
class Statement {
public:
    static Result<Statement> prepare(sqlite3* db, std::string_view sql);

    void bind(int at, std::int64_t v);
    void bind(int at, double v);
    void bindText(int at, std::string_view v);
    /// The bytes must live until the statement has run.
    void bindBlob(int at, std::string_view v);
    void bindNull(int at);

    /// True while there is a row to read.
    Result<bool> step();
    /// Runs to the end and makes ready for new values.
    Result<void> run();
    void reset();

    [[nodiscard]] int columns() const;
    [[nodiscard]] int type(int column) const;  ///< SQLITE_INTEGER …
    [[nodiscard]] bool isReadOnly() const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] double number(int column) const;
    /// Valid until the next step() or reset().
    [[nodiscard]] std::string_view bytes(int column) const;

private:
    struct Finalize {
        void operator()(sqlite3_stmt* s) const;
    };
    explicit Statement(sqlite3_stmt* s) : m_statement(s) {}
    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
};

}  // namespace holdfast::store
