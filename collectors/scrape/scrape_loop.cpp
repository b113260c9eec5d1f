#include "collectors/scrape/scrape_loop.h"

#include "app/base/duration.h"
#include "app/resilience/retry.h"

#include <sys/resource.h>

#include <algorithm>
#include <functional>

namespace holdfast::scrape {

namespace {

constexpr std::int64_t nsPerMs = 1'000'000;
constexpr std::int64_t filesEveryNs = 1'000 * nsPerMs;
constexpr std::int64_t longestPauseMs = 86'400'000;  // who needs it longer takes it out of the configuration
constexpr std::int64_t halfSecondMs = 500;           // a Date header cuts the second off: in the middle it errs least
constexpr std::int64_t longestFirstWaitNs = 5'000 * nsPerMs;  // for a first value, beyond the first second; guessed
constexpr std::int64_t sliceNs = 5 * nsPerMs;  // of a turn, to take answers in; a request needs some four turns
constexpr std::size_t keptHistory = 10;
constexpr std::size_t keptDropped = 10'000;
constexpr resilience::RetryConfig retryOnce{2, 100, 250};

/// A descriptor a target: the soft limit of a login shell (1024) is soon reached.
void raiseDescriptorLimit()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
}

/// Offset of a target's scrapes within its interval. On a grid of 10 ms for intervals from a second on, so that
/// scrapes share wake-ups.
std::int64_t phaseNs(const std::string& key, std::int64_t intervalNs)
{
    const auto hash = static_cast<std::int64_t>(std::hash<std::string>{}(key) >> 1U);
    const std::int64_t phase = hash % intervalNs;
    constexpr std::int64_t grid = 10 * nsPerMs;
    return intervalNs >= 1'000 * nsPerMs ? phase / grid * grid : phase;
}

bool isTransient(const FetchResult& result)
{
    return result.status == 0
           && (result.failure == FetchFailure::Refused || result.failure == FetchFailure::Reset
               || result.failure == FetchFailure::Unreachable);
}

}  // namespace

ScrapeManager::Loop::Loop(store::Appender& appender, const Clock& clock, Log& log)
    : m_appender(appender), m_clock(clock), m_log(log)
{
}

ScrapeManager::Loop::~Loop()
{
    stop();
}

Result<void> ScrapeManager::Loop::start()
{
    raiseDescriptorLimit();
    HF_TRY(m_fetches, FetchLoop::open([this](HttpFetch& fetch, const FetchResult& result) { onDone(fetch, result); }));
    m_thread = std::jthread([this](std::stop_token stop) { run(std::move(stop)); });
    return {};
}

void ScrapeManager::Loop::stop()
{
    if (!m_thread.joinable())
        return;
    m_thread.request_stop();
    m_fetches->wake();
    m_thread.join();
}

void ScrapeManager::Loop::post(std::function<void()> command)
{
    {
        const MutexLock lock(m_mutex);
        m_commands.push_back(std::move(command));
    }
    if (m_fetches)
        m_fetches->wake();
}

void ScrapeManager::Loop::spare(std::set<std::string> jobs, std::int64_t factor)
{
    post([this, jobs = std::move(jobs), factor] {
        m_sparedJobs = jobs;
        m_sparing = factor;
    });
}

void ScrapeManager::Loop::apply(const config::Config& config)
{
    post([this, copy = std::make_shared<const config::Config>(config)] { reconcile(*copy); });
}

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

/// A pause that is over is taken off.
bool ScrapeManager::Loop::isPaused(Slot& slot)
{
    const MutexLock lock(m_mutex);
    TargetPause& pause = slot.status.pause;
    if (pause.untilMs == 0)
        return false;
    if (pause.untilMs > m_clock.wallMs())
        return true;
    pause = {};
    return false;
}

void ScrapeManager::Loop::rest(Slot& slot)
{
    if (std::exchange(slot.resting, true))
        return;
    slot.target->lastSampleMs = std::max(m_clock.wallMs(), slot.target->lastSampleMs + 1);
    slot.target->retire(slot.target->lastSampleMs, m_appender, m_live);
    const MutexLock lock(m_mutex);
    slot.status.health = TargetHealth::Unknown;
    slot.status.lastError.clear();
    slot.status.lastErrorWords.clear();
    slot.unreachableSinceMs = 0;
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

void ScrapeManager::Loop::run(std::stop_token stop)
{
    m_stop = stop;
    while (!stop.stop_requested()) {
        m_sliceLeftNs = sliceNs;
        runCommands();
        refreshFiles();
        const std::int64_t now = m_clock.monotonicNs();
        while (!m_plan.empty() && m_plan.begin()->first <= now)
            startDue(*m_plan.begin()->second);
        startRetries();
        takeOn();
        if (!stop.stop_requested())
            m_fetches->turn(m_taking.empty() ? sleepMs() : 0);
    }
    for (const auto& [fetch, slot] : m_running)
        m_fetches->cancel(slot->target->fetch());
    m_running.clear();
}

std::int64_t ScrapeManager::Loop::sleepMs() const
{
    std::int64_t next = m_nextFilesNs;
    if (!m_plan.empty())
        next = std::min(next, m_plan.begin()->first);
    if (!m_retries.empty())
        next = std::min(next, m_retries.begin()->first);
    // Rounded up: waking a moment early would only mean to go to sleep again.
    return std::clamp<std::int64_t>((next - m_clock.monotonicNs() + nsPerMs - 1) / nsPerMs, 0, 1'000);
}

void ScrapeManager::Loop::runCommands()
{
    std::vector<std::function<void()>> commands;
    {
        const MutexLock lock(m_mutex);
        commands.swap(m_commands);
    }
    for (const auto& command : commands)
        command();
}

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

void ScrapeManager::Loop::plan(Slot& slot, std::int64_t dueNs)
{
    m_plan.erase({slot.target->dueNs, &slot});
    slot.target->dueNs = dueNs;
    m_plan.emplace(dueNs, &slot);
}

void ScrapeManager::Loop::startDue(Slot& slot)
{
    ScrapeTarget& target = *slot.target;
    const std::int64_t planned = target.dueNs;
    const std::int64_t now = m_clock.monotonicNs();
    const std::int64_t intervalNs = target.target().intervalMs * nsPerMs;
    // After a stall or a suspend: one scrape now, not one for every interval that passed.
    const std::int64_t passed = (now - planned) / intervalNs;
    m_live.missed += static_cast<std::uint64_t>(passed);
    const std::int64_t stretch = m_sparedJobs.contains(slot.status.job) ? m_sparing : 1;
    plan(slot, planned + (passed + stretch) * intervalNs);
    if (target.attempt > 0) {
        m_live.missed += target.dueWhileBusyNs > 0 ? 1 : 0;
        target.dueWhileBusyNs = planned + passed * intervalNs;
    } else if (isPaused(slot)) {
        rest(slot);
    } else {
        begin(slot, planned + passed * intervalNs);
    }
}

void ScrapeManager::Loop::begin(Slot& slot, std::int64_t plannedNs)
{
    ScrapeTarget& target = *slot.target;
    const std::int64_t now = m_clock.monotonicNs();
    const std::int64_t lateNs = std::max<std::int64_t>(0, now - plannedNs);
    const std::int64_t lateMs = lateNs / nsPerMs;
    slot.resting = false;
    const std::int64_t intervalMs = target.target().intervalMs;
    m_live.startDelaySeconds += static_cast<double>(lateNs) / 1e9;
    m_live.late += lateMs > intervalMs / 10 ? 1 : 0;
    target.startNs = now;
    // Samples lie on the interval's grid when the start is this close to it.
    // Source: Prometheus scrape/scrape.go, ScrapeTimestampTolerance.
    const std::int64_t tolerance = std::min<std::int64_t>(2, intervalMs / 100);
    target.startWallMs = std::max(m_clock.wallMs() - (lateMs <= tolerance ? lateMs : 0),
                                  target.lastSampleMs == INT64_MIN ? INT64_MIN : target.lastSampleMs + 1);
    if (slot.blocked.any()) {
        conclude(slot, target.skip(slot.blocked, target.startWallMs, m_appender, m_live), 0);
        return;
    }
    target.permit = target.breaker().acquire();
    if (!target.permit) {
        ++m_live.breakerSkipped;
        const Failure why{slot.status.lastError.empty() ? "circuit breaker open" : slot.status.lastError,
                          slot.status.lastErrorWords};
        conclude(slot, target.skip(why, target.startWallMs, m_appender, m_live), 0);
        return;
    }
    m_retryBudget.deposit();
    target.attempt = 1;
    send(slot, target.target().timeoutMs);
}

void ScrapeManager::Loop::send(Slot& slot, std::int64_t timeoutMs)
{
    ScrapeTarget& target = *slot.target;
    const FetchResult problem = target.prepareFetch(std::max<std::int64_t>(1, timeoutMs));
    m_running[&target.fetch()] = &slot;
    m_live.inFlight = m_running.size();
    if (problem.failure != FetchFailure::None)
        onDone(target.fetch(), problem);
    else
        m_fetches->begin(target.fetch());
}

bool ScrapeManager::Loop::retry(Slot& slot, const FetchResult& result)
{
    ScrapeTarget& target = *slot.target;
    if (target.attempt != 1 || !isTransient(result))
        return false;
    const std::int64_t now = m_clock.monotonicNs();
    const std::int64_t leftMs = target.target().timeoutMs - (now - target.startNs) / nsPerMs;
    const double random01 = std::uniform_real_distribution<>(0, 1)(m_random);
    const auto delay =
        resilience::retryDelayMs(retryOnce, {1, true, true, false, std::nullopt},
                                 resilience::Deadline::after(leftMs, m_clock), m_clock, m_retryBudget, random01);
    if (!delay) {
        ++m_live.retriesRefused;
        return false;
    }
    ++m_live.retries;
    target.attempt = 2;
    m_retries.emplace(now + *delay * nsPerMs, &slot);
    return true;
}

bool ScrapeManager::Loop::isTaking(const Slot& slot) const
{
    return std::ranges::any_of(m_taking, [&](const Taken& taken) { return taken.slot == &slot; });
}

/// Second attempts, and the first scrapes of new targets.
void ScrapeManager::Loop::startRetries()
{
    const std::int64_t now = m_clock.monotonicNs();
    while (!m_retries.empty() && m_retries.begin()->first <= now) {
        const auto [due, slot] = *m_retries.begin();
        m_retries.erase(m_retries.begin());
        ScrapeTarget& target = *slot->target;
        if (target.attempt == 2 && !m_running.contains(&target.fetch()) && !isTaking(*slot))
            send(*slot, target.target().timeoutMs - (now - target.startNs) / nsPerMs);
        else if (target.attempt == 0 && !isPaused(*slot))
            begin(*slot, due);
    }
}

void ScrapeManager::Loop::onDone(HttpFetch& fetch, const FetchResult& answer)
{
    const auto it = m_running.find(&fetch);
    if (it == m_running.end())
        return;
    Slot& slot = *it->second;
    m_running.erase(it);
    m_live.inFlight = m_running.size();
    ScrapeTarget& target = *slot.target;
    if (retry(slot, answer)) {
        fetch.release();
        return;
    }
    FetchResult result = answer;
    result.totalMs = static_cast<double>(m_clock.monotonicNs() - target.startNs) / nsPerMs;
    // An answer unpacked and not yet taken in costs memory twice: where it is short, one after another.
    if (m_memory.used > m_memory.most / 2 && !m_taking.empty())
        m_taking.push_back({&slot, std::move(result), false});
    else
        takeSlice({&slot, std::move(result), false});
}

void ScrapeManager::Loop::takeSlice(Taken taken)
{
    ScrapeTarget& target = *taken.slot->target;
    const std::int64_t begin = m_clock.monotonicNs();
    const std::int64_t end = begin + m_sliceLeftNs;
    const auto pause = [&] { return m_stop.stop_requested() || m_clock.monotonicNs() >= end; };
    const std::optional<ScrapeOutcome> outcome =
        taken.begun ? target.takeOn(m_appender, m_live, pause)
                    : target.take(taken.answer, target.startWallMs, m_decoder, m_appender, m_live, pause);
    m_sliceLeftNs -= m_clock.monotonicNs() - begin;
    if (outcome) {
        finish(taken, *outcome);
        return;
    }
    taken.begun = true;
    // Those that are begun before those that are not: what is begun holds memory.
    const auto waiting = std::ranges::find_if(m_taking, [](const Taken& other) { return !other.begun; });
    m_taking.insert(waiting, std::move(taken));
}

/// Answers that did not fit into a slice, one after another, until this turn's time is over.
void ScrapeManager::Loop::takeOn()
{
    while (!m_taking.empty() && m_sliceLeftNs > 0 && !m_stop.stop_requested()) {
        Taken taken = std::move(m_taking.front());
        m_taking.pop_front();
        takeSlice(std::move(taken));
    }
}

void ScrapeManager::Loop::finish(const Taken& taken, const ScrapeOutcome& outcome)
{
    Slot& slot = *taken.slot;
    ScrapeTarget& target = *slot.target;
    target.fetch().release();
    if (target.permit)
        target.permit->done(outcome.countsForBreaker                     ? resilience::CallResult::Failure
                            : taken.answer.failure != FetchFailure::None ? resilience::CallResult::Ignored
                                                                         : resilience::CallResult::Success,
                            static_cast<std::int64_t>(taken.answer.totalMs));
    target.permit.reset();
    target.attempt = 0;
    conclude(slot, outcome, taken.answer.totalMs);
    if (taken.answer.dateMs > 0) {
        // The header was written about half-way between asking and having it all.
        const auto middle = target.startWallMs + static_cast<std::int64_t>(taken.answer.totalMs / 2);
        const MutexLock lock(m_mutex);
        slot.status.skewMs = taken.answer.dateMs + halfSecondMs - middle;
    }
    if (const std::int64_t planned = std::exchange(target.dueWhileBusyNs, 0); planned > 0) {
        if (m_clock.monotonicNs() - planned < target.target().intervalMs * nsPerMs / 2)
            begin(slot, planned);
        else
            ++m_live.missed;
    }
}

void ScrapeManager::Loop::conclude(Slot& slot, const ScrapeOutcome& outcome, double durationMs)
{
    ScrapeTarget& target = *slot.target;
    target.lastSampleMs = target.startWallMs;
    ++m_live.scrapes;
    m_live.failed += outcome.failure.any() ? 1 : 0;
    const Failure& failure = outcome.failure.any() ? outcome.failure : outcome.storeFailure;
    ScrapeEvent event;
    bool changed = false;
    {
        const MutexLock lock(m_mutex);
        TargetStatus& status = slot.status;
        event = {status.job, status.instance, target.startWallMs, status.health,
                 outcome.failure.any() ? TargetHealth::Down : TargetHealth::Up};
        changed = status.health != event.after || status.lastError != failure.raw;
        status.health = event.after;
        status.lastError = failure.raw;
        status.lastErrorWords = failure.words;
        status.lastScrapeMs = target.startWallMs;
        status.durationMs = durationMs;
        status.samples = outcome.counts.samples;
        status.seriesAdded = outcome.counts.seriesAdded;
        status.breaker = resilience::word(target.breaker().state());
        if (status.history.size() >= keptHistory)
            status.history.erase(status.history.begin());
        status.history.push_back({target.startWallMs, durationMs, outcome.counts.samples, failure.raw});
        if (!outcome.unreachable)
            slot.unreachableSinceMs = 0;
        else if (slot.unreachableSinceMs == 0)
            slot.unreachableSinceMs = target.startWallMs;
        m_counters = m_live;
    }
    if (changed && failure.any())
        m_log.warning("scrape", target.origin() + ": " + failure.raw);
    else if (changed && event.before == TargetHealth::Down)
        m_log.info("scrape", target.origin() + ": up again");
    if (m_hook)
        m_hook(event);
}

}  // namespace holdfast::scrape
