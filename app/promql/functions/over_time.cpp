#include "app/promql/functions/over_time.h"

#include "app/promql/exec/kahan.h"
#include "app/promql/functions/quantile.h"

#include <cmath>

namespace holdfast::promql {

namespace {

double seconds(std::int64_t ms)
{
    return static_cast<double>(ms) / 1000;
}

}  // namespace

std::optional<double> avgOverTime(const Window& window)
{
    KahanMean mean;
    for (const double v : window.values)
        mean.add(v);
    return mean.value();
}

std::optional<double> sumOverTime(const Window& window)
{
    KahanSum sum;
    for (const double v : window.values)
        sum.add(v);
    return sum.value();
}

std::optional<double> countOverTime(const Window& window)
{
    return static_cast<double>(window.values.size());
}

std::optional<double> minOverTime(const Window& window)
{
    double least = window.values.front();
    for (const double v : window.values) {
        if (v < least || std::isnan(least))
            least = v;
    }
    return least;
}

std::optional<double> maxOverTime(const Window& window)
{
    double greatest = window.values.front();
    for (const double v : window.values) {
        if (v > greatest || std::isnan(greatest))
            greatest = v;
    }
    return greatest;
}

std::optional<double> firstOverTime(const Window& window)
{
    return window.values.front();
}

std::optional<double> lastOverTime(const Window& window)
{
    return window.values.back();
}

std::optional<double> presentOverTime(const Window&)
{
    return 1;
}

std::optional<double> stdvarOverTime(const Window& window)
{
    KahanVariance variance;
    for (const double v : window.values)
        variance.add(v);
    return variance.variance();
}

std::optional<double> stddevOverTime(const Window& window)
{
    return std::sqrt(*stdvarOverTime(window));
}

std::optional<double> quantileOverTime(const Window& window)
{
    // Sorting needs a copy; it lives as long as the thread, so that windows share one allocation.
    thread_local std::vector<double> values;
    values.assign(window.values.begin(), window.values.end());
    return quantileOf(window.first, values);
}

std::optional<double> madOverTime(const Window& window)
{
    thread_local std::vector<double> values;
    values.assign(window.values.begin(), window.values.end());
    const double median = quantileOf(0.5, values);
    for (double& v : values)
        v = std::fabs(v - median);
    return quantileOf(0.5, values);
}

std::optional<double> tsOfFirstOverTime(const Window& window)
{
    return seconds(window.times.front());
}

std::optional<double> tsOfLastOverTime(const Window& window)
{
    return seconds(window.times.back());
}

std::optional<double> tsOfMaxOverTime(const Window& window)
{
    std::size_t at = 0;
    for (std::size_t i = 1; i < window.values.size(); ++i) {
        if (window.values[i] >= window.values[at] || std::isnan(window.values[at]))
            at = i;
    }
    return seconds(window.times[at]);
}

std::optional<double> tsOfMinOverTime(const Window& window)
{
    std::size_t at = 0;
    for (std::size_t i = 1; i < window.values.size(); ++i) {
        if (window.values[i] <= window.values[at] || std::isnan(window.values[at]))
            at = i;
    }
    return seconds(window.times[at]);
}

}  // namespace holdfast::promql
