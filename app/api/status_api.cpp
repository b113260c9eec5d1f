#include "app/api/status_api.h"

#include "app/api/parameters.h"
#include "app/api/prometheus_answer.h"
#include "app/base/duration.h"
#include "app/base/time_text.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace holdfast::api {

namespace {

// Series that were written to lately are those in memory; Prometheus's head holds two to three hours.
constexpr std::int64_t kHeadMs = 2LL * 3'600'000;
constexpr std::size_t kTop = 10;

using Counts = std::map<std::string, std::int64_t>;

void writeTop(JsonWriter& json, std::string_view name, const Counts& counts, std::size_t limit)
{
    std::vector<std::pair<std::string, std::int64_t>> sorted(counts.begin(), counts.end());
    std::ranges::stable_sort(sorted, [](const auto& a, const auto& b) { return a.second > b.second; });
    sorted.resize(std::min(sorted.size(), limit));
    json.key(name).beginArray();
    for (const auto& [label, count] : sorted)
        json.beginObject().text("name", label).integer("value", count).endObject();
    json.endArray();
}

std::string hostName()
{
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

HttpResponse texts(const std::map<std::string, std::string>& values)
{
    return successAnswer([&](JsonWriter& json) {
        json.beginObject();
        for (const auto& [name, value] : values)
            json.text(name, value);
        json.endObject();
    });
}

}  // namespace

void StatusApi::addRoutes(Router& router)
{
    router.add("GET", "/api/v1/status/config", Lane::Status, [this](const Call&) {
        return texts({{"yaml", m_facts().configYaml}});
    });
    router.add("GET", "/api/v1/status/flags", Lane::Status, [this](const Call&) { return texts(m_facts().flags); });
    router.add("GET", "/api/v1/status/buildinfo", Lane::Status, [this](const Call&) {
        return texts({{"version", m_facts().version},
                      {"revision", ""},
                      {"branch", ""},
                      {"buildUser", ""},
                      {"buildDate", ""},
                      {"goVersion", ""},
                      {"application", "Holdfast"}});
    });
    router.add("GET", "/api/v1/status/runtimeinfo", Lane::Status, [this](const Call&) { return runtimeInfo(); });
    router.add("GET", "/api/v1/status/tsdb", Lane::Query, [this](const Call& call) { return tsdb(call); });
    router.add("GET", "/metrics", Lane::Status, [this](const Call&) {
        return HttpResponse{.status = 200,
                            .body = m_metrics.text(),
                            .contentType = "text/plain; version=0.0.4; charset=utf-8",
                            .headers = {}};
    });
    router.add("GET", "/-/healthy", Lane::Status,
               [](const Call&) { return HttpResponse::text(200, "Holdfast is Healthy.\n"); });
    router.add("GET", "/-/ready", Lane::Status, [this](const Call&) {
        return m_facts().ready ? HttpResponse::text(200, "Holdfast is Ready.\n")
                               : HttpResponse::text(503, "Service Unavailable");
    });
}

HttpResponse StatusApi::runtimeInfo() const
{
    const ProcessFacts facts = m_facts();
    std::error_code failed;
    return successAnswer([&](JsonWriter& json) {
        json.beginObject().text("startTime", rfc3339(facts.startedMs));
        json.text("CWD", std::filesystem::current_path(failed).string()).text("hostname", hostName());
        json.text("serverTime", rfc3339(m_clock.wallMs())).flag("reloadConfigSuccess", facts.reloadOk);
        json.text("lastConfigTime", rfc3339(facts.reloadMs));
        json.integer("corruptionCount", static_cast<std::int64_t>(m_store.stats().corruptChunks));
        json.integer("goroutineCount", 0).integer("GOMAXPROCS", std::thread::hardware_concurrency());
        json.text("GOGC", "").text("GODEBUG", "");
        json.text("storageRetention", facts.retentionMs == 0 ? "" : formatDuration(facts.retentionMs)).endObject();
    });
}

HttpResponse StatusApi::tsdb(const Call& call) const
{
    const auto limit = limitParameter(call.form);
    if (!limit.ok())
        return errorAnswer({.type = ApiErrorType::BadData, .message = limit.error().message});
    const std::size_t top = *limit == 0 ? kTop : *limit;
    const std::int64_t now = m_clock.wallMs();
    store::ReadLimits limits;
    limits.cancelled = call.cancelled;
    const auto series = m_store.series({}, TimeRange{.start = now - kHeadMs, .end = kAllTime.end}, limits);
    if (!series.ok())
        return errorAnswer(queryError(series.error()));
    Counts byMetric;
    Counts byPair;
    Counts bytesByName;
    std::map<std::string, std::map<std::string, int>> values;
    for (const LabelSetPtr& labels : *series) {
        ++byMetric[std::string(labels->metricName())];
        for (const Label& label : *labels) {
            ++byPair[label.name + "=" + label.value];
            if (values[label.name].emplace(label.value, 0).second)
                bytesByName[label.name] += static_cast<std::int64_t>(label.value.size());
        }
    }
    Counts valuesByName;
    for (const auto& [name, distinct] : values)
        valuesByName[name] = static_cast<std::int64_t>(distinct.size());
    const store::StoreStats stats = m_store.stats();
    return successAnswer([&](JsonWriter& json) {
        json.beginObject().key("headStats").beginObject();
        json.integer("numSeries", static_cast<std::int64_t>(series->size()));
        json.integer("numLabelPairs", static_cast<std::int64_t>(byPair.size()));
        json.integer("chunkCount", static_cast<std::int64_t>(stats.groups));
        json.integer("minTime", stats.oldestMs).integer("maxTime", stats.newestMs).endObject();
        writeTop(json, "seriesCountByMetricName", byMetric, top);
        writeTop(json, "labelValueCountByLabelName", valuesByName, top);
        writeTop(json, "memoryInBytesByLabelName", bytesByName, top);
        writeTop(json, "seriesCountByLabelValuePair", byPair, top);
        json.endObject();
    });
}

}  // namespace holdfast::api
