// What other threads ask of the loop: what it knows of its targets, and to leave one alone or to scrape it now.
#include "collectors/scrape/scrape_loop.h"

#include <algorithm>

namespace holdfast::scrape {

namespace {

constexpr std::int64_t longestPauseMs = 86'400'000;  // who needs it longer takes it out of the configuration

}  // namespace

TargetsSnapshot ScrapeManager::Loop::targets() const
{
    TargetsSnapshot snapshot;
    const MutexLock lock(m_mutex);
    snapshot.active.reserve(m_slots.size());
    for (const auto& [key, slot] : m_slots)
        snapshot.active.push_back(slot->status);
    snapshot.dropped = m_dropped;
    snapshot.discoveryErrors = m_errors;
    snapshot.offlineSuspected = offlineSuspected(m_slots);
    return snapshot;
}

bool ScrapeManager::Loop::offlineSuspected(const std::map<std::string, std::unique_ptr<Slot>>& slots)
{
    std::vector<std::int64_t> since;
    std::int64_t longest = 0;
    for (const auto& [key, slot] : slots) {
        longest = std::max(longest, slot->status.intervalMs);
        if (slot->unreachableSinceMs > 0)
            since.push_back(slot->unreachableSinceMs);
    }
    const std::size_t most = slots.size() / 2;
    if (slots.size() < 3 || since.size() <= most)
        return false;
    std::ranges::sort(since);
    for (std::size_t i = 0; i + most < since.size(); ++i) {
        if (since[i + most] - since[i] <= longest)
            return true;
    }
    return false;
}

std::string ScrapeManager::Loop::keyOf(const std::string& job, const std::string& instance) const
{
    const MutexLock lock(m_mutex);
    for (const auto& [key, slot] : m_slots) {
        if (slot->status.job == job && slot->status.instance == instance)
            return key;
    }
    return {};
}

Result<void> ScrapeManager::Loop::pause(const std::string& job, const std::string& instance, TargetPause pause)
{
    const std::int64_t now = m_clock.wallMs();
    if (pause.untilMs != 0 && (pause.untilMs <= now || pause.untilMs > now + longestPauseMs))
        return Error{"a target can be disabled for at most a day, from now on", ErrorKind::BadInput};
    const std::string key = keyOf(job, instance);
    if (key.empty())
        return Error{"there is no target " + job + "/" + instance, ErrorKind::NotFound};
    const bool ends = pause.untilMs == 0;
    m_log.info("scrape",
               job + "/" + instance
                   + (ends ? ": enabled by " + pause.actor : ": disabled by " + pause.actor + ", " + pause.reason));
    {
        const MutexLock lock(m_mutex);
        const auto it = m_slots.find(key);
        if (it != m_slots.end())
            it->second->status.pause = std::move(pause);
    }
    post([this, key]() HF_NO_THREAD_SAFETY_ANALYSIS {
        const auto it = m_slots.find(key);
        if (it == m_slots.end() || it->second->target->attempt != 0)
            return;
        if (isPaused(*it->second))
            rest(*it->second);
        else
            begin(*it->second, m_clock.monotonicNs());
    });
    return {};
}

Result<void> ScrapeManager::Loop::scrapeNow(const std::string& job, const std::string& instance)
{
    const std::string found = keyOf(job, instance);
    if (found.empty())
        return Error{"there is no target " + job + "/" + instance, ErrorKind::NotFound};
    {
        const MutexLock lock(m_mutex);
        const auto it = m_slots.find(found);
        if (it != m_slots.end() && it->second->status.pause.untilMs > m_clock.wallMs())
            return Error{job + "/" + instance + " is disabled; enable it first", ErrorKind::Conflict};
    }
    post([this, found]() HF_NO_THREAD_SAFETY_ANALYSIS {
        const auto it = m_slots.find(found);
        if (it != m_slots.end() && it->second->target->attempt == 0)
            begin(*it->second, m_clock.monotonicNs());
    });
    return {};
}

ScrapeCounters ScrapeManager::Loop::counters() const
{
    const MutexLock lock(m_mutex);
    ScrapeCounters counters = m_counters;
    counters.targets = m_slots.size();
    counters.targetsUp = 0;
    for (const auto& [key, slot] : m_slots)
        counters.targetsUp += slot->status.health == TargetHealth::Up ? 1 : 0;
    return counters;
}

}  // namespace holdfast::scrape
