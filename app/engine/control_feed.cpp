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
                           .up = target.health == scrape::TargetHealth::Up,
                           .intervalMs = target.intervalMs});
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

std::optional<double> valueNow(const promql::Engine& engine, const std::string& expr, std::int64_t nowMs)
{
    const auto result = engine.instant(expr, nowMs);
    if (!result.ok())
        return std::nullopt;
    if (const auto* scalar = std::get_if<promql::ScalarValue>(&result->value))
        return scalar->sample.v;
    const auto* vector = std::get_if<promql::InstantVector>(&result->value);
    if (vector == nullptr || vector->empty() || !std::isfinite(vector->front().sample.v))
        return std::nullopt;
    return vector->front().sample.v;
}

std::optional<bool> withinObjective(const signals::FleetModel& fleet, const config::Config& config,
                                    const std::string& service)
{
    const signals::ServiceRow* row = fleet.find(service);
    if (row == nullptr)
        return std::nullopt;
    config::ServiceConfig objective;
    if (const auto known = config.holdfast.services.find(service); known != config.holdfast.services.end())
        objective = known->second;
    std::optional<bool> within;
    if (row->errors.value)
        within = *row->errors.value <= 1 - objective.availability;
    if (row->p99.value)
        within = within.value_or(true) && *row->p99.value * 1000 <= static_cast<double>(objective.latencyMs);
    return within;
}

control::PathView pathView(const signals::FleetModel& fleet, const std::string& caller, const std::string& callee)
{
    control::PathView path;
    const auto rateOf = [&fleet](const std::string& name) -> std::optional<double> {
        const signals::ServiceRow* row = fleet.find(name);
        return row == nullptr ? std::nullopt : row->requests.value;
    };
    path.callerRate = rateOf(caller);
    path.calleeRate = rateOf(callee);
    if (const signals::ServiceRow* row = fleet.find(callee)) {
        path.headroom = row->headroom.value;
        double tightest = -1;
        for (const auto& [resource, used] : row->utilisation) {
            const auto ceiling = row->ceilings.find(resource);
            const double share = ceiling == row->ceilings.end() || ceiling->second <= 0 ? used : used / ceiling->second;
            if (share > tightest) {
                tightest = share;
                path.resource = resource;
            }
        }
    }
    // Upwards from the call: the greatest product of shares with which each service's requests pass it.
    std::map<std::string, double> share;
    const auto edgeShare = [&](const signals::Edge& edge) -> std::optional<double> {
        // Where the call itself is not counted: no caller sends more than all that the callee gets.
        const auto all = rateOf(edge.caller);
        const auto calls = edge.requests ? edge.requests : rateOf(edge.callee);
        if (!calls || !all || *all <= 0)
            return std::nullopt;
        return std::min(1.0, *calls / *all);
    };
    for (const signals::Edge& edge : fleet.edges)
        if (edge.caller == caller && edge.callee == callee)
            if (const auto part = edgeShare(edge))
                share[caller] = std::max(share[caller], *part);
    if (!share.empty())
        for (std::size_t round = 0; round < fleet.services.size(); ++round) {
            bool grew = false;
            for (const signals::Edge& edge : fleet.edges) {
                const auto below = share.find(edge.callee);
                const auto part = edgeShare(edge);
                if (below == share.end() || !part || edge.caller == callee)
                    continue;
                const double through = *part * below->second;
                if (through > share[edge.caller] + 1e-12) {
                    share[edge.caller] = through;
                    grew = true;
                }
            }
            if (!grew)
                break;
        }
    for (const auto& [service, part] : share) {
        path.services.push_back(service);
        // Who is called by nobody that is asked anything itself: a load generator or a browser stands outside.
        const bool entrance = std::ranges::none_of(fleet.edges, [&, &service = service](const signals::Edge& edge) {
            return edge.callee == service && rateOf(edge.caller);
        });
        if (entrance && part > path.usersAtMost.value_or(-1)) {
            path.usersAtMost = part;
            path.entrance = service;
        }
    }
    path.services.push_back(callee);
    return path;
}

std::optional<double> linearFit(const promql::Engine& engine, const std::string& service, std::int64_t nowMs)
{
    constexpr std::int64_t kHourMs = 3'600'000;
    constexpr std::size_t kLeast = 10;
    const std::string selector = "{service=" + quotedLabelValue(service) + "}";
    const TimeRange hour{nowMs - kHourMs, nowMs};
    const auto rate =
        valuesOf(engine, "holdfast:requests:rate" + selector + " and holdfast:headroom:ratio" + selector, hour);
    const auto room =
        valuesOf(engine, "holdfast:headroom:ratio" + selector + " and holdfast:requests:rate" + selector, hour);
    if (rate.size() != room.size() || rate.size() < kLeast)
        return std::nullopt;
    const double meanRate = mean(rate);
    const double meanRoom = mean(room);
    double both = 0;
    double ofRate = 0;
    double ofRoom = 0;
    for (std::size_t i = 0; i < rate.size(); ++i) {
        both += (rate[i] - meanRate) * (room[i] - meanRoom);
        ofRate += (rate[i] - meanRate) * (rate[i] - meanRate);
        ofRoom += (room[i] - meanRoom) * (room[i] - meanRoom);
    }
    if (ofRate <= 0 || ofRoom <= 0)
        return std::nullopt;
    return both * both / (ofRate * ofRoom);
}

}  // namespace holdfast::engine
