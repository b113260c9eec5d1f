#pragma once

#include "app/base/result.h"

#include <string>

namespace holdfast::store {

enum class FileState { Missing, Ours };

/// Looks at the first bytes of a file and changes nothing. BadInput for what is not SQLite, not ours, or of a newer
/// version than this program; an empty file counts as missing.
[[nodiscard]] Result<FileState> inspectFile(const std::string& path);

/// Holds `<path>.lock` so that one process at a time writes a database. The kernel lets go when the process ends,
/// however it ends; what is left in the file then means nothing. The lock is not on the database itself, because
/// closing any descriptor of a file drops the locks SQLite holds on it. One thread at a time.
class FileGuard {
public:
    /// Conflict: "… is held by process 4711 on host bastion".
    static Result<FileGuard> take(const std::string& path);
    FileGuard(FileGuard&& other) noexcept;
    FileGuard& operator=(FileGuard&& other) noexcept;
    ~FileGuard();

    /// Remembers which file the path names now …
    Result<void> watch();
    /// … and says when it has been deleted or replaced since.
    [[nodiscard]] Result<void> stillThere() const;

private:
    FileGuard(std::string path, int fd) : m_path(std::move(path)), m_fd(fd) {}
    std::string m_path;
    int m_fd = -1;
    unsigned long long m_device = 0;
    unsigned long long m_inode = 0;
};

}  // namespace holdfast::store
