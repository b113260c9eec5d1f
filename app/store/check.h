#pragma once

#include "app/base/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace holdfast::store {

/// What a look at every byte of a database found.
struct CheckReport {
    std::vector<std::string> problems;  ///< one sentence each; empty: sound. Bounded to the first 1000
    std::uint64_t groups = 0;
    std::uint64_t series = 0;
    std::uint64_t chunks = 0;
    std::uint64_t samples = 0;  ///< in chunks
    std::uint64_t journalRows = 0;
    std::uint64_t lastCommit = 0;
    std::uint64_t acknowledged = 0;  ///< by the commit mark; 0: no mark
};

/// Reads the whole file: SQLite's structure, every checksum, every chunk's columns, the commit mark. Changes nothing
/// and may run beside an engine. Errors as Store::open() for files that are not ours.
[[nodiscard]] Result<CheckReport> checkFile(const std::string& path);

}  // namespace holdfast::store
