#include "app/promql/functions/rate.h"

#include <cmath>

namespace holdfast::promql {

namespace {

enum class Kind { Counter, Gauge };

enum class Unit { Total, PerSecond };

std::optional<double> extrapolated(const Window& window, Kind kind, Unit unit)
{
    const std::size_t n = window.values.size();
    if (n < 2)
        return std::nullopt;
    double change = window.values[n - 1] - window.values[0];
    if (kind == Kind::Counter) {
        for (const std::size_t i : window.resets)
            change += window.seriesValues[i - 1];
    }
    const double start = static_cast<double>(window.times[0] - (window.end - window.range)) / 1000;
    double toStart = start;
    double toEnd = static_cast<double>(window.end - window.times[n - 1]) / 1000;
    const double sampled = static_cast<double>(window.times[n - 1] - window.times[0]) / 1000;
    const double distance = sampled / static_cast<double>(n - 1);
    // A gap larger than this means that the series began, or ended, within the window.
    const double threshold = distance * 1.1;
    if (toStart >= threshold)
        toStart = distance / 2;
    if (kind == Kind::Counter) {
        double toZero = toStart;
        if (change > 0 && window.values[0] >= 0)
            toZero = sampled * (window.values[0] / change);
        if (toZero < toStart)
            toStart = toZero;
    }
    if (toEnd >= threshold)
        toEnd = distance / 2;
    // Divided before it is multiplied, as Prometheus does: the last digit depends on it.
    double factor = (sampled + toStart + toEnd) / sampled;
    if (unit == Unit::PerSecond)
        factor /= static_cast<double>(window.range) / 1000;
    return change * factor;
}

std::optional<double> lastTwo(const Window& window, Kind kind)
{
    const std::size_t n = window.values.size();
    if (n < 2)
        return std::nullopt;
    const double last = window.values[n - 1];
    const double before = window.values[n - 2];
    const std::int64_t interval = window.times[n - 1] - window.times[n - 2];
    if (interval == 0)
        return std::nullopt;
    const double difference = kind == Kind::Counter && last < before ? last : last - before;
    return kind == Kind::Counter ? difference / (static_cast<double>(interval) / 1000) : difference;
}

}  // namespace

std::optional<double> rate(const Window& window)
{
    return extrapolated(window, Kind::Counter, Unit::PerSecond);
}

std::optional<double> increase(const Window& window)
{
    return extrapolated(window, Kind::Counter, Unit::Total);
}

std::optional<double> delta(const Window& window)
{
    return extrapolated(window, Kind::Gauge, Unit::Total);
}

std::optional<double> irate(const Window& window)
{
    return lastTwo(window, Kind::Counter);
}

std::optional<double> idelta(const Window& window)
{
    return lastTwo(window, Kind::Gauge);
}

std::optional<double> changes(const Window& window)
{
    double count = 0;
    for (std::size_t i = 1; i < window.values.size(); ++i) {
        const double before = window.values[i - 1];
        const double v = window.values[i];
        if (v != before && !(std::isnan(v) && std::isnan(before)))
            count += 1;
    }
    return count;
}

std::optional<double> resets(const Window& window)
{
    return static_cast<double>(window.resets.size());
}

}  // namespace holdfast::promql
