#include "app/store/commit_mark.h"

#include "app/store/encoding/bytes.h"
#include "app/store/encoding/checksum.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace holdfast::store {

namespace {

constexpr std::size_t kSlot = 32;
constexpr std::uint64_t kMagic = 0x6b72616d74736648ULL;  // "Hfstmark"

std::string slotBytes(std::uint64_t fileId, std::uint64_t seq)
{
    std::string out;
    ByteWriter w(out);
    w.fixed64(kMagic);
    w.fixed64(fileId);
    w.fixed64(seq);
    w.fixed64(xxh64(out));
    return out;
}

std::uint64_t highestIn(int fd, std::uint64_t fileId)
{
    std::uint64_t highest = 0;
    for (off_t slot = 0; slot < 2; ++slot) {
        std::array<char, kSlot> bytes{};
        if (::pread(fd, bytes.data(), bytes.size(), slot * static_cast<off_t>(kSlot)) != static_cast<ssize_t>(kSlot))
            continue;
        ByteReader in({bytes.data(), bytes.size()});
        const bool ours = in.fixed64() == kMagic && in.fixed64() == fileId;
        const std::uint64_t seq = in.fixed64();
        if (ours && in.fixed64() == xxh64({bytes.data(), kSlot - 8}) && seq > highest)
            highest = seq;
    }
    return highest;
}

}  // namespace

Result<CommitMark> CommitMark::open(const std::string& databasePath, std::uint64_t fileId)
{
    const std::string name = databasePath + "-mark";
    const int fd = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (fd < 0)
        return Error{name + " cannot be opened: " + std::strerror(errno), ErrorKind::Unavailable};
    CommitMark mark(fd, fileId);
    mark.m_highest = highestIn(fd, fileId);
    return mark;
}

CommitMark::CommitMark(CommitMark&& other) noexcept
    : m_fd(std::exchange(other.m_fd, -1)), m_fileId(other.m_fileId), m_highest(other.m_highest)
{
}

CommitMark::~CommitMark()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

Result<void> CommitMark::advance(std::uint64_t seq)
{
    const std::string bytes = slotBytes(m_fileId, seq);
    if (::pwrite(m_fd, bytes.data(), bytes.size(), static_cast<off_t>((seq & 1) * kSlot))
        != static_cast<ssize_t>(bytes.size()))
        return Error{std::string("the commit mark cannot be written: ") + std::strerror(errno), ErrorKind::Unavailable};
    m_highest = seq;
    return {};
}

Result<void> CommitMark::sync()
{
    if (::fdatasync(m_fd) != 0)
        return Error{std::string("the commit mark cannot be synced: ") + std::strerror(errno), ErrorKind::Unavailable};
    return {};
}

std::uint64_t CommitMark::read(const std::string& databasePath, std::uint64_t fileId)
{
    const int fd = ::open((databasePath + "-mark").c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return 0;
    const std::uint64_t highest = highestIn(fd, fileId);
    ::close(fd);
    return highest;
}

}  // namespace holdfast::store
