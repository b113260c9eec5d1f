#include "app/notify/ledger.h"

#include <algorithm>

namespace holdfast::notify {

namespace {

constexpr int kPage = 2;                           // SEV1 and SEV2 wake people, SEV3 is a ticket
constexpr std::int64_t kUnfoldMs = 10LL * 60'000;  // the window in which signals join an incident
constexpr std::int64_t kRememberMs = 7LL * 86'400'000;

}  // namespace

void Ledger::restore(const Notice& notice)
{
    if (notice.change != Change::Reminder && notice.change != Change::Test)
        told(notice);
}

std::optional<Change> Ledger::judge(const Situation& now) const
{
    const auto found = m_told.find(now.subject);
    if (found == m_told.end())
        return now.over ? std::nullopt : std::optional(Change::Opened);
    const Entry& entry = found->second;
    if (now.over)
        return entry.over || !now.tellEnd ? std::nullopt : std::optional(Change::Resolved);
    if (entry.over)
        return Change::Reopened;
    return now.severity < entry.worst ? std::optional(Change::Worse) : std::nullopt;
}

int Ledger::worstTold(const std::string& subject) const
{
    const auto found = m_told.find(subject);
    return found == m_told.end() || found->second.over ? 0 : found->second.worst;
}

bool Ledger::unfolding(const std::string& subject, std::int64_t t) const
{
    const auto found = m_told.find(subject);
    return found != m_told.end() && !found->second.over && found->second.worst <= kPage
           && t - found->second.begunMs < kUnfoldMs;
}

void Ledger::told(const Notice& notice)
{
    if (notice.change == Change::Test)
        return;
    Entry& entry = m_told[notice.now.subject];
    const bool fresh = entry.worst == 0 || entry.over;
    entry.over = notice.now.over;
    entry.worst = fresh ? notice.now.severity : std::min(entry.worst, notice.now.severity);
    entry.begunMs = fresh ? notice.atMs : entry.begunMs;
    entry.atMs = std::max(entry.atMs, notice.atMs);
}

void Ledger::forget(std::int64_t nowMs, const std::set<std::string>& standing)
{
    std::erase_if(m_told, [&](const auto& entry) {
        return nowMs - entry.second.atMs > kRememberMs && !standing.contains(entry.first);
    });
}

}  // namespace holdfast::notify
