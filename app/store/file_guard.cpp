#include "app/store/file_guard.h"

#include "app/store/schema.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <string_view>
#include <utility>

namespace holdfast::store {

namespace {

// Source: https://www.sqlite.org/fileformat2.html, the database header.
constexpr std::string_view kMagic{"SQLite format 3\0", 16};
constexpr std::size_t kHeader = 100;
constexpr std::size_t kUserVersionAt = 60;
constexpr std::size_t kApplicationIdAt = 68;

std::int32_t bigEndian(const std::array<char, kHeader>& header, std::size_t at)
{
    std::uint32_t v = 0;
    for (std::size_t i = 0; i < 4; ++i)
        v = v << 8 | static_cast<unsigned char>(header[at + i]);
    return static_cast<std::int32_t>(v);
}

std::string lockName(const std::string& path)
{
    return path + ".lock";
}

std::string systemWords()
{
    return std::strerror(errno);
}

std::string holder(int fd)
{
    std::array<char, 300> text{};
    const ssize_t n = ::pread(fd, text.data(), text.size() - 1, 0);
    const std::string_view said(text.data(), n > 0 ? static_cast<std::size_t>(n) : 0);
    const auto space = said.find(' ');
    const auto end = said.find('\n');
    if (space == std::string_view::npos || end == std::string_view::npos || end < space)
        return "another process";
    return "process " + std::string(said.substr(0, space)) + " on host "
           + std::string(said.substr(space + 1, end - space - 1));
}

bool sameFile(int fd, const std::string& path)
{
    struct stat byFd {};
    struct stat byPath {};
    return ::fstat(fd, &byFd) == 0 && ::stat(path.c_str(), &byPath) == 0 && byFd.st_ino == byPath.st_ino
           && byFd.st_dev == byPath.st_dev;
}

}  // namespace

Result<FileState> inspectFile(const std::string& path)
{
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0) {
        if (errno == ENOENT)
            return FileState::Missing;
        return Error{path + ": " + systemWords(), ErrorKind::Unavailable};
    }
    if (!S_ISREG(info.st_mode))
        return Error{path + " is not a regular file", ErrorKind::BadInput};
    if (info.st_size == 0)
        return FileState::Missing;
    std::ifstream file(path, std::ios::binary);
    std::array<char, kHeader> header{};
    if (!file.is_open())
        return Error{path + " cannot be read: " + systemWords(), ErrorKind::Denied};
    if (!file.read(header.data(), header.size()) || std::string_view(header.data(), kMagic.size()) != kMagic)
        return Error{path + " is not a SQLite database; it was left untouched", ErrorKind::BadInput};
    if (bigEndian(header, kApplicationIdAt) != kApplicationId)
        return Error{path + " is a SQLite database, but not one of Holdfast's; it was left untouched",
                     ErrorKind::BadInput};
    const std::int32_t version = bigEndian(header, kUserVersionAt);
    if (version > kSchemaVersion)
        return Error{path + " has schema version " + std::to_string(version) + ", this Holdfast knows up to "
                         + std::to_string(kSchemaVersion) + "; it was left untouched",
                     ErrorKind::BadInput};
    return FileState::Ours;
}

Result<FileGuard> FileGuard::take(const std::string& path)
{
    const std::string name = lockName(path);
    // The file may be removed by its last holder between our open and our lock: then try again.
    for (int attempt = 0; attempt < 10; ++attempt) {
        const int fd = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
        if (fd < 0)
            return Error{name + " cannot be made: " + systemWords(), ErrorKind::Denied};
        FileGuard guard(path, fd);
        if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
            const std::string who = holder(fd);
            ::close(std::exchange(guard.m_fd, -1));
            return Error{path + " is held by " + who, ErrorKind::Conflict};
        }
        if (!sameFile(fd, name)) {
            ::close(std::exchange(guard.m_fd, -1));
            continue;
        }
        std::array<char, 256> host{};
        ::gethostname(host.data(), host.size() - 1);
        const std::string text = std::to_string(::getpid()) + " " + host.data() + "\n";
        if (::ftruncate(fd, 0) != 0 || ::pwrite(fd, text.data(), text.size(), 0) < 0)
            return Error{name + " cannot be written: " + systemWords(), ErrorKind::Unavailable};
        return guard;
    }
    return Error{name + " changes hands too fast", ErrorKind::Conflict};
}

FileGuard::FileGuard(FileGuard&& other) noexcept
    : m_path(std::move(other.m_path)),
      m_fd(std::exchange(other.m_fd, -1)),
      m_device(other.m_device),
      m_inode(other.m_inode)
{
}

FileGuard& FileGuard::operator=(FileGuard&& other) noexcept
{
    std::swap(m_path, other.m_path);
    std::swap(m_fd, other.m_fd);
    std::swap(m_device, other.m_device);
    std::swap(m_inode, other.m_inode);
    return *this;
}

FileGuard::~FileGuard()
{
    if (m_fd < 0)
        return;
    // Removed while still locked, so that nobody can have taken it in between.
    ::unlink(lockName(m_path).c_str());
    ::close(m_fd);
}

Result<void> FileGuard::watch()
{
    struct stat info {};
    if (::stat(m_path.c_str(), &info) != 0)
        return Error{m_path + ": " + systemWords(), ErrorKind::Unavailable};
    m_device = info.st_dev;
    m_inode = info.st_ino;
    return {};
}

Result<void> FileGuard::stillThere() const
{
    struct stat info {};
    if (::stat(m_path.c_str(), &info) != 0)
        return Error{m_path + " has been deleted or moved away while it was in use", ErrorKind::Unavailable};
    if (info.st_dev != m_device || info.st_ino != m_inode)
        return Error{m_path + " has been replaced by another file while it was in use", ErrorKind::Unavailable};
    return {};
}

}  // namespace holdfast::store
