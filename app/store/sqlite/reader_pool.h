#pragma once

#include "app/base/clock.h"
#include "app/base/mutex.h"
#include "app/base/result.h"
#include "app/store/sqlite/connection.h"

#include <condition_variable>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace holdfast::store {

/// A bounded number of reading connections, opened when first needed and lent one at a time. All out: the asker
/// waits, until its deadline or its stop token. A connection opened later is to the same file as the first: one
/// that has taken its name since is refused. Thread-safe.
class ReaderPool {
public:
    ReaderPool(std::string path, std::size_t most);

    /// A lent connection; goes back when destroyed.
    class Lease {
    public:
        Lease(ReaderPool& pool, std::unique_ptr<Connection> connection)
            : m_pool(&pool), m_connection(std::move(connection))
        {
        }
        Lease(Lease&&) noexcept = default;
        Lease& operator=(Lease&&) = delete;
        ~Lease();
        Connection& operator*() const { return *m_connection; }
        Connection* operator->() const { return m_connection.get(); }

    private:
        ReaderPool* m_pool;
        std::unique_ptr<Connection> m_connection;
    };

    /// deadlineNs: Clock::monotonicNs(), 0 for none.
    Result<Lease> borrow(const Clock& clock, std::int64_t deadlineNs, const std::stop_token& stop);
    /// Closes what is not lent; the file is about to be let go.
    void drain() HF_EXCLUDES(m_mutex);

private:
    Result<Connection> openOne() const;
    void giveBack(std::unique_ptr<Connection> connection) HF_EXCLUDES(m_mutex);

    const std::string m_path;
    const std::size_t m_most;
    unsigned long long m_device = 0;
    unsigned long long m_inode = 0;
    Mutex m_mutex;
    std::condition_variable_any m_free;
    std::vector<std::unique_ptr<Connection>> m_idle HF_GUARDED_BY(m_mutex);
    std::size_t m_open HF_GUARDED_BY(m_mutex) = 0;
};

}  // namespace holdfast::store
