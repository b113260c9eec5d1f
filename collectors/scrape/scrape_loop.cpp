#include "collectors/scrape/scrape_loop.h"

#include "app/resilience/retry.h"

#include <sys/resource.h>

#include <algorithm>

namespace holdfast::scrape {

namespace {

constexpr std::int64_t halfSecondMs = 500;     // a Date header cuts the second off: in the middle it errs least
constexpr std::int64_t sliceNs = 5 * nsPerMs;  // of a turn, to take answers in; a request needs some four turns
constexpr std::size_t keptHistory = 10;
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
