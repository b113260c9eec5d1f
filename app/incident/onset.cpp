#include "app/incident/onset.h"

#include "app/model/label_set.h"

#include <algorithm>
#include <cmath>

namespace holdfast::incident {

namespace {

constexpr std::size_t kFewest = 12;
constexpr double kSlack = 0.5;
constexpr double kAlarm = 5;
// The sum may not grow without end, or a long-gone excursion would still count; guessed.
constexpr double kHighest = 50;
constexpr double kHighestStep = 10;

double median(std::vector<double> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

/// The normalised series in which a signal of this kind shows.
std::string seriesOf(const IncidentSignal& signal)
{
    const std::string service = "service=" + quotedLabelValue(signal.service);
    if (signal.kind == "errors")
        return "holdfast:errors:ratio{" + service + "}";
    if (signal.kind == "latency")
        return "holdfast:latency:quantile{" + service + ",quantile=\"0.99\"}";
    if (signal.kind == "headroom")
        return "holdfast:headroom:ratio{" + service + "}";
    if (signal.kind == "retries")
        return "holdfast:retry:amplification{" + service + "}";
    if (signal.kind == "dependency")
        return "holdfast:edge:errors_ratio{" + service + ",callee=" + quotedLabelValue(signal.subject) + "}";
    return {};
}

}  // namespace

std::optional<std::int64_t> changePoint(std::span<const Sample> samples, Direction direction)
{
    if (samples.size() < kFewest)
        return std::nullopt;
    const double sign = direction == Direction::Rises ? 1 : -1;
    std::vector<double> usual;
    for (const Sample& sample : samples.first(samples.size() / 2))
        usual.push_back(sign * sample.v);
    const double level = median(usual);
    std::vector<double> distances;
    for (const double v : usual)
        distances.push_back(std::fabs(v - level));
    // 1.4826: MAD of a normal distribution to its deviation. A constant series still needs a scale.
    const double deviation = std::max({1.4826 * median(distances), 0.05 * std::fabs(level), 1e-4});
    double sum = 0;
    std::optional<std::int64_t> onset;
    for (const Sample& sample : samples) {
        const double step = std::min((sign * sample.v - level) / deviation - kSlack, kHighestStep);
        const double next = std::clamp(sum + step, 0.0, kHighest);
        if (sum == 0 && next > 0)
            onset = sample.t;
        sum = next;
    }
    if (sum < kAlarm)
        return std::nullopt;
    return onset;
}

std::int64_t findOnset(const promql::Engine& engine, const IncidentSignal& signal, std::int64_t t)
{
    const std::string series = seriesOf(signal);
    if (series.empty())
        return signal.onsetMs;
    const auto answer = engine.instant(series + "[10m]", t, {.cancelled = {}, .timeoutMs = 1000, .lookbackMs = 0});
    if (!answer.ok())
        return signal.onsetMs;
    const auto* matrix = std::get_if<promql::Matrix>(&answer->value);
    if (!matrix || matrix->empty())
        return signal.onsetMs;
    const auto found =
        changePoint(matrix->front().samples, signal.kind == "headroom" ? Direction::Falls : Direction::Rises);
    return std::min(found.value_or(signal.onsetMs), signal.onsetMs);
}

}  // namespace holdfast::incident
