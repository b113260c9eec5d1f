#pragma once

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/result.h"
#include "app/config/config.h"
#include "app/store/appender.h"
#include "collectors/scrape/scrape_counters.h"
#include "collectors/scrape/target_status.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>

namespace holdfast::scrape {

/// A scrape that is over and handed to the store.
struct ScrapeEvent {
    std::string job;
    std::string instance;
    std::int64_t atMs = 0;
    TargetHealth before = TargetHealth::Unknown;
    TargetHealth after = TargetHealth::Unknown;
};

/// Scrapes every target of a configuration on one thread of its own: one event loop over all connections.
///
///     applyConfig() → discovery → targets → (at phase + n × interval) fetch → parse → one Batch → Appender
///
/// Invariants:
/// 1. A scrape ends within its timeout, whatever the endpoint does; its memory is bounded by body_size_limit.
/// 2. All or nothing: a scrape that fails stores only its own report (`up` 0 …) and staleness markers.
/// 3. A target never has two scrapes in flight, and none of its samples carries a time at or before an older one.
/// 4. A target that leaves the configuration gets staleness markers for all its series.
///
/// Thread-safe, but start() and stop() are called by one owner, once each.
class ScrapeManager {
public:
    using ScrapeHook = std::function<void(const ScrapeEvent&)>;

    /// What is handed in outlives the manager.
    ScrapeManager(store::Appender& appender, const Clock& clock, Log& log);
    ~ScrapeManager();
    ScrapeManager(const ScrapeManager&) = delete;
    ScrapeManager& operator=(const ScrapeManager&) = delete;

    /// Called on the scrape thread after each scrape: return at once. Set before start().
    void onScrape(ScrapeHook hook);

    [[nodiscard]] Result<void> start();

    /// Ends running scrapes without storing them; within a second. Series stay as they are: a restart goes on with
    /// them, as with Prometheus.
    void stop();

    /// Takes effect on the scrape thread, soon. Targets that are the same before and after keep their phase, their
    /// running scrape and their cache; new ones begin, others end with staleness markers.
    void applyConfig(const config::Config& config);

    /// Under overload: targets of these jobs are scraped only every `factor`-th time; none of them: all as configured.
    void spare(std::set<std::string> jobs, std::int64_t factor);

    [[nodiscard]] TargetsSnapshot targets() const;

    /// Scrapes one target out of turn. NotFound where it is not known.
    [[nodiscard]] Result<void> scrapeNow(const std::string& job, const std::string& instance);

    /// Leaves one target alone until then (at most a day from now), or, with untilMs 0, scrapes it again. Its series
    /// get staleness markers, so nothing alerts on it as down. It lives as long as the engine: after a restart the
    /// target is scraped, for nobody may remember. NotFound where it is not known.
    [[nodiscard]] Result<void> pause(const std::string& job, const std::string& instance, TargetPause pause);

    [[nodiscard]] ScrapeCounters counters() const;

private:
    class Loop;
    std::unique_ptr<Loop> m_loop;
};

}  // namespace holdfast::scrape
