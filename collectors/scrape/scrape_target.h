#pragma once

#include "app/base/clock.h"
#include "app/resilience/circuit_breaker.h"
#include "app/store/appender.h"
#include "collectors/discovery/target.h"
#include "collectors/scrape/body_decoder.h"
#include "collectors/scrape/failure_words.h"
#include "collectors/scrape/http_fetch.h"
#include "collectors/scrape/scrape_cache.h"
#include "collectors/scrape/scrape_counters.h"
#include "collectors/scrape/scrape_job.h"
#include "collectors/scrape/target_status.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace holdfast::scrape {

/// What came of one scrape, for the target's status.
struct ScrapeOutcome {
    Failure failure;       ///< of the target: up is 0
    Failure storeFailure;  ///< of the store: up was 1, but nothing of it is kept
    IngestCounts counts;
    bool unreachable = false;  ///< not even an answer
    bool countsForBreaker = false;
};

/// One target: its HTTP handle, its cache, its breaker, and the five series it reports of itself.
/// One thread at a time.
class ScrapeTarget {
public:
    ScrapeTarget(discovery::Target target, ScrapeJobPtr job, FetchMemory& memory, const Clock& clock);
    ~ScrapeTarget();
    ScrapeTarget(const ScrapeTarget&) = delete;
    ScrapeTarget& operator=(const ScrapeTarget&) = delete;

    /// Other settings for the same target: the cache stays where the rules for its series do.
    void adopt(discovery::Target target, ScrapeJobPtr job);

    /// Makes a batch of an answer and hands it to the store: samples, staleness, and the report. Whatever went
    /// wrong, the report is written. Nothing: `pause` interrupted it; until takeOn() is through, the fetch keeps the
    /// answer and the store has nothing of it.
    [[nodiscard]] std::optional<ScrapeOutcome> take(const FetchResult& result, std::int64_t atMs, BodyDecoder& decoder,
                                                    store::Appender& appender, ScrapeCounters& counters,
                                                    const ScrapeCache::Pause& pause);
    /// Continues an interrupted take().
    [[nodiscard]] std::optional<ScrapeOutcome> takeOn(store::Appender& appender, ScrapeCounters& counters,
                                                      const ScrapeCache::Pause& pause);

    /// The report of a scrape that was not made (breaker open): up 0.
    [[nodiscard]] ScrapeOutcome skip(const Failure& why, std::int64_t atMs, store::Appender& appender,
                                     ScrapeCounters& counters);

    /// Staleness markers for all its series, its report included: it left the configuration.
    void retire(std::int64_t atMs, store::Appender& appender, ScrapeCounters& counters);

    [[nodiscard]] const discovery::Target& target() const { return m_target; }
    [[nodiscard]] const ScrapeJob& job() const { return *m_job; }
    [[nodiscard]] const std::string& origin() const { return m_origin; }
    [[nodiscard]] HttpFetch& fetch() { return m_fetch; }
    /// Makes the HTTP handle ready, with settings that were adopted since.
    [[nodiscard]] FetchResult prepareFetch(std::int64_t timeoutMs);
    [[nodiscard]] resilience::CircuitBreaker& breaker() { return m_breaker; }

    // Kept for the loop's plan.
    std::int64_t dueNs = 0;    ///< monotonic; when the next scrape is planned
    std::int64_t startNs = 0;  ///< of the running scrape
    std::int64_t startWallMs = 0;
    std::int64_t lastSampleMs = INT64_MIN;  ///< time of the last batch
    int attempt = 0;                        ///< of the running scrape, until its answer is taken; 0: none
    bool retryWaiting = false;
    std::int64_t dueWhileBusyNs = 0;  ///< the planned time that came while a scrape was running; 0: none
    std::optional<resilience::CircuitBreaker::Permit> permit;

private:
    enum Report : std::size_t { Up, Duration, Scraped, PostRelabeling, Added, reports };

    struct Taking;

    [[nodiscard]] bool ensureReportSeries(store::Appender& appender);
    void addReport(Batch& batch, std::int64_t atMs, bool up, double seconds, const IngestCounts& counts) const;
    [[nodiscard]] Failure open(Taking& taking, BodyDecoder& decoder, ScrapeCounters& counters);
    [[nodiscard]] Result<std::optional<SeriesId>> resolve(const Taking& taking, const LabelSet& exposed,
                                                          store::Appender& appender, ScrapeCounters& counters) const;
    [[nodiscard]] std::optional<Failure> read(Taking& taking, store::Appender& appender, ScrapeCounters& counters,
                                              const ScrapeCache::Pause& pause);
    [[nodiscard]] ScrapeOutcome finish(store::Appender& appender, ScrapeCounters& counters);
    void addOwedMarkers(std::int64_t atMs, Batch& batch) const;
    [[nodiscard]] Failure hand(Batch batch, std::int64_t atMs, store::Appender& appender, ScrapeCounters& counters);

    discovery::Target m_target;
    ScrapeJobPtr m_job;
    std::string m_origin;
    FetchMemory& m_memory;
    HttpFetch m_fetch;
    ScrapeCache m_cache;
    std::unique_ptr<Taking> m_taking;  ///< the answer whose taking is interrupted
    resilience::CircuitBreaker m_breaker;
    std::vector<SeriesId> m_owedMarkers;  ///< staleness that a refused batch would have said
    std::array<SeriesId, reports> m_report{};
    bool m_reportKnown = false;
    bool m_reported = false;
    bool m_configured = false;
};

}  // namespace holdfast::scrape
