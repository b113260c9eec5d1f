#include "collectors/scrape/scrape_target.h"

#include "collectors/exposition/format.h"
#include "collectors/scrape/sample_labels.h"

#include <algorithm>
#include <functional>
#include <unordered_set>

namespace holdfast::scrape {

namespace {

constexpr std::array<const char*, 5> reportNames{"up", "scrape_duration_seconds", "scrape_samples_scraped",
                                                 "scrape_samples_post_metric_relabeling", "scrape_series_added"};

/// Opens after five scrapes in a row without an answer; then one probe instead of a scrape every two intervals, at
/// least every minute, a fifth more or less so that targets which went together do not come back together.
resilience::BreakerConfig breakerFor(const discovery::Target& target)
{
    resilience::BreakerConfig config;
    config.window = resilience::WindowKind::Count;
    config.windowSize = 5;
    config.minimumCalls = 5;
    config.failureRate = 1.0;
    config.slowCallMs = INT64_MAX / 2;
    const std::int64_t base = std::clamp<std::int64_t>(2 * target.intervalMs, target.intervalMs,
                                                       std::max<std::int64_t>(60'000, target.intervalMs));
    const auto spread = static_cast<std::int64_t>(std::hash<std::string>{}(target.url) % 401) - 200;
    config.openMs = base + base * spread / 1000;
    config.probes = 1;
    return config;
}

std::string instanceOf(const discovery::Target& target)
{
    return std::string(target.labels.get("instance"));
}

}  // namespace

ScrapeTarget::ScrapeTarget(discovery::Target target, ScrapeJobPtr job, FetchMemory& memory, const Clock& clock)
    : m_target(std::move(target)),
      m_job(std::move(job)),
      m_origin(std::string(m_target.labels.get("job")) + "/" + instanceOf(m_target)),
      m_fetch(memory),
      m_breaker(m_origin, m_target.url, breakerFor(m_target), clock)
{
}

FetchResult ScrapeTarget::prepareFetch(std::int64_t timeoutMs)
{
    if (!m_configured) {
        // What relabeling drops does not count; how much that is, only the parser can tell.
        const std::uint64_t sampleLimit = m_job->metricRelabeling.empty() ? m_job->config.sampleLimit : 0;
        m_fetch.configure({m_target.url, m_job->config.http, m_target.timeoutMs, m_job->config.bodySizeLimit,
                           m_job->config.enableCompression, sampleLimit});
        m_configured = true;
    }
    return m_fetch.prepare(timeoutMs);
}

void ScrapeTarget::adopt(discovery::Target target, ScrapeJobPtr job)
{
    m_target = std::move(target);
    m_job = std::move(job);
    m_cache.forgetTexts();
    m_configured = false;
}

bool ScrapeTarget::ensureReportSeries(store::Appender& appender)
{
    if (m_reportKnown)
        return true;
    for (std::size_t i = 0; i < reports; ++i) {
        const auto id = appender.series(m_target.labels.with(kMetricName, reportNames[i]));
        if (!id)
            return false;
        m_report[i] = *id;
    }
    m_reportKnown = true;
    return true;
}

void ScrapeTarget::addReport(Batch& batch, std::int64_t atMs, bool up, double seconds, const IngestCounts& counts) const
{
    batch.samples.push_back({m_report[Up], atMs, up ? 1.0 : 0.0});
    batch.samples.push_back({m_report[Duration], atMs, seconds});
    batch.samples.push_back({m_report[Scraped], atMs, static_cast<double>(counts.samples)});
    batch.samples.push_back({m_report[PostRelabeling], atMs, static_cast<double>(counts.kept)});
    batch.samples.push_back({m_report[Added], atMs, static_cast<double>(counts.seriesAdded)});
}

Failure ScrapeTarget::read(const FetchResult& result, std::int64_t atMs, BodyDecoder& decoder,
                           store::Appender& appender, ScrapeCounters& counters, Batch& batch, IngestCounts& counts)
{
    const config::ScrapeConfig& config = m_job->config;
    Failure failure = fetchFailure(result, m_target.url, m_target.timeoutMs);
    if (result.failure == FetchFailure::BodyLimit || result.failure == FetchFailure::NoSamples)
        ++counters.bodyLimitHits;
    if (result.failure == FetchFailure::SampleLimit)
        ++counters.sampleLimitHits;
    if (failure.any())
        return failure;
    const Result<std::string_view> body = decoder.decode(result.body, result.contentEncoding, config.bodySizeLimit);
    if (!body) {
        if (body.error().kind == ErrorKind::Limit) {
            ++counters.bodyLimitHits;
            return limitFailure("body size limit exceeded",
                                "The answer of " + instanceOf(m_target)
                                    + " is larger than body_size_limit allows: " + body.error().message + ".");
        }
        return {body.error().message, "The answer of " + instanceOf(m_target) + " cannot be unpacked: "
                                          + body.error().message + ". Nothing of it was stored."};
    }
    counters.bytesReceived += result.body.size();
    counters.bytesParsed += body->size();
    FetchResult plain = result;
    plain.body = *body;
    exposition::FormatChoice choice = exposition::formatOf(result.contentType);
    if (choice.verdict != exposition::FormatChoice::Verdict::Use) {
        const std::string& fallback = config.fallbackScrapeProtocol;
        // Prometheus 2 answered "text" to everything unknown; Prometheus 3 and Holdfast only where it is asked for.
        if (fallback.empty() || fallback == "PrometheusProto")
            return contentTypeFailure(plain, m_target.url);
        choice.format =
            fallback.substr(0, 11) == "OpenMetrics" ? exposition::Format::OpenMetrics : exposition::Format::Text;
    }
    const auto resolve = [&](const LabelSet& exposed) -> Result<std::optional<SeriesId>> {
        HF_TRY(const std::optional<LabelSet> labels,
               seriesLabels(exposed, m_target.labels, config, m_job->metricRelabeling));
        if (!labels)
            return std::optional<SeriesId>();
        HF_TRY(const SeriesId id, appender.series(*labels));
        // What a target says of up and scrape_* for itself is ours to say.
        if (m_reportKnown && std::ranges::find(m_report, id) != m_report.end()) {
            ++counters.samplesConflicting;
            return std::optional<SeriesId>();
        }
        return std::optional<SeriesId>(id);
    };
    const Result<IngestCounts> ingested = m_cache.ingest(
        *body, choice.format, atMs, {config.honorTimestamps, config.sampleLimit, atMs - m_job->pastMs}, resolve, batch);
    if (ingested) {
        counters.samplesOutOfBounds += ingested->tooOld;
        counts = *ingested;
        counters.linesCached += counts.linesCached;
        counters.linesParsed += counts.linesParsed;
        return {};
    }
    const Error& error = ingested.error();
    if (error.kind == ErrorKind::Limit) {
        const bool samples = error.message.find("sample limit") == 0;
        ++(samples ? counters.sampleLimitHits : counters.labelLimitHits);
        return limitFailure(error.message, "The answer of " + instanceOf(m_target)
                                               + " goes beyond a limit: " + error.message
                                               + ". Nothing of it was stored; raise the limit if this is meant.");
    }
    return parseFailure(error.message, plain);
}

void ScrapeTarget::addOwedMarkers(std::int64_t atMs, Batch& batch) const
{
    if (m_owedMarkers.empty())
        return;
    std::unordered_set<SeriesId> present;
    for (const BatchSample& sample : batch.samples)
        present.insert(sample.series);
    for (const SeriesId id : m_owedMarkers) {
        if (present.insert(id).second)
            batch.samples.push_back({id, atMs, staleMarker()});
    }
}

Failure ScrapeTarget::hand(Batch batch, std::int64_t atMs, store::Appender& appender, ScrapeCounters& counters)
{
    addOwedMarkers(atMs, batch);
    const auto all = batch.samples.size();
    std::vector<SeriesId> markers;
    for (const BatchSample& sample : batch.samples) {
        if (isStaleMarker(sample.v))
            markers.push_back(sample.series);
    }
    batch.origin = m_origin;
    const Result<store::AppendReport> report = appender.append(std::move(batch));
    if (!report) {
        ++counters.batchesRefused;
        // What ended in this scrape has ended all the same: the next batch says so.
        m_owedMarkers = std::move(markers);
        m_cache.forgetTexts();
        return {"append: " + report.error().message,
                "The store did not take this scrape: " + report.error().message + ". There is a gap."};
    }
    m_owedMarkers.clear();
    counters.samples += all;
    counters.samplesDuplicate += report->duplicate;
    counters.samplesConflicting += report->conflicting;
    counters.samplesOutOfOrder += report->outOfOrder;
    counters.samplesOutOfBounds += report->outOfBounds;
    return {};
}

ScrapeOutcome ScrapeTarget::take(const FetchResult& result, std::int64_t atMs, BodyDecoder& decoder,
                                 store::Appender& appender, ScrapeCounters& counters)
{
    ScrapeOutcome outcome;
    const bool reportable = ensureReportSeries(appender);
    Batch batch;
    outcome.failure = read(result, atMs, decoder, appender, counters, batch, outcome.counts);
    outcome.unreachable = result.failure != FetchFailure::None && result.status == 0;
    outcome.countsForBreaker =
        (result.failure != FetchFailure::None && result.failure != FetchFailure::Secret
         && result.failure != FetchFailure::Memory && result.failure != FetchFailure::SampleLimit)
        || result.status >= 500 || result.status == 429;
    if (outcome.failure.any()) {
        batch = Batch();
        m_cache.markGone(atMs, batch);
    }
    if (reportable) {
        addReport(batch, atMs, !outcome.failure.any(), result.totalMs / 1000, outcome.counts);
        m_reported = true;
    }
    outcome.storeFailure = hand(std::move(batch), atMs, appender, counters);
    decoder.shrink();
    return outcome;
}

ScrapeOutcome ScrapeTarget::skip(const Failure& why, std::int64_t atMs, store::Appender& appender,
                                 ScrapeCounters& counters)
{
    ScrapeOutcome outcome;
    outcome.failure = why;
    outcome.unreachable = true;
    Batch batch;
    m_cache.markGone(atMs, batch);
    if (ensureReportSeries(appender)) {
        addReport(batch, atMs, false, 0, outcome.counts);
        m_reported = true;
    }
    outcome.storeFailure = hand(std::move(batch), atMs, appender, counters);
    return outcome;
}

void ScrapeTarget::retire(std::int64_t atMs, store::Appender& appender, ScrapeCounters& counters)
{
    Batch batch;
    m_cache.markGone(atMs, batch);
    if (m_reported) {
        for (const SeriesId id : m_report)
            batch.samples.push_back({id, atMs, staleMarker()});
    }
    if (!batch.samples.empty())
        static_cast<void>(hand(std::move(batch), atMs, appender, counters));
}

}  // namespace holdfast::scrape
