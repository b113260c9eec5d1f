#pragma once

#include "app/base/result.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

namespace holdfast::store {

using SqlValue = std::variant<std::monostate, std::int64_t, double, std::string>;

struct SqlStatement {
    std::string sql;  ///< one statement over the tables of journal_schema.h, "?" for each value
    std::vector<SqlValue> values;
};

struct SqlRow {
    std::vector<SqlValue> cells;                              ///< in the order of the select list
    [[nodiscard]] std::int64_t integer(std::size_t i) const;  ///< 0 where null
    [[nodiscard]] double number(std::size_t i) const;         ///< 0 where null
    [[nodiscard]] std::string text(std::size_t i) const;      ///< empty where null
    [[nodiscard]] bool isNull(std::size_t i) const;
};

/// Door to everything in the database that is not a sample: events, audit, actions, leases, incidents, settings.
/// The tables stand in journal_schema.h. Thread-safe.
class Journal {
public:
    virtual ~Journal() = default;

    /// Runs the statements as one transaction on the writer and returns when it is durable (synced). Never
    /// refused for a full queue: evidence is not dropped; the caller waits. Returns the rowid of the last insert.
    [[nodiscard]] virtual Result<std::int64_t> write(std::vector<SqlStatement> statements) = 0;

    /// Runs one SELECT on a reading connection and sees everything written before the call.
    [[nodiscard]] virtual Result<std::vector<SqlRow>> read(const SqlStatement& statement) const = 0;
};

}  // namespace holdfast::store
