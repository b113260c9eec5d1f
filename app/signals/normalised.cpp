#include "app/signals/normalised.h"

#include "app/signals/judgement.h"

#include <cmath>
#include <optional>
#include <utility>

namespace holdfast::signals {

namespace {

class Normaliser {
public:
    std::vector<NormalisedSample> samples;

    void add(const char* name, std::vector<Label> labels, std::optional<double> value)
    {
        if (!value || !std::isfinite(*value))
            return;
        labels.push_back({std::string(kMetricName), name});
        samples.push_back({LabelSet(std::move(labels)), *value});
    }

    void addRow(const ServiceRow& row)
    {
        const auto of = [&row](std::vector<Label> more = {}) {
            more.push_back({"service", row.name});
            return more;
        };
        const auto known = [](const SignalValue& signal) -> std::optional<double> {
            return signal.state == ValueState::Stale || signal.state == ValueState::Error ? std::nullopt : signal.value;
        };
        add("holdfast:requests:rate", of(), known(row.requests));
        add("holdfast:errors:ratio", of(), known(row.errors));
        add("holdfast:errors:rate", of(), row.errorRate);
        add("holdfast:latency:quantile", of({{"quantile", "0.5"}}), row.p50);
        add("holdfast:latency:quantile", of({{"quantile", "0.9"}}), row.p90);
        add("holdfast:latency:quantile", of({{"quantile", "0.99"}}), known(row.p99));
        add("holdfast:latency:slow_ratio", of(), row.slowRatio);
        add("holdfast:headroom:ratio", of(), known(row.headroom));
        add("holdfast:headroom:minutes", of(), row.headroom.minutes);
        for (const auto& [resource, used] : row.utilisation)
            add("holdfast:util", of({{"resource", resource}}), used);
        for (const auto& [resource, ceiling] : row.ceilings)
            add("holdfast:ceiling", of({{"resource", resource}}), ceiling);
        for (const auto& [queue, depth] : row.queueDepth)
            add("holdfast:queue:depth", of({{"queue", queue}}), depth);
        add("holdfast:retry:amplification", of(), row.retryAmplification);
    }

    void addBreaker(const BreakerReading& breaker)
    {
        const std::vector<Label> labels{
            {"service", breaker.service}, {"breaker", breaker.name}, {"callee", breaker.callee}};
        if (breaker.instances == 0)
            return;
        add("holdfast:breaker:state", labels, static_cast<double>(breaker.state));
        add("holdfast:breaker:open", labels, breaker.open);
        add("holdfast:breaker:forced", labels, breaker.forced);
        add("holdfast:breaker:instances", labels, breaker.instances);
    }

    void addEdge(const Edge& edge)
    {
        const std::vector<Label> labels{{"service", edge.caller}, {"callee", edge.callee}};
        add("holdfast:edge:requests", labels, edge.requests);
        add("holdfast:edge:errors_ratio", labels, edge.errors);
    }
};

}  // namespace

std::vector<NormalisedSample> normalised(const FleetModel& fleet, const config::Config& config,
                                         const std::map<std::string, double>& history)
{
    Normaliser out;
    for (const ServiceRow& row : fleet.services) {
        out.addRow(row);
        const config::ServiceConfig objectives = objectivesOf(config, row.name);
        const std::vector<Label> labels{{"service", row.name}};
        out.add("holdfast:slo_objective", labels, objectives.availability);
        out.add("holdfast:latency_objective", labels, objectives.latencyObjective);
        out.add("holdfast:latency_limit_seconds", labels, static_cast<double>(objectives.latencyMs) / 1000);
        out.add("holdfast:tier", labels, objectives.tier);
        if (const auto known = history.find(row.name); known != history.end())
            out.add("holdfast_history_seconds", labels, known->second);
    }
    for (const BreakerReading& breaker : fleet.breakers)
        out.addBreaker(breaker);
    for (const FlagReading& flag : fleet.flags) {
        if (flag.instances == 0)
            continue;
        const std::vector<Label> labels{{"service", flag.service}, {"flag", flag.name}};
        out.add("holdfast:flag:on", labels, flag.on > 0 ? 1 : 0);
        out.add("holdfast:flag:forced", labels, flag.forced > 0 ? 1 : 0);
    }
    for (const Edge& edge : fleet.edges)
        out.addEdge(edge);
    return std::move(out.samples);
}

}  // namespace holdfast::signals
