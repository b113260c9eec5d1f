#include "app/store/sqlite/reader_pool.h"

#include <sys/stat.h>

#include <chrono>

namespace holdfast::store {

ReaderPool::ReaderPool(std::string path, std::size_t most) : m_path(std::move(path)), m_most(most)
{
    struct stat info {};
    if (::stat(m_path.c_str(), &info) == 0) {
        m_device = info.st_dev;
        m_inode = info.st_ino;
    }
}

Result<Connection> ReaderPool::openOne() const
{
    const auto isSame = [this] {
        struct stat info {};
        return ::stat(m_path.c_str(), &info) == 0 && info.st_dev == m_device && info.st_ino == m_inode;
    };
    const Error gone{m_path + " has been deleted or replaced by another file while it was in use",
                     ErrorKind::Unavailable};
    if (!isSame())
        return gone;
    HF_TRY(Connection opened, Connection::open(m_path, Access::Read));
    // SQLite opens the WAL with the first read; after it the name may change hands.
    HF_CHECK(opened.exec("SELECT count(*) FROM meta"));
    if (!isSame())
        return gone;
    return opened;
}

ReaderPool::Lease::~Lease()
{
    if (m_connection)
        m_pool->giveBack(std::move(m_connection));
}

Result<ReaderPool::Lease> ReaderPool::borrow(const Clock& clock, std::int64_t deadlineNs,
                                             const std::stop_token& stop) HF_NO_THREAD_SAFETY_ANALYSIS
{
    {
        std::unique_lock lock(m_mutex);
        // Short turns, so that a deadline on any clock is noticed.
        while (m_idle.empty() && m_open >= m_most) {
            m_free.wait_for(lock, stop, std::chrono::milliseconds(20),
                            [this]() HF_NO_THREAD_SAFETY_ANALYSIS { return !m_idle.empty() || m_open < m_most; });
            if (stop.stop_requested())
                return Error{"the query was cancelled", ErrorKind::Cancelled};
            if (deadlineNs != 0 && clock.monotonicNs() > deadlineNs)
                return Error{"the query waited too long for a reading connection", ErrorKind::Timeout};
        }
        if (!m_idle.empty()) {
            auto connection = std::move(m_idle.back());
            m_idle.pop_back();
            return Lease(*this, std::move(connection));
        }
        ++m_open;
    }
    auto opened = openOne();
    if (!opened.ok()) {
        giveBack(nullptr);
        return std::move(opened).error();
    }
    return Lease(*this, std::make_unique<Connection>(std::move(opened).value()));
}

void ReaderPool::giveBack(std::unique_ptr<Connection> connection)
{
    {
        const MutexLock lock(m_mutex);
        if (connection && connection->inTransaction() && !connection->exec("ROLLBACK").ok())
            connection.reset();
        if (connection)
            m_idle.push_back(std::move(connection));
        else
            --m_open;
    }
    m_free.notify_one();
}

void ReaderPool::drain()
{
    const MutexLock lock(m_mutex);
    m_open -= m_idle.size();
    m_idle.clear();
}

}  // namespace holdfast::store
