// From the configuration and the files it names to the targets that are scraped.
#include "collectors/scrape/scrape_loop.h"

#include <algorithm>
#include <functional>

namespace holdfast::scrape {

namespace {

constexpr std::int64_t filesEveryNs = 1'000 * nsPerMs;
constexpr std::int64_t longestFirstWaitNs = 5'000 * nsPerMs;  // for a first value, beyond the first second; guessed
constexpr std::size_t keptDropped = 10'000;

/// Offset of a target's scrapes within its interval. On a grid of 10 ms for intervals from a second on, so that
/// scrapes share wake-ups.
std::int64_t phaseNs(const std::string& key, std::int64_t intervalNs)
{
    const auto hash = static_cast<std::int64_t>(std::hash<std::string>{}(key) >> 1U);
    const std::int64_t phase = hash % intervalNs;
    constexpr std::int64_t grid = 10 * nsPerMs;
    return intervalNs >= 1'000 * nsPerMs ? phase / grid * grid : phase;
}

}  // namespace

void ScrapeManager::Loop::reconcile(const config::Config& config)
{
    std::map<std::string, Job> before;
    before.swap(m_jobs);
    for (const config::ScrapeConfig& scrape : config.scrapeConfigs) {
        Job& job = m_jobs[scrape.jobName];
        if (const auto old = before.find(scrape.jobName); old != before.end())
            job.keys = std::move(old->second.keys);
        before.erase(scrape.jobName);
        job.job = std::make_shared<const ScrapeJob>(scrape, config.holdfast.storage.outOfOrderMs);
        for (const config::FileSdConfig& files : scrape.fileSdConfigs)
            job.files.emplace_back(files).refresh();
        rebuild(job);
    }
    for (const auto& [name, job] : before) {
        for (const std::string& key : job.keys)
            removeSlot(key);
    }
    publishDiscovery();
}

void ScrapeManager::Loop::refreshFiles()
{
    const std::int64_t now = m_clock.monotonicNs();
    if (now < m_nextFilesNs)
        return;
    m_nextFilesNs = now + filesEveryNs;
    bool any = false;
    for (auto& [name, job] : m_jobs) {
        bool changed = false;
        for (discovery::FileDiscovery& files : job.files)
            changed = files.refresh() || changed;
        any = any || !job.files.empty();
        if (changed)
            rebuild(job);
    }
    if (any)
        publishDiscovery();
}

void ScrapeManager::Loop::rebuild(Job& job) HF_NO_THREAD_SAFETY_ANALYSIS
{
    const config::ScrapeConfig& config = job.job->config;
    std::vector<config::TargetGroup> groups = config.staticConfigs;
    for (const discovery::FileDiscovery& files : job.files) {
        const auto found = files.groups();
        groups.insert(groups.end(), found.begin(), found.end());
    }
    discovery::TargetSet set = discovery::targetsOf(config, groups);
    job.dropped.clear();
    for (LabelSet& labels : set.dropped)
        job.dropped.push_back({config.jobName, std::move(labels)});
    job.errors = std::move(set.errors);
    Failure blocked;
    if (config.targetLimit > 0 && set.active.size() > config.targetLimit)
        blocked = limitFailure("target_limit exceeded (number of targets: " + std::to_string(set.active.size())
                                   + ", limit: " + std::to_string(config.targetLimit) + ")",
                               "Job " + config.jobName + " has " + std::to_string(set.active.size())
                                   + " targets, more than its target_limit of " + std::to_string(config.targetLimit)
                                   + "; none of them is scraped.");
    std::set<std::string> old(job.keys.begin(), job.keys.end());
    job.keys.clear();
    for (discovery::Target& target : set.active) {
        const std::string key = target.key();
        const auto known = m_slots.find(key);
        if (known == m_slots.end()) {
            addSlot(key, std::move(target), job);
        } else {
            Slot& slot = *known->second;
            const bool faster = target.intervalMs != slot.target->target().intervalMs;
            if (&slot.target->job() != job.job.get()) {
                slot.target->adopt(target, job.job);
                const MutexLock lock(m_mutex);
                slot.status.discoveredLabels = target.discoveredLabels;
                slot.status.intervalMs = target.intervalMs;
                slot.status.timeoutMs = target.timeoutMs;
            }
            if (faster)
                plan(slot, m_clock.monotonicNs());
        }
        m_slots.find(key)->second->blocked = blocked;
        old.erase(key);
        job.keys.push_back(key);
    }
    for (const std::string& key : old)
        removeSlot(key);
}

void ScrapeManager::Loop::addSlot(const std::string& key, discovery::Target target, const Job& job)
{
    auto slot = std::make_unique<Slot>();
    TargetStatus& status = slot->status;
    status.job = target.labels.get("job");
    status.instance = target.labels.get("instance");
    status.scrapePool = target.scrapePool;
    status.url = target.url;
    status.labels = target.labels;
    status.discoveredLabels = target.discoveredLabels;
    status.intervalMs = target.intervalMs;
    status.timeoutMs = target.timeoutMs;
    const std::int64_t intervalNs = target.intervalMs * nsPerMs;
    slot->target = std::make_unique<ScrapeTarget>(std::move(target), job.job, m_memory, m_clock);
    Slot& added = *slot;
    {
        const MutexLock lock(m_mutex);
        m_slots[key] = std::move(slot);
    }
    // The phase is that of the wall clock, so that a restart does not move it. Who waits for a first value does not
    // want to wait a whole interval: the very first scrape comes within a second.
    const std::int64_t now = m_clock.monotonicNs();
    const std::int64_t wallNs = m_clock.wallMs() * nsPerMs;
    const std::int64_t phase = phaseNs(key, intervalNs);
    const std::int64_t toPhase = intervalNs - ((wallNs - phase) % intervalNs + intervalNs) % intervalNs;
    const std::int64_t soon = phase % std::min(intervalNs, 1'000 * nsPerMs);
    added.target->dueNs = now + toPhase;
    m_plan.emplace(added.target->dueNs, &added);
    if (toPhase - soon > std::min(intervalNs / 4, longestFirstWaitNs))
        m_retries.emplace(now + soon, &added);
}

void ScrapeManager::Loop::removeSlot(const std::string& key) HF_NO_THREAD_SAFETY_ANALYSIS
{
    const auto it = m_slots.find(key);
    if (it == m_slots.end())
        return;
    Slot& slot = *it->second;
    ScrapeTarget& target = *slot.target;
    m_plan.erase({target.dueNs, &slot});
    std::erase_if(m_retries, [&](const auto& entry) { return entry.second == &slot; });
    std::erase_if(m_taking, [&](const Taken& taken) { return taken.slot == &slot; });
    if (m_running.erase(&target.fetch()) > 0)
        m_fetches->cancel(target.fetch());
    target.retire(std::max(m_clock.wallMs(), target.lastSampleMs + 1), m_appender, m_live);
    const MutexLock lock(m_mutex);
    m_slots.erase(it);
}

void ScrapeManager::Loop::publishDiscovery()
{
    std::vector<DroppedTarget> dropped;
    std::vector<std::string> errors;
    for (const auto& [name, job] : m_jobs) {
        for (const DroppedTarget& target : job.dropped) {
            if (dropped.size() < keptDropped)
                dropped.push_back(target);
        }
        errors.insert(errors.end(), job.errors.begin(), job.errors.end());
        for (const discovery::FileDiscovery& files : job.files) {
            const auto found = files.errors();
            errors.insert(errors.end(), found.begin(), found.end());
        }
    }
    std::vector<std::string> fresh;
    {
        const MutexLock lock(m_mutex);
        for (const std::string& error : errors) {
            if (std::ranges::find(m_errors, error) == m_errors.end())
                fresh.push_back(error);
        }
        m_dropped = std::move(dropped);
        m_errors = std::move(errors);
    }
    for (const std::string& error : fresh)
        m_log.warning("discovery", error);
}

}  // namespace holdfast::scrape
