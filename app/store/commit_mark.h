#pragma once

#include "app/base/result.h"

#include <cstdint>
#include <string>

namespace holdfast::store {

/// The commit high-water mark, in `<path>-mark` beside the database. SQLite takes a damaged WAL frame for the end of
/// the WAL and says nothing; a database that knows fewer commits than its mark has lost acknowledged ones.
///
/// Two slots of 32 bytes, written in turn, so that a torn write leaves the older one. One thread at a time.
class CommitMark {
public:
    static Result<CommitMark> open(const std::string& databasePath, std::uint64_t fileId);
    CommitMark(CommitMark&& other) noexcept;
    CommitMark& operator=(CommitMark&&) = delete;
    ~CommitMark();

    /// The highest commit ever acknowledged for this database; 0 when nothing (readable) is known.
    [[nodiscard]] std::uint64_t highest() const { return m_highest; }
    /// Visible to the next process at once; synced by sync().
    Result<void> advance(std::uint64_t seq);
    Result<void> sync();

    /// The same without opening for writing; 0 when there is no mark of this database.
    [[nodiscard]] static std::uint64_t read(const std::string& databasePath, std::uint64_t fileId);

private:
    CommitMark(int fd, std::uint64_t fileId) : m_fd(fd), m_fileId(fileId) {}
    int m_fd = -1;
    std::uint64_t m_fileId = 0;
    std::uint64_t m_highest = 0;
};

}  // namespace holdfast::store
