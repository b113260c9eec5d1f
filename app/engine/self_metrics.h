#pragma once

#include "app/api/own_metrics.h"
#include "app/model/label_set.h"
#include "app/store/appender.h"

#include <cstdint>
#include <map>
#include <string>

namespace holdfast::engine {

/// Writes the engine's own metrics through the write door, as if it scraped itself: job="holdfast", so that what is
/// wrong with Holdfast can be charted and alerted on like everything else. No `up`: it is not a service of the fleet.
/// One thread at a time.
class SelfMetrics {
public:
    SelfMetrics(const api::OwnMetrics& metrics, store::Appender& appender, std::string instance)
        : m_metrics(metrics), m_appender(appender), m_instance(std::move(instance))
    {
    }

    /// t: ms since the epoch. Fails when the store refuses the batch; the next one comes by itself.
    [[nodiscard]] Result<void> write(std::int64_t t);

private:
    void add(Batch& batch, const std::string& name, const LabelSet& labels, std::int64_t t, double value);
    void addMetric(Batch& batch, const prometheus::MetricFamily& family, const prometheus::ClientMetric& metric,
                   std::int64_t t);

    const api::OwnMetrics& m_metrics;
    store::Appender& m_appender;
    const std::string m_instance;
    std::map<LabelSet, SeriesId> m_series;
};

}  // namespace holdfast::engine
