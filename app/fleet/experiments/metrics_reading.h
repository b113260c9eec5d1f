#pragma once

#include <map>
#include <string>
#include <string_view>

namespace holdfast::fleet {

/// Cumulative numbers of a service at one moment, summed over its instances; by page where there are pages.
struct MetricsReading {
    struct PageCount {
        double requests = 0;
        double errors = 0;                 ///< 5xx
        std::map<double, double> buckets;  ///< upper bound in seconds → answers up to it
    };
    std::map<std::string, PageCount> pages;  ///< by route
    double seconds = 0;                      ///< sum of all durations
    double workersBusy = 0;
    double workers = 0;
    double cpuSeconds = 0;

    [[nodiscard]] double requests() const;
    /// What happened since `before`; the gauges are of now.
    [[nodiscard]] MetricsReading since(const MetricsReading& before) const;
};

/// Adds what one /metrics page says to `reading`. Other series are passed over.
void addMetrics(MetricsReading& reading, std::string_view page);

/// Linear inside a bucket, as histogram_quantile does; 0 without observations. Seconds.
[[nodiscard]] double quantile(const std::map<double, double>& buckets, double q);

}  // namespace holdfast::fleet
