#include "app/base/duration.h"
#include "app/config/label_name.h"
#include "app/config/sections.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace holdfast::config {

namespace {

constexpr std::array<std::string_view, 5> protocols{"PrometheusProto", "PrometheusText0.0.4", "PrometheusText1.0.0",
                                                    "OpenMetricsText0.0.1", "OpenMetricsText1.0.0"};

bool isProtocol(std::string_view word)
{
    return std::ranges::find(protocols, word) != protocols.end();
}

/// `$NAME` and `${NAME}` of the environment, `$$` for a dollar sign; unknown names are empty.
/// Source: Prometheus config/config.go, Load: os.Expand over external_labels.
std::string expanded(const std::string& text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '$' || i + 1 == text.size()) {
            out += text[i];
            continue;
        }
        if (text[i + 1] == '$') {
            out += '$';
            ++i;
            continue;
        }
        std::size_t begin = i + 1;
        std::size_t end = begin;
        std::size_t next = begin;
        if (text[begin] == '{') {
            end = text.find('}', ++begin);
            if (end == std::string::npos)
                return out + text.substr(i);
            next = end + 1;
        } else {
            while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) != 0 || text[end] == '_'))
                ++end;
            if (end == begin) {
                out += '$';
                continue;
            }
            next = end;
        }
        // The environment does not change while a configuration is read.
        if (const char* value = std::getenv(text.substr(begin, end - begin).c_str()))  // NOLINT(concurrency-mt-unsafe)
            out += value;
        i = next - 1;
    }
    return out;
}

void readProtocols(Section& section)
{
    std::vector<std::string> list;
    section.texts("scrape_protocols", list);
    for (const std::string& protocol : list) {
        if (!isProtocol(protocol))
            section.failAt("scrape_protocols", "unknown protocol \"" + protocol + "\"");
    }
    section.notDone({"scrape_native_histograms", "convert_classic_histograms_to_nhcb",
                     "always_scrape_classic_histograms", "scrape_classic_histograms"},
                    "native histograms are not supported yet; classic buckets are stored");
    std::string scheme;
    section.word("metric_name_validation_scheme", scheme, {"", "utf8", "legacy"});
    if (scheme == "legacy")
        section.findings().warn(section.markOf("metric_name_validation_scheme"),
                                section.path("metric_name_validation_scheme") + ": names are always read as UTF-8");
    scheme.clear();
    section.word("metric_name_escaping_scheme", scheme, {"", "allow-utf-8", "underscores", "dots", "values"});
    if (!scheme.empty() && scheme != "allow-utf-8")
        section.findings().warn(section.markOf("metric_name_escaping_scheme"),
                                section.path("metric_name_escaping_scheme")
                                    + ": not supported; names are always asked for as they are (allow-utf-8)");
    section.notDone({"extra_scrape_metrics"},
                    "not supported; limits are on the targets page, sizes on the engine's own /metrics");
    section.notDone({"keep_dropped_targets"}, "not supported; the first 10000 dropped targets are kept");
    section.notDone({"scrape_failure_log_file"},
                    "not supported; failures are in the log and in the history of each target");
}

}  // namespace

void readScrapeLimits(Section& section, ScrapeConfig& scrape)
{
    section.size("body_size_limit", scrape.bodySizeLimit);
    section.count("sample_limit", scrape.sampleLimit);
    section.count("target_limit", scrape.targetLimit);
    section.count("label_limit", scrape.labelLimit);
    section.count("label_name_length_limit", scrape.labelNameLengthLimit);
    section.count("label_value_length_limit", scrape.labelValueLengthLimit);
    readProtocols(section);
}

void readGlobal(Section& section, Config& config, ScrapeDefaults& defaults)
{
    std::int64_t interval = 0;
    std::int64_t timeout = 0;
    section.duration("scrape_interval", interval);
    section.duration("scrape_timeout", timeout);
    section.duration("evaluation_interval", config.evaluationIntervalMs);
    config.scrapeIntervalMs = interval > 0 ? interval : config.scrapeIntervalMs;
    if (timeout > config.scrapeIntervalMs)
        section.failAt("scrape_timeout",
                       "is longer than the scrape interval of " + formatDuration(config.scrapeIntervalMs));
    config.scrapeTimeoutMs = timeout > 0 ? timeout : std::min(config.scrapeTimeoutMs, config.scrapeIntervalMs);
    if (config.evaluationIntervalMs == 0)
        config.evaluationIntervalMs = 60'000;
    section.notDone({"rule_query_offset"}, "not supported yet; rules are evaluated at the present time");
    section.notDone({"query_log_file"}, "not supported");
    readScrapeLimits(section, defaults.limits);
    std::vector<Label> labels;
    section.pairs("external_labels", [&](const std::string& name, const YAML::Node& node, const YAML::Mark& at) {
        checkLabelName(section.findings(), at, name);
        const auto text = scalarText(node);
        if (!text)
            section.findings().fail(at, "external_labels." + name + ": expected a text");
        else if (!isUtf8Text(*text))
            section.findings().fail(at, "external_labels." + name + ": the value is no valid UTF-8");
        else
            labels.push_back({name, expanded(*text)});
    });
    config.externalLabels = LabelSet(std::move(labels));
    defaults.intervalMs = config.scrapeIntervalMs;
    defaults.timeoutMs = config.scrapeTimeoutMs;
}

void readScrapeConfig(Section& section, const Paths& paths, const ScrapeDefaults& defaults, ScrapeConfig& scrape)
{
    scrape = defaults.limits;
    std::int64_t interval = 0;
    std::int64_t timeout = 0;
    section.text("job_name", scrape.jobName);
    if (scrape.jobName.empty())
        return section.failAt("job_name", "every scrape configuration needs a name");
    section.duration("scrape_interval", interval);
    section.duration("scrape_timeout", timeout);
    scrape.intervalMs = interval > 0 ? interval : defaults.intervalMs;
    if (timeout > scrape.intervalMs)
        return section.failAt("scrape_timeout", "is longer than the scrape interval of "
                                                    + formatDuration(scrape.intervalMs) + " for \"" + scrape.jobName
                                                    + "\"");
    scrape.timeoutMs = timeout > 0 ? timeout : std::min(defaults.timeoutMs, scrape.intervalMs);
    section.text("metrics_path", scrape.metricsPath);
    section.word("scheme", scrape.scheme, {"http", "https"});
    section.pairs("params", [&](const std::string& name, const YAML::Node& node, const YAML::Mark& at) {
        std::vector<std::string>& values = scrape.params[name];
        if (node.IsScalar())
            values.push_back(node.Scalar());
        else if (node.IsSequence()) {
            for (const YAML::Node& value : node)
                values.push_back(scalarText(value).value_or(""));
        } else if (!node.IsNull())
            section.findings().fail(at, section.path("params") + "." + name + ": expected a list of texts");
    });
    section.flag("honor_labels", scrape.honorLabels);
    section.flag("honor_timestamps", scrape.honorTimestamps);
    section.flag("enable_compression", scrape.enableCompression);
    section.notDone({"track_timestamps_staleness"},
                    "not supported; series with timestamps of their own get no staleness markers");
    section.text("fallback_scrape_protocol", scrape.fallbackScrapeProtocol);
    if (!scrape.fallbackScrapeProtocol.empty() && !isProtocol(scrape.fallbackScrapeProtocol))
        section.failAt("fallback_scrape_protocol", "unknown protocol \"" + scrape.fallbackScrapeProtocol + "\"");
    readScrapeLimits(section, scrape);
    section.notDone({"native_histogram_bucket_limit", "native_histogram_min_bucket_factor"},
                    "native histograms are not supported yet; classic buckets are stored");
    readRelabelConfigs(section, "relabel_configs", scrape.relabelConfigs);
    readRelabelConfigs(section, "metric_relabel_configs", scrape.metricRelabelConfigs);
    Discovery discovery;
    readDiscovery(section, paths, discovery);
    if (scrape.relabelConfigs.empty())
        checkAddresses(section, discovery);
    scrape.staticConfigs = std::move(discovery.groups);
    scrape.fileSdConfigs = std::move(discovery.files);
    readHttpClient(section, paths, scrape.http);
    section.finish();
}

}  // namespace holdfast::config
