#include "app/engine/control_feed.h"

#include "app/base/number_text.h"
#include "app/model/label_set.h"

#include <algorithm>
#include <cmath>
#include <variant>

namespace holdfast::engine {

namespace {

constexpr std::int64_t kPoints = 60;

std::string flagState(bool on, bool forced)
{
    if (forced)
        return on ? "forced_on" : "forced_off";
    return on ? "on" : "off";
}

std::vector<double> valuesOf(const promql::Engine& engine, const std::string& expr, TimeRange span)
{
    const std::int64_t step = std::max<std::int64_t>(1000, (span.end - span.start) / kPoints);
    const auto result = engine.range(expr, span.start, span.end, step);
    if (!result.ok())
        return {};
    const auto* matrix = std::get_if<promql::Matrix>(&result->value);
    std::vector<double> values;
    if (matrix && !matrix->empty())
        for (const Sample& sample : matrix->front().samples)
            if (std::isfinite(sample.v))
                values.push_back(sample.v);
    return values;
}

double mean(const std::vector<double>& values)
{
    double sum = 0;
    for (const double value : values)
        sum += value;
    return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

}  // namespace

std::vector<control::ControlTarget> controlTargets(const scrape::TargetsSnapshot& snapshot)
{
    std::vector<control::ControlTarget> targets;
    for (const scrape::TargetStatus& target : snapshot.active)
        targets.push_back({.job = target.job,
                           .instance = target.instance,
                           .url = target.url,
                           .service = std::string(target.labels.get("service")),
                           .up = target.health == scrape::TargetHealth::Up});
    return targets;
}

control::MetricView metricView(const signals::FleetModel& fleet)
{
    control::MetricView view;
    for (const signals::BreakerReading& breaker : fleet.breakers) {
        for (const auto& [instance, state] : breaker.byInstance)
            if (state != signals::BreakerState::Unknown)
                view.readings.push_back({.service = breaker.service,
                                         .flag = false,
                                         .name = breaker.name,
                                         .instance = instance,
                                         .state = word(state),
                                         .atMs = fleet.atMs});
        view.rates.push_back({.service = breaker.service,
                              .name = breaker.name,
                              .callsPerS = breaker.callsPerS,
                              .refusedPerS = breaker.refusedPerS,
                              .failureRatio = breaker.failureRatio});
    }
    for (const signals::FlagReading& flag : fleet.flags)
        for (const auto& [instance, on] : flag.byInstance) {
            const auto forced = flag.forcedByInstance.find(instance);
            view.readings.push_back({.service = flag.service,
                                     .flag = true,
                                     .name = flag.name,
                                     .instance = instance,
                                     .state = flagState(on, forced != flag.forcedByInstance.end() && forced->second),
                                     .atMs = fleet.atMs});
        }
    return view;
}

std::vector<control::EffectSeries> effectSeries(const promql::Engine& engine, const std::string& service,
                                                TimeRange span)
{
    struct Signal {
        const char* name;
        const char* metric;
        const char* more;
    };
    constexpr Signal signals[] = {{"errors", "holdfast:errors:ratio", ""},
                                  {"p99", "holdfast:latency:quantile", ",quantile=\"0.99\""},
                                  {"requests", "holdfast:requests:rate", ""},
                                  {"headroom", "holdfast:headroom:ratio", ""}};
    const std::string selector = "{service=" + quotedLabelValue(service);
    std::vector<control::EffectSeries> found;
    for (const Signal& signal : signals) {
        control::EffectSeries series{.service = service,
                                     .signal = signal.name,
                                     .values = valuesOf(engine, signal.metric + selector + signal.more + "}", span)};
        if (!series.values.empty())
            found.push_back(std::move(series));
    }
    // The z-test of the error ratio needs counts: rate × time.
    const double seconds = static_cast<double>(span.end - span.start) / 1000.0;
    const auto requests = std::ranges::find(found, "requests", &control::EffectSeries::signal);
    const auto errors = std::ranges::find(found, "errors", &control::EffectSeries::signal);
    if (requests != found.end() && errors != found.end()) {
        errors->requests = mean(requests->values) * seconds;
        errors->errors = mean(errors->values) * errors->requests;
    }
    return found;
}

}  // namespace holdfast::engine
