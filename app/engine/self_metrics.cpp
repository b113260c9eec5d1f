#include "app/engine/self_metrics.h"

#include "app/base/number_text.h"

#include <cmath>
#include <utility>
#include <vector>

namespace holdfast::engine {

Result<void> SelfMetrics::write(std::int64_t t)
{
    Batch batch;
    batch.origin = "self";
    for (const prometheus::MetricFamily& family : m_metrics.collect())
        for (const prometheus::ClientMetric& metric : family.metric)
            addMetric(batch, family, metric, t);
    const auto report = m_appender.append(std::move(batch));
    if (!report.ok())
        return report.error();
    return {};
}

void SelfMetrics::addMetric(Batch& batch, const prometheus::MetricFamily& family,
                            const prometheus::ClientMetric& metric, std::int64_t t)
{
    std::vector<Label> own{{"job", "holdfast"}, {"instance", m_instance}};
    for (const auto& label : metric.label)
        own.push_back({label.name, label.value});
    const LabelSet labels(std::move(own));
    switch (family.type) {
    case prometheus::MetricType::Counter: add(batch, family.name, labels, t, metric.counter.value); break;
    case prometheus::MetricType::Gauge: add(batch, family.name, labels, t, metric.gauge.value); break;
    case prometheus::MetricType::Histogram:
        for (const auto& bucket : metric.histogram.bucket)
            add(batch, family.name + "_bucket", labels.with("le", numberText(bucket.upper_bound)), t,
                static_cast<double>(bucket.cumulative_count));
        add(batch, family.name + "_sum", labels, t, metric.histogram.sample_sum);
        add(batch, family.name + "_count", labels, t, static_cast<double>(metric.histogram.sample_count));
        break;
    default: break;  // OwnMetrics makes no other types
    }
}

void SelfMetrics::add(Batch& batch, const std::string& name, const LabelSet& labels, std::int64_t t, double value)
{
    const LabelSet full = labels.with(kMetricName, name);
    auto found = m_series.find(full);
    if (found == m_series.end()) {
        const auto id = m_appender.series(full);
        if (!id.ok())
            return;  // the series limit: said by the store's own counters
        found = m_series.emplace(full, *id).first;
    }
    batch.samples.push_back({.series = found->second, .t = t, .v = value});
}

}  // namespace holdfast::engine
