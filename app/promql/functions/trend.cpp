#include "app/promql/functions/trend.h"

#include "app/promql/exec/kahan.h"

#include <cmath>
#include <limits>

namespace holdfast::promql {

namespace {

struct Line {
    double slope;
    double intercept;
};

Line fit(const Window& window, std::int64_t interceptTime)
{
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    KahanSum x;
    KahanSum y;
    KahanSum xy;
    KahanSum xx;
    bool constant = true;
    const double firstY = window.values.front();
    for (std::size_t i = 0; i < window.values.size(); ++i) {
        const double v = window.values[i];
        constant = constant && (i == 0 || v == firstY);
        const double t = static_cast<double>(window.times[i] - interceptTime) / 1000;
        x.add(t);
        y.add(v);
        xy.add(t * v);
        xx.add(t * t);
    }
    if (constant)
        return std::isinf(firstY) ? Line{nan, nan} : Line{0, firstY};
    const auto n = static_cast<double>(window.values.size());
    const double sumX = x.sum + x.correction;
    const double sumY = y.sum + y.correction;
    const double covariance = (xy.sum + xy.correction) - sumX * sumY / n;
    const double variance = (xx.sum + xx.correction) - sumX * sumX / n;
    const double slope = covariance / variance;
    return {slope, sumY / n - slope * sumX / n};
}

}  // namespace

std::optional<double> deriv(const Window& window)
{
    if (window.values.size() < 2)
        return std::nullopt;
    return fit(window, window.times.front()).slope;
}

std::optional<double> predictLinear(const Window& window)
{
    if (window.values.size() < 2)
        return std::nullopt;
    const Line line = fit(window, window.evaluation);
    return line.slope * window.first + line.intercept;
}

std::optional<double> doubleExponentialSmoothing(const Window& window)
{
    if (window.values.size() < 2)
        return std::nullopt;
    const double smoothing = window.first;
    const double trendFactor = window.second;
    double before = 0;
    double level = window.values[0];
    double trend = window.values[1] - window.values[0];
    for (std::size_t i = 1; i < window.values.size(); ++i) {
        if (i > 1)
            trend = trendFactor * (level - before) + (1 - trendFactor) * trend;
        const double next = smoothing * window.values[i] + (1 - smoothing) * (level + trend);
        before = level;
        level = next;
    }
    return level;
}

}  // namespace holdfast::promql
