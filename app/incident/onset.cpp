#include "app/incident/onset.h"

#include "app/model/label_set.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace holdfast::incident {

namespace {

constexpr std::size_t kFewestUsual = 6;       // half a minute at the usual interval
constexpr std::int64_t kSearchMs = 180'000;   // no rule of ours notices later than that
constexpr std::int64_t kYouthMs = 60'000;     // rates over a minute are not themselves before
constexpr std::int64_t kGapMs = 60'000;       // after that long without samples a series begins anew
constexpr std::int64_t kHistoryMs = 600'000;  // read: the search and what is usual before it
constexpr double kDeviations = 3;
constexpr double kRelative = 0.2;
constexpr double kOfTheShift = 0.1;  // guessed: a ratio that is usually zero has neither deviation nor level

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

std::optional<std::int64_t> changePoint(std::span<const Sample> samples, std::int64_t activeAtMs, Direction direction)
{
    const double sign = direction == Direction::Rises ? 1 : -1;
    std::vector<Sample> mature;
    std::optional<std::int64_t> bornMs;
    std::int64_t lastMs = 0;
    for (const Sample& sample : samples) {
        if (sample.t > activeAtMs)
            break;
        const bool begins = lastMs == 0 ? sample.t > activeAtMs - kHistoryMs + kGapMs : sample.t - lastMs > kGapMs;
        if (begins) {
            mature.clear();
            bornMs = sample.t;
        }
        lastMs = sample.t;
        if (!bornMs || sample.t - *bornMs >= kYouthMs)
            mature.push_back({sample.t, sign * sample.v});
    }
    if (mature.empty() || activeAtMs - lastMs > kYouthMs)
        return std::nullopt;
    const auto searched = std::ranges::lower_bound(mature, activeAtMs - kSearchMs, {}, &Sample::t);
    std::vector<double> usual;
    for (auto sample = mature.begin(); sample != searched; ++sample)
        usual.push_back(sample->v);
    if (usual.size() < kFewestUsual) {
        usual.clear();
        for (std::size_t i = 0; i < mature.size() / 2; ++i)
            usual.push_back(mature[i].v);
    }
    if (usual.size() < kFewestUsual)
        return std::nullopt;
    const double level = median(usual);
    std::vector<double> distances;
    for (const double v : usual)
        distances.push_back(std::fabs(v - level));
    const double shift = std::max({kDeviations * median(std::move(distances)), kRelative * std::fabs(level),
                                   kOfTheShift * (mature.back().v - level)});
    std::optional<std::int64_t> onset;
    for (auto sample = mature.rbegin(); sample != mature.rend() && sample->v - level > shift; ++sample) {
        if (sample->t < activeAtMs - kSearchMs)
            return std::nullopt;  // it has been so for longer: this is not what the alert is about
        onset = sample->t;
    }
    return onset;
}

std::int64_t findOnset(const promql::Engine& engine, const IncidentSignal& signal)
{
    const std::string series = seriesOf(signal);
    if (series.empty())
        return signal.onsetMs;
    const auto answer =
        engine.instant(series + "[10m]", signal.onsetMs, {.cancelled = {}, .timeoutMs = 1000, .lookbackMs = 0});
    if (!answer.ok())
        return signal.onsetMs;
    const auto* matrix = std::get_if<promql::Matrix>(&answer->value);
    if (!matrix || matrix->empty())
        return signal.onsetMs;
    return changePoint(matrix->front().samples, signal.onsetMs,
                       signal.kind == "headroom" ? Direction::Falls : Direction::Rises)
        .value_or(signal.onsetMs);
}

}  // namespace holdfast::incident
