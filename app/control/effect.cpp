#include "app/control/effect.h"

#include <algorithm>
#include <cmath>

namespace holdfast::control {

namespace {

constexpr double kFewestRequests = 100;
constexpr double kFewestErrors = 20;
constexpr double kZLimit = 3.3;
constexpr double kRelative = 0.2;

std::optional<double> median(std::vector<double> values)
{
    if (values.empty())
        return std::nullopt;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

double medianDeviation(const std::vector<double>& values, double centre)
{
    std::vector<double> distances;
    for (const double value : values)
        distances.push_back(std::abs(value - centre));
    return median(std::move(distances)).value_or(0);
}

std::optional<double> zOfErrors(const EffectSeries& before, const EffectSeries& now)
{
    if (before.requests <= 0 || now.requests <= 0 || std::max(before.errors, now.errors) < kFewestErrors)
        return std::nullopt;
    const double pooled = (before.errors + now.errors) / (before.requests + now.requests);
    const double spread = std::sqrt(pooled * (1 - pooled) * (1 / before.requests + 1 / now.requests));
    if (!(spread > 0))
        return std::nullopt;
    return (before.errors / before.requests - now.errors / now.requests) / spread;
}

bool lowerIsBetter(const std::string& signal)
{
    return signal == "errors" || signal == "p99";
}

/// The requests of a service over the span, whichever of its series tells them.
double requestsIn(const std::vector<EffectSeries>& span, const std::string& service)
{
    double most = 0;
    for (const EffectSeries& series : span)
        if (series.service == service)
            most = std::max(most, series.requests);
    return most;
}

EffectLine compare(const EffectSeries& before, const EffectSeries& now, const std::string& ownService, bool tooFew)
{
    EffectLine line;
    line.signal = before.service == ownService ? before.signal : before.service + " " + before.signal;
    line.before = median(before.values);
    line.now = median(now.values);
    line.verdict = "too_early";
    if (!line.before || !line.now || (tooFew && before.signal != "headroom"))
        return line;
    const double change = *line.now - *line.before;
    const double noise = std::max(3 * medianDeviation(before.values, *line.before), kRelative * std::abs(*line.before));
    bool clear = std::abs(change) > noise;
    if (before.signal == "errors") {
        line.z = zOfErrors(before, now);
        clear = clear && line.z && std::abs(*line.z) > kZLimit;
    }
    if (!clear)
        line.verdict = "no_clear_change";
    else
        line.verdict = (change < 0) == lowerIsBetter(before.signal) ? "improved" : "worse";
    return line;
}

}  // namespace

std::vector<EffectLine> compareSpans(const std::vector<EffectSeries>& before, const std::vector<EffectSeries>& now,
                                     const std::string& ownService)
{
    std::vector<EffectLine> lines;
    for (const EffectSeries& earlier : before) {
        const auto later = std::ranges::find_if(now, [&](const EffectSeries& series) {
            return series.service == earlier.service && series.signal == earlier.signal;
        });
        const EffectSeries nothingYet{.service = earlier.service, .signal = earlier.signal, .values = {}};
        lines.push_back(
            compare(earlier, later != now.end() ? *later : nothingYet, ownService,
                    std::min(requestsIn(before, earlier.service), requestsIn(now, earlier.service)) < kFewestRequests));
    }
    for (const EffectSeries& series : now) {
        const bool known = std::ranges::any_of(before, [&](const EffectSeries& earlier) {
            return series.service == earlier.service && series.signal == earlier.signal;
        });
        const EffectSeries nothing{.service = series.service, .signal = series.signal, .values = {}};
        if (!known)
            lines.push_back(compare(nothing, series, ownService, true));
    }
    return lines;
}

}  // namespace holdfast::control
