#include "app/engine/part_readings.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <string>

namespace holdfast::engine {

namespace {

using Reading = api::OwnMetrics::Reading;
using prometheus::MetricType;

Reading counter(const char* name, const char* help, std::uint64_t value,
                std::vector<prometheus::ClientMetric::Label> labels = {})
{
    return {.name = name,
            .help = help,
            .type = MetricType::Counter,
            .value = static_cast<double>(value),
            .labels = std::move(labels)};
}

Reading gauge(const char* name, const char* help, double value)
{
    return {.name = name, .help = help, .type = MetricType::Gauge, .value = value};
}

double number(std::uint64_t value)
{
    return static_cast<double>(value);
}

double seconds(std::int64_t ms)
{
    return static_cast<double>(ms) / 1000.0;
}

}  // namespace

std::vector<Reading> storeReadings(const store::StoreStats& stats)
{
    constexpr const char* samples = "holdfast_store_samples_total";
    constexpr const char* samplesHelp = "Samples handed to the store, by what became of them.";
    return {
        counter(samples, samplesHelp, stats.appendedSamples, {{"result", "stored"}}),
        counter(samples, samplesHelp, stats.duplicateSamples, {{"result", "duplicate"}}),
        counter(samples, samplesHelp, stats.conflictingSamples, {{"result", "conflicting"}}),
        counter(samples, samplesHelp, stats.outOfOrderSamples, {{"result", "out_of_order"}}),
        counter(samples, samplesHelp, stats.outOfBoundsSamples, {{"result", "out_of_bounds"}}),
        counter(samples, samplesHelp, stats.refusedSamples, {{"result", "refused"}}),
        counter("holdfast_store_batches_refused_total", "Batches refused because the queue was full: visible gaps.",
                stats.refusedBatches),
        counter("holdfast_store_commits_total", "Transactions committed.", stats.commits),
        counter("holdfast_store_commits_failed_total", "Transactions that failed.", stats.failedCommits),
        gauge("holdfast_store_commit_seconds", "Duration of the last commit.",
              static_cast<double>(stats.lastCommitDurationUs) / 1e6),
        gauge("holdfast_store_last_commit_timestamp_seconds", "When the last commit was.", seconds(stats.lastCommitMs)),
        gauge("holdfast_store_file_bytes", "Size of the database and its WAL.", number(stats.fileBytes)),
        gauge("holdfast_store_series", "Series known to the store.", number(stats.series)),
        gauge("holdfast_store_open_samples", "Samples in memory, journalled, not yet in a chunk.",
              number(stats.openSamples)),
        gauge("holdfast_store_queue_samples", "Samples waiting for their commit.", number(stats.queueDepth)),
        gauge("holdfast_store_queue_capacity_samples", "Samples that may wait.", number(stats.queueCapacity)),
        counter("holdfast_store_chunks_written_total", "Chunks written.", stats.chunksWritten),
        counter("holdfast_store_chunks_removed_total", "Chunks removed by retention.", stats.chunksRemoved),
        counter("holdfast_store_corrupt_chunks_total", "Chunks refused by their checksum.", stats.corruptChunks),
        gauge("holdfast_store_lost_commits", "Commits that the high-water mark knows and the file lacks.",
              number(stats.lostCommits)),
        gauge("holdfast_store_recovery_seconds", "How long recovery took at the start.", stats.recoverySeconds),
    };
}

std::vector<Reading> scrapeReadings(const scrape::ScrapeCounters& counters)
{
    return {
        counter("holdfast_scrapes_total", "Scrapes finished, whatever came out.", counters.scrapes),
        counter("holdfast_scrapes_failed_total", "Scrapes that ended with up 0.", counters.failed),
        counter("holdfast_scrape_retries_total", "Second attempts within one scrape.", counters.retries),
        counter("holdfast_scrape_retries_refused_total", "Retries wanted while the budget was empty.",
                counters.retriesRefused),
        counter("holdfast_scrapes_skipped_total", "Scrapes not sent because the target's breaker was open.",
                counters.breakerSkipped),
        counter("holdfast_scrapes_late_total", "Scrapes begun more than a tenth of the interval late.", counters.late),
        counter("holdfast_scrapes_missed_total", "Scrapes not begun because the one before still ran.",
                counters.missed),
        counter("holdfast_scrape_samples_total", "Samples handed to the store.", counters.samples),
        counter("holdfast_scrape_batches_refused_total", "Scrapes that the store refused.", counters.batchesRefused),
        counter("holdfast_scrape_limit_hits_total", "Scrapes over a limit.", counters.bodyLimitHits,
                {{"limit", "body"}}),
        counter("holdfast_scrape_limit_hits_total", "Scrapes over a limit.", counters.sampleLimitHits,
                {{"limit", "samples"}}),
        counter("holdfast_scrape_limit_hits_total", "Scrapes over a limit.", counters.labelLimitHits,
                {{"limit", "labels"}}),
        counter("holdfast_scrape_received_bytes_total", "Bodies as they came over the wire.", counters.bytesReceived),
        counter("holdfast_scrape_parsed_bytes_total", "Bodies after decompression.", counters.bytesParsed),
        counter("holdfast_scrape_lines_total", "Series lines, by how they were read.", counters.linesCached,
                {{"read", "cached"}}),
        counter("holdfast_scrape_lines_total", "Series lines, by how they were read.", counters.linesParsed,
                {{"read", "parsed"}}),
        gauge("holdfast_targets", "Targets now.", number(counters.targets)),
        gauge("holdfast_targets_up", "Targets up now.", number(counters.targetsUp)),
        gauge("holdfast_scrapes_in_flight", "Scrapes running now.", number(counters.inFlight)),
    };
}

std::vector<OwnBreaker> breakersOf(const scrape::TargetsSnapshot& targets)
{
    std::vector<OwnBreaker> out;
    for (const scrape::TargetStatus& target : targets.active)
        out.push_back({.name = "scrape of " + target.job, .state = target.breaker});
    return out;
}

std::vector<Reading> breakerReadings(const std::vector<OwnBreaker>& breakers)
{
    static constexpr std::array<const char*, 3> states{"closed", "half_open", "open"};  // from good to bad
    std::map<std::string, std::size_t> worst;
    for (const OwnBreaker& breaker : breakers) {
        const auto state = static_cast<std::size_t>(std::ranges::find(states, breaker.state) - states.begin());
        std::size_t& known = worst[breaker.name];
        known = std::max(known, state % states.size());
    }
    std::vector<Reading> out;
    for (const auto& [name, now] : worst)
        for (std::size_t state = 0; state < states.size(); ++state)
            out.push_back({.name = "holdfast_breaker_state",
                           .help = "1 for the state of the worst breaker of this name, 0 for the others.",
                           .value = state == now ? 1.0 : 0.0,
                           .labels = {{"name", name}, {"state", states[state]}}});
    return out;
}

}  // namespace holdfast::engine
