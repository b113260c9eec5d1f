#include "widgets/charts/span_stats.h"

#include <algorithm>
#include <cmath>

namespace holdfast::widgets {

namespace {

constexpr double normalMad = 1.4826;
constexpr double usualShare = 0.05;  // left out at either end of a baseline

std::vector<double> sampled(const LaneLine& line, std::int64_t fromMs, std::int64_t toMs)
{
    std::vector<double> found;
    const std::vector<double>* values = line.values();
    if (!values)
        return found;
    const std::int64_t step = line.matrix->stepMs;
    const auto count = static_cast<std::int64_t>(values->size());
    const std::int64_t first = std::clamp<std::int64_t>((fromMs - line.startMs() + step - 1) / step, 0, count);
    const std::int64_t last = toMs < line.startMs() ? -1 : std::min((toMs - line.startMs()) / step, count - 1);
    for (std::int64_t i = first; i <= last; ++i) {
        if (const double value = (*values)[static_cast<std::size_t>(i)]; std::isfinite(value))
            found.push_back(value);
    }
    return found;
}

/// `sorted` ascending and not empty.
double quantile(const std::vector<double>& sorted, double q)
{
    return sorted[static_cast<std::size_t>(std::lround(q * static_cast<double>(sorted.size() - 1)))];
}

double median(std::vector<double> values)
{
    if (values.empty())
        return noSample;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

}  // namespace

std::optional<SpanStats> statsOf(const LaneLine& line, std::int64_t fromMs, std::int64_t toMs)
{
    std::vector<double> values = sampled(line, fromMs, toMs);
    if (values.empty())
        return std::nullopt;
    std::sort(values.begin(), values.end());
    double sum = 0;
    for (const double value : values)
        sum += value;
    return SpanStats{values.size(),         values.front(),         sum / static_cast<double>(values.size()),
                     quantile(values, 0.5), quantile(values, 0.95), values.back()};
}

std::optional<Baseline> baselineOf(const LaneLine& line, std::int64_t fromMs, std::int64_t toMs)
{
    std::vector<double> values = sampled(line, fromMs, toMs);
    if (values.empty())
        return std::nullopt;
    std::sort(values.begin(), values.end());
    const auto stats = statsOf(line, fromMs, toMs);
    return Baseline{quantile(values, usualShare), stats->mean, quantile(values, 1 - usualShare)};
}

std::vector<double> madDistances(std::span<const LaneLine> lines, std::int64_t fromMs, std::int64_t toMs)
{
    std::vector<double> centres;
    for (const LaneLine& line : lines)
        centres.push_back(median(sampled(line, fromMs, toMs)));
    std::vector<double> known;
    for (const double centre : centres) {
        if (!std::isnan(centre))
            known.push_back(centre);
    }
    const double middle = median(known);
    std::vector<double> deviations;
    for (const double centre : known)
        deviations.push_back(std::abs(centre - middle));
    // Of lines that are all alike but one the deviation is 0; a hundredth of the level keeps the distance finite.
    const double scale = std::max({median(deviations) * normalMad, std::abs(middle) * 0.01, 1e-12});
    std::vector<double> distances;
    for (const double centre : centres)
        distances.push_back(std::isnan(centre) ? 0 : std::abs(centre - middle) / scale);
    return distances;
}

}  // namespace holdfast::widgets
