#include "app/store/sqlite/reader_pool.h"

#include <chrono>

namespace holdfast::store {

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
    auto opened = Connection::open(m_path, Access::Read);
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
