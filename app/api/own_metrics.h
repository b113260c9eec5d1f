#pragma once

#include "app/base/clock.h"
#include "app/base/mutex.h"

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/metric_family.h>
#include <prometheus/registry.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace holdfast::api {

/// What the engine tells about itself on /metrics and, as job="holdfast", in its own store.
///
/// Parts register a reader; it is run at each collection and sets its numbers, so that counting costs the parts
/// nothing. Thread-safe.
class OwnMetrics {
public:
    OwnMetrics(std::string version, std::int64_t startedMs);

    /// A number that exists somewhere else: a counter that only grows, or a gauge.
    struct Reading {
        const char* name;
        const char* help;
        prometheus::MetricType type = prometheus::MetricType::Gauge;
        double value = 0;
        std::vector<prometheus::ClientMetric::Label> labels = {};
    };
    void addReader(std::function<std::vector<Reading>()> reader) HF_EXCLUDES(m_mutex);
    /// Parts go away before the API does: afterwards their readers are not called.
    void dropReaders() HF_EXCLUDES(m_mutex);

    void requestAnswered(const std::string& handler, int status, double seconds);
    void requestRefused() { m_refused.Increment(); }

    [[nodiscard]] std::vector<prometheus::MetricFamily> collect() const HF_EXCLUDES(m_mutex);
    /// Prometheus text format 0.0.4.
    [[nodiscard]] std::string text() const;

private:
    prometheus::Registry m_registry;
    prometheus::Family<prometheus::Counter>& m_requests;
    prometheus::Family<prometheus::Histogram>& m_durations;
    prometheus::Counter& m_refused;

    mutable Mutex m_mutex;
    std::vector<std::function<std::vector<Reading>()>> m_readers HF_GUARDED_BY(m_mutex);
};

/// Processors this process may use; its processor time so far in seconds, user and system.
[[nodiscard]] int processorsAllowed();
[[nodiscard]] double processorSeconds();

/// Processor time, memory, file descriptors, start time of this process; names of the Prometheus client libraries.
[[nodiscard]] std::vector<OwnMetrics::Reading> processReadings();

}  // namespace holdfast::api
