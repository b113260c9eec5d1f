#pragma once

#include "app/notify/notice.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace holdfast::notify {

/// What has been told of each subject, so that each change is told once.
///
///   nothing told ─seen→ Opened       told ─worse severity→ Worse       told ─over→ Resolved (where the end is news)
///   ended ─seen again→ Reopened      told ─nobody has it, repeat interval passed→ Reminder (asked per receiver)
/// Severity that gets better and worse again within one stretch is told once. One thread at a time.
class Ledger {
public:
    /// Takes up what an earlier life told; oldest first.
    void restore(const Notice& told);

    /// The change that makes this situation news, or nothing. A clock set back changes nothing.
    [[nodiscard]] std::optional<Change> judge(const Situation& now) const;
    /// The worst severity told in this stretch; 0: none.
    [[nodiscard]] int worstTold(const std::string& subject) const;
    /// A page that was told less than 10 min ago: its cascade still grows, and who was told is not told of each step.
    [[nodiscard]] bool unfolding(const std::string& subject, std::int64_t t) const;
    void told(const Notice& notice);
    /// Forgets what was told of last more than a week ago and is not among `standing`.
    void forget(std::int64_t nowMs, const std::set<std::string>& standing);

private:
    struct Entry {
        bool over = false;
        int worst = 0;
        std::int64_t atMs = 0;
        std::int64_t begunMs = 0;  ///< when this stretch was told of first
    };
    std::map<std::string, Entry> m_told;
};

}  // namespace holdfast::notify
