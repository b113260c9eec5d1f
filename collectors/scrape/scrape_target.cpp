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

/// An answer being taken in.
struct ScrapeTarget::Taking {
    FetchResult answer;  ///< its body decoded once open() went well
    std::int64_t atMs = 0;
    ScrapeJobPtr job;  ///< as it was when the taking began: a reload does not change a scrape half-way
    LabelSet labels;
    Batch batch;
    ScrapeOutcome outcome;
    bool reportable = false;
    BodyBuffer decoded;  ///< what answer.body is a view of, where the fetch does not have it
    FetchMemory* memory = nullptr;
    std::uint64_t counted = 0;  ///< of `decoded`, in *memory

    Taking(const FetchResult& result, std::int64_t at, ScrapeJobPtr jobThen, LabelSet labelsThen)
        : answer(result), atMs(at), job(std::move(jobThen)), labels(std::move(labelsThen))
    {
    }
    ~Taking()
    {
        if (memory != nullptr)
            memory->used -= counted;
    }
    Taking(const Taking&) = delete;
    Taking& operator=(const Taking&) = delete;
};

ScrapeTarget::~ScrapeTarget()
{
    permit.reset();
}

ScrapeTarget::ScrapeTarget(discovery::Target target, ScrapeJobPtr job, FetchMemory& memory, const Clock& clock)
    : m_target(std::move(target)),
      m_job(std::move(job)),
      m_origin(std::string(m_target.labels.get("job")) + "/" + instanceOf(m_target)),
      m_memory(memory),
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

/// Unpacks the answer and begins to read it.
Failure ScrapeTarget::open(Taking& taking, BodyDecoder& decoder, ScrapeCounters& counters)
{
    FetchResult& result = taking.answer;
    const config::ScrapeConfig& config = taking.job->config;
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
    result.body = *body;
    exposition::FormatChoice choice = exposition::formatOf(result.contentType);
    if (choice.verdict != exposition::FormatChoice::Verdict::Use) {
        const std::string& fallback = config.fallbackScrapeProtocol;
        // Prometheus 2 answered "text" to everything unknown; Prometheus 3 and Holdfast only where it is asked for.
        if (fallback.empty() || fallback == "PrometheusProto")
            return contentTypeFailure(result, m_target.url);
        choice.format =
            fallback.substr(0, 11) == "OpenMetrics" ? exposition::Format::OpenMetrics : exposition::Format::Text;
    }
    m_cache.begin(result.body, choice.format, taking.atMs,
                  {config.honorTimestamps, config.sampleLimit, taking.atMs - taking.job->pastMs}, taking.batch);
    return {};
}

Result<std::optional<SeriesId>> ScrapeTarget::resolve(const Taking& taking, const LabelSet& exposed,
                                                      store::Appender& appender, ScrapeCounters& counters) const
{
    HF_TRY(const std::optional<LabelSet> labels,
           seriesLabels(exposed, taking.labels, taking.job->config, taking.job->metricRelabeling));
    if (!labels)
        return std::optional<SeriesId>();
    HF_TRY(const SeriesId id, appender.series(*labels));
    // What a target says of up and scrape_* for itself is ours to say.
    if (m_reportKnown && std::ranges::find(m_report, id) != m_report.end()) {
        ++counters.samplesConflicting;
        return std::optional<SeriesId>();
    }
    return std::optional<SeriesId>(id);
}

/// Nothing: interrupted; otherwise the end, and why where it was not a good one.
std::optional<Failure> ScrapeTarget::read(Taking& taking, store::Appender& appender, ScrapeCounters& counters,
                                          const ScrapeCache::Pause& pause)
{
    const auto ingested = m_cache.read(
        [&](const LabelSet& exposed) { return resolve(taking, exposed, appender, counters); }, pause, taking.batch);
    if (ingested) {
        if (!*ingested)
            return std::nullopt;
        const IngestCounts& counts = taking.outcome.counts = **ingested;
        counters.samplesOutOfBounds += counts.tooOld;
        counters.linesCached += counts.linesCached;
        counters.linesParsed += counts.linesParsed;
        return Failure();
    }
    const Error& error = ingested.error();
    if (error.kind == ErrorKind::Limit) {
        const bool samples = error.message.find("sample limit") == 0;
        ++(samples ? counters.sampleLimitHits : counters.labelLimitHits);
        return limitFailure(error.message, "The answer of " + instanceOf(m_target)
                                               + " goes beyond a limit: " + error.message
                                               + ". Nothing of it was stored; raise the limit if this is meant.");
    }
    return parseFailure(error.message, taking.answer);
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

std::optional<ScrapeOutcome> ScrapeTarget::take(const FetchResult& result, std::int64_t atMs, BodyDecoder& decoder,
                                                store::Appender& appender, ScrapeCounters& counters,
                                                const ScrapeCache::Pause& pause)
{
    m_taking = std::make_unique<Taking>(result, atMs, m_job, m_target.labels);
    m_taking->reportable = ensureReportSeries(appender);
    ScrapeOutcome& outcome = m_taking->outcome;
    outcome.unreachable = result.failure != FetchFailure::None && result.status == 0;
    outcome.countsForBreaker =
        (result.failure != FetchFailure::None && result.failure != FetchFailure::Secret
         && result.failure != FetchFailure::Memory && result.failure != FetchFailure::SampleLimit)
        || result.status >= 500 || result.status == 429;
    outcome.failure = open(*m_taking, decoder, counters);
    std::optional<ScrapeOutcome> taken =
        outcome.failure.any() ? finish(appender, counters) : takeOn(appender, counters, pause);
    if (!taken && m_taking->answer.body.data() != result.body.data()) {
        // The decoder serves others meanwhile.
        m_taking->decoded = decoder.release();
        m_taking->memory = &m_memory;
        m_taking->counted = m_taking->decoded.capacity();
        m_memory.used += m_taking->counted;
    }
    decoder.shrink();
    return taken;
}

std::optional<ScrapeOutcome> ScrapeTarget::takeOn(store::Appender& appender, ScrapeCounters& counters,
                                                  const ScrapeCache::Pause& pause)
{
    std::optional<Failure> failure = read(*m_taking, appender, counters, pause);
    if (!failure)
        return std::nullopt;
    m_taking->outcome.failure = std::move(*failure);
    return finish(appender, counters);
}

/// The batch, with the report, for the store.
ScrapeOutcome ScrapeTarget::finish(store::Appender& appender, ScrapeCounters& counters)
{
    const std::unique_ptr<Taking> taking = std::move(m_taking);
    ScrapeOutcome& outcome = taking->outcome;
    if (outcome.failure.any()) {
        taking->batch = Batch();
        m_cache.markGone(taking->atMs, taking->batch);
    }
    if (taking->reportable) {
        addReport(taking->batch, taking->atMs, !outcome.failure.any(), taking->answer.totalMs / 1000, outcome.counts);
        m_reported = true;
    }
    outcome.storeFailure = hand(std::move(taking->batch), taking->atMs, appender, counters);
    return std::move(outcome);
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
    m_taking.reset();
    m_cache.markGone(atMs, batch);
    if (m_reported) {
        for (const SeriesId id : m_report)
            batch.samples.push_back({id, atMs, staleMarker()});
    }
    if (!batch.samples.empty())
        static_cast<void>(hand(std::move(batch), atMs, appender, counters));
}

}  // namespace holdfast::scrape
