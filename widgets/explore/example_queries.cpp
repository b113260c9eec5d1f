#include "widgets/explore/example_queries.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace holdfast::widgets {

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("Explore", text);
}

struct Known {
    const char* metric;
    const char* title;
    const char* expression;
};

// Latency, errors and traffic of the conventions that Holdfast knows; what is missing is left out.
constexpr Known known[] = {
    {"http_requests_total", QT_TRANSLATE_NOOP("Explore", "Requests per second"),
     "sum by (job) (rate(http_requests_total[1m]))"},
    {"http_server_requests_seconds_count", QT_TRANSLATE_NOOP("Explore", "Requests per second"),
     "sum by (application) (rate(http_server_requests_seconds_count[1m]))"},
    {"http_request_duration_seconds_bucket", QT_TRANSLATE_NOOP("Explore", "Latency, p99"),
     "histogram_quantile(0.99, sum by (job, le) (rate(http_request_duration_seconds_bucket[1m])))"},
    {"http_server_requests_seconds_bucket", QT_TRANSLATE_NOOP("Explore", "Latency, p99"),
     "histogram_quantile(0.99, sum by (application, le) (rate(http_server_requests_seconds_bucket[1m])))"},
    {"http_requests_total", QT_TRANSLATE_NOOP("Explore", "Share of failed requests"),
     "sum by (job) (rate(http_requests_total{code=~\"5..\"}[1m])) / sum by (job) (rate(http_requests_total[1m]))"},
    {"up", QT_TRANSLATE_NOOP("Explore", "Targets that answer"), "sum by (job) (up)"},
    {"resilience_pool_in_use", QT_TRANSLATE_NOOP("Explore", "Use of pools"),
     "max by (job, name) (resilience_pool_in_use / resilience_pool_capacity)"},
    {"node_cpu_seconds_total", QT_TRANSLATE_NOOP("Explore", "CPU in use"),
     "1 - avg by (instance) (rate(node_cpu_seconds_total{mode=\"idle\"}[1m]))"},
    {"process_resident_memory_bytes", QT_TRANSLATE_NOOP("Explore", "Memory, largest five"),
     "topk(5, process_resident_memory_bytes)"},
};

/// Series that Prometheus or Holdfast make themselves say little about a system.
bool isOwn(const QString& metric)
{
    for (const char* prefix : {"scrape_", "ALERTS", "holdfast", "process_", "go_", "python_", "up"}) {
        if (metric.startsWith(QLatin1String(prefix)))
            return true;
    }
    return false;
}

ExampleQuery queryOf(const QString& metric)
{
    if (metric.endsWith(QLatin1String("_bucket")))
        return {words("p99 of %1").arg(metric.chopped(7)),
                QStringLiteral("histogram_quantile(0.99, sum by (le) (rate(%1[1m])))").arg(metric)};
    if (metric.endsWith(QLatin1String("_total")))
        return {words("Rate of %1").arg(metric), QStringLiteral("sum by (job) (rate(%1[1m]))").arg(metric)};
    return {metric, metric};
}

}  // namespace

std::vector<ExampleQuery> exampleQueries(const QStringList& metrics)
{
    std::vector<ExampleQuery> queries;
    const QSet<QString> there(metrics.begin(), metrics.end());
    for (const Known& one : known) {
        if (queries.size() < mostExamples && there.contains(QLatin1String(one.metric)))
            queries.push_back({words(one.title), QLatin1String(one.expression)});
    }
    // Histograms, then counters, then what remains: the kinds of questions people come with.
    for (const char* suffix : {"_bucket", "_total", ""}) {
        for (const QString& metric : metrics) {
            const bool part = metric.endsWith(QLatin1String("_sum")) || metric.endsWith(QLatin1String("_count"))
                              || metric.endsWith(QLatin1String("_created"));
            const bool kind =
                *suffix ? metric.endsWith(QLatin1String(suffix))
                        : !metric.endsWith(QLatin1String("_bucket")) && !metric.endsWith(QLatin1String("_total"));
            if (queries.size() >= mostExamples || isOwn(metric) || part || !kind)
                continue;
            const bool used = std::ranges::any_of(
                queries, [&](const ExampleQuery& query) { return query.expression.contains(metric); });
            if (!used)
                queries.push_back(queryOf(metric));
        }
    }
    return queries;
}

}  // namespace holdfast::widgets
