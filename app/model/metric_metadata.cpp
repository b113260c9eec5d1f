#include "app/model/metric_metadata.h"

namespace holdfast {

const char* metricTypeWord(MetricType type)
{
    switch (type) {
    case MetricType::Unknown: return "unknown";
    case MetricType::Counter: return "counter";
    case MetricType::Gauge: return "gauge";
    case MetricType::Histogram: return "histogram";
    case MetricType::GaugeHistogram: return "gaugehistogram";
    case MetricType::Summary: return "summary";
    case MetricType::Info: return "info";
    case MetricType::StateSet: return "stateset";
    }
    return "unknown";
}

}  // namespace holdfast
