#include "app/promql/functions/quantile.h"

#include "app/base/number_text.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace holdfast::promql {

double quantileOf(double phi, std::vector<double>& values)
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (values.empty() || std::isnan(phi))
        return std::numeric_limits<double>::quiet_NaN();
    if (phi < 0)
        return -infinity;
    if (phi > 1)
        return infinity;
    std::ranges::sort(values, [](double a, double b) { return std::isnan(a) ? !std::isnan(b) : a < b; });
    const auto n = static_cast<double>(values.size());
    const double rank = phi * (n - 1);
    const double lower = std::fmax(0, std::floor(rank));
    const double upper = std::fmin(n - 1, lower + 1);
    const double weight = rank - std::floor(rank);
    return values[static_cast<std::size_t>(lower)] * (1 - weight) + values[static_cast<std::size_t>(upper)] * weight;
}

void noteQuantileRange(QueryRun& run, std::span<const double> phi, PositionRange position)
{
    const auto note = [&](double got) {
        run.warn("quantile value should be between 0 and 1, got " + numberText(got), position);
    };
    bool nan = false;
    double least = 0;
    double most = 1;
    for (const double v : phi) {
        nan = nan || std::isnan(v);
        least = std::fmin(least, v);
        most = std::fmax(most, v);
    }
    if (nan)
        note(std::numeric_limits<double>::quiet_NaN());
    if (most > 1)
        note(most);
    if (least < 0)
        note(least);
}

}  // namespace holdfast::promql
