#include "app/resilience/bulkhead.h"

#include <chrono>
#include <mutex>

namespace holdfast::resilience {

std::optional<Bulkhead::Permit> Bulkhead::tryAcquire()
{
    const MutexLock lock(m_mutex);
    if (m_inUse >= m_capacity) {
        ++m_refused;
        return std::nullopt;
    }
    ++m_inUse;
    return std::optional<Permit>(std::in_place, *this);
}

std::optional<Bulkhead::Permit> Bulkhead::acquire(Deadline deadline)
{
    std::unique_lock lock(m_mutex);
    if (m_inUse >= m_capacity && m_waiting >= m_maxWaiting) {
        ++m_refused;
        return std::nullopt;
    }
    ++m_waiting;
    const auto free = [this]() HF_NO_THREAD_SAFETY_ANALYSIS { return m_inUse < m_capacity; };
    if (deadline.isSet())
        m_freed.wait_for(lock, std::chrono::milliseconds(deadline.remainingMs(m_clock)), free);
    else
        m_freed.wait(lock, free);
    --m_waiting;
    if (!free()) {
        ++m_refused;
        return std::nullopt;
    }
    ++m_inUse;
    return std::optional<Permit>(std::in_place, *this);
}

BulkheadSnapshot Bulkhead::snapshot() const
{
    const MutexLock lock(m_mutex);
    return {m_name, m_inUse, m_capacity, m_waiting, m_refused};
}

void Bulkhead::release()
{
    {
        const MutexLock lock(m_mutex);
        --m_inUse;
    }
    m_freed.notify_one();
}

}  // namespace holdfast::resilience
