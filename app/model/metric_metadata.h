#pragma once

#include <string>

namespace holdfast {

enum class MetricType { Unknown, Counter, Gauge, Histogram, GaugeHistogram, Summary, Info, StateSet };

/// The word of the exposition formats: "counter", "gaugehistogram", "unknown" …
[[nodiscard]] const char* metricTypeWord(MetricType type);

/// What an endpoint says about a metric family.
struct MetricMetadata {
    std::string family;
    MetricType type = MetricType::Unknown;
    std::string unit;
    std::string help;
    bool operator==(const MetricMetadata&) const = default;
};

}  // namespace holdfast
