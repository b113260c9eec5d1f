#pragma once

#include "app/base/mutex.h"
#include "app/resilience/retry_budget.h"
#include "collectors/discovery/file_discovery.h"
#include "collectors/scrape/fetch_loop.h"
#include "collectors/scrape/scrape_manager.h"
#include "collectors/scrape/scrape_target.h"

#include <deque>
#include <map>
#include <random>
#include <set>
#include <thread>
#include <unordered_map>
#include <vector>

namespace holdfast::scrape {

inline constexpr std::int64_t nsPerMs = 1'000'000;

/// The thread behind ScrapeManager: plan, fetch, ingest, report.
///
///     planned --due--> running --answer--> being taken in, slice by slice --> ingested --> planned
///                      running --transient failure, budget pays--> waiting --> running (once)
///     planned --due, breaker open--> skipped (up 0) --> planned
///     planned --due, a person paused it--> resting (its series ended) --> planned
///     any --left the configuration--> retired
///
/// Members without a lock belong to the thread; what others may read is under m_mutex.
class ScrapeManager::Loop {
public:
    Loop(store::Appender& appender, const Clock& clock, Log& log);
    ~Loop();

    void setHook(ScrapeHook hook) { m_hook = std::move(hook); }
    Result<void> start();
    void stop();
    void post(std::function<void()> command) HF_EXCLUDES(m_mutex);
    void apply(const config::Config& config);
    void spare(std::set<std::string> jobs, std::int64_t factor);
    [[nodiscard]] TargetsSnapshot targets() const HF_EXCLUDES(m_mutex);
    Result<void> scrapeNow(const std::string& job, const std::string& instance) HF_EXCLUDES(m_mutex);
    Result<void> pause(const std::string& job, const std::string& instance, TargetPause pause) HF_EXCLUDES(m_mutex);
    [[nodiscard]] ScrapeCounters counters() const HF_EXCLUDES(m_mutex);

private:
    struct Slot {
        std::unique_ptr<ScrapeTarget> target;
        Failure blocked;                      ///< why it is not scraped (target_limit)
        TargetStatus status;                  ///< under m_mutex
        std::int64_t unreachableSinceMs = 0;  ///< under m_mutex; 0: reachable, or not known
        bool resting = false;                 ///< paused, and its series have ended
    };
    struct Job {
        ScrapeJobPtr job;
        std::vector<discovery::FileDiscovery> files;
        std::vector<std::string> keys;  ///< of its slots
        std::vector<DroppedTarget> dropped;
        std::vector<std::string> errors;
    };
    /// An answer on its way into the store.
    struct Taken {
        Slot* slot = nullptr;
        FetchResult answer;
        bool begun = false;  ///< its target holds what was read so far
    };

    void run(std::stop_token stop);
    void runCommands();
    void reconcile(const config::Config& config);
    void rebuild(Job& job);
    void addSlot(const std::string& key, discovery::Target target, const Job& job);
    void removeSlot(const std::string& key);
    void publishDiscovery();
    void refreshFiles();
    void plan(Slot& slot, std::int64_t dueNs);
    void startDue(Slot& slot);
    void begin(Slot& slot, std::int64_t plannedNs);
    [[nodiscard]] std::string keyOf(const std::string& job, const std::string& instance) const HF_EXCLUDES(m_mutex);
    [[nodiscard]] bool isPaused(Slot& slot) HF_EXCLUDES(m_mutex);
    void rest(Slot& slot) HF_EXCLUDES(m_mutex);
    void send(Slot& slot, std::int64_t timeoutMs);
    void onDone(HttpFetch& fetch, const FetchResult& result);
    bool retry(Slot& slot, const FetchResult& result);
    void startRetries();
    void takeSlice(Taken taken);
    void takeOn();
    [[nodiscard]] bool isTaking(const Slot& slot) const;
    void finish(const Taken& taken, const ScrapeOutcome& outcome);
    void conclude(Slot& slot, const ScrapeOutcome& outcome, double durationMs);
    [[nodiscard]] std::int64_t sleepMs() const;
    [[nodiscard]] static bool offlineSuspected(const std::map<std::string, std::unique_ptr<Slot>>& slots);

    store::Appender& m_appender;
    const Clock& m_clock;
    Log& m_log;
    ScrapeHook m_hook;
    std::unique_ptr<FetchLoop> m_fetches;
    FetchMemory m_memory;
    BodyDecoder m_decoder;
    resilience::RetryBudget m_retryBudget;
    std::minstd_rand m_random{std::random_device{}()};
    std::map<std::string, Job> m_jobs;
    std::set<std::string> m_sparedJobs;  ///< scraped only every m_sparing-th time
    std::int64_t m_sparing = 1;
    std::set<std::pair<std::int64_t, Slot*>> m_plan;
    std::set<std::pair<std::int64_t, Slot*>> m_retries;
    std::unordered_map<const HttpFetch*, Slot*> m_running;
    std::deque<Taken> m_taking;      ///< answers that wait for their next slice
    std::int64_t m_sliceLeftNs = 0;  ///< of this turn's time for taking answers in
    std::stop_token m_stop;
    std::int64_t m_nextFilesNs = 0;
    ScrapeCounters m_live;

    mutable Mutex m_mutex;
    std::map<std::string, std::unique_ptr<Slot>> m_slots HF_GUARDED_BY(m_mutex);  ///< changed by the thread only
    ScrapeCounters m_counters HF_GUARDED_BY(m_mutex);
    std::vector<DroppedTarget> m_dropped HF_GUARDED_BY(m_mutex);
    std::vector<std::string> m_errors HF_GUARDED_BY(m_mutex);
    std::vector<std::function<void()>> m_commands HF_GUARDED_BY(m_mutex);

    std::jthread m_thread;
};

}  // namespace holdfast::scrape
