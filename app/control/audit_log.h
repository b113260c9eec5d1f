#pragma once

#include "app/base/mutex.h"
#include "app/base/result.h"
#include "app/control/action.h"
#include "app/store/journal.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace holdfast::control {

/// Writes the hash-chained audit rows; rule and steps: AUDIT.md. A row is durable when write() returns, together with
/// the statements handed in, or nothing of it is there. Thread-safe.
class AuditLog {
public:
    AuditLog(store::Journal& journal, std::string osUser, std::string host)
        : m_journal(journal), m_osUser(std::move(osUser)), m_host(std::move(host))
    {
    }

    /// Appends the rows (id, OS user, host and hashes are filled in) and runs `also` in the same transaction.
    [[nodiscard]] Result<void> write(std::vector<AuditRow> rows, std::vector<store::SqlStatement> also)
        HF_EXCLUDES(m_mutex);

    /// Newest first.
    [[nodiscard]] Result<std::vector<AuditRow>> read(int limit, const AuditFilter& filter = {}) const;

private:
    [[nodiscard]] Result<void> findEnd() HF_REQUIRES(m_mutex);

    store::Journal& m_journal;
    const std::string m_osUser;
    const std::string m_host;
    mutable Mutex m_mutex;
    bool m_endKnown HF_GUARDED_BY(m_mutex) = false;
    std::int64_t m_lastId HF_GUARDED_BY(m_mutex) = 0;
    std::string m_lastHash HF_GUARDED_BY(m_mutex);
};

/// The hash of a row over prevHash and everything else in it.
[[nodiscard]] std::string auditHash(const AuditRow& row);

struct AuditChain {
    std::int64_t rows = 0;
    std::string lastHash;
    std::optional<std::int64_t> brokenAt;  ///< id of the first row that does not fit
    std::string why;
};

/// Reads the whole trail and checks every link.
[[nodiscard]] Result<AuditChain> verifyAuditChain(const store::Journal& journal);

}  // namespace holdfast::control
