#include "app/signals/service_page.h"

#include "app/base/duration.h"
#include "app/base/number_text.h"
#include "app/signals/expression.h"
#include "app/signals/judgement.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace holdfast::signals {

namespace {

// Guessed: every tenth call tried twice is where retries begin to be load of their own.
constexpr double kRetryLimit = 1.1;

class PageBuilder {
public:
    PageBuilder(const FleetModel& fleet, const ServiceRow& row, std::span<const Profile> profiles,
                const config::Config& config)
        : m_fleet(fleet), m_row(row), m_profiles(profiles), m_objectives(objectivesOf(config, row.name))
    {
    }

    ServiceDetail build()
    {
        m_page.row = m_row;
        addLatency();
        addErrorsAndRequests();
        addHeadroom();
        addQueueAndRetries();
        addSwitches();
        addNeighbours();
        return std::move(m_page);
    }

private:
    void addLatency();
    void addErrorsAndRequests();
    void addHeadroom();
    void addQueueAndRetries();
    void addSwitches();
    void addNeighbours();

    [[nodiscard]] const SignalOrigin* origin(std::string_view signal) const
    {
        const auto found = std::ranges::find(m_row.origins, signal, &SignalOrigin::signal);
        return found == m_row.origins.end() ? nullptr : &*found;
    }
    [[nodiscard]] const Profile* profile(const SignalOrigin& from) const
    {
        const auto found = std::ranges::find(m_profiles, from.profile, &Profile::name);
        return found == m_profiles.end() ? nullptr : &*found;
    }
    /// The profile's expression for this service only; empty where there is none.
    [[nodiscard]] std::string narrowed(std::string_view signal, std::string Profile::*expression) const
    {
        const SignalOrigin* from = origin(signal);
        const Profile* known = from == nullptr ? nullptr : profile(*from);
        if (known == nullptr || (known->*expression).empty())
            return {};
        return filledIn(
            known->*expression,
            {.by = joined(known->service, ", "), .match = from->match, .window = formatDuration(from->windowMs)});
    }
    [[nodiscard]] std::string ofService(const std::string& metric, const std::string& more = {}) const
    {
        return metric + "{" + matcher("service", {m_row.name}) + more + "}";
    }

    const FleetModel& m_fleet;
    const ServiceRow& m_row;
    const std::span<const Profile> m_profiles;
    const config::ServiceConfig m_objectives;
    ServiceDetail m_page;
};

std::string percentText(double ratio)
{
    std::string text;
    appendNumber(text, static_cast<double>(static_cast<std::int64_t>(ratio * 1e6 + 0.5)) / 1e4);
    return text + " %";
}

void PageBuilder::addLatency()
{
    const double limit = static_cast<double>(m_objectives.latencyMs) / 1000;
    Lane lane{.id = "latency", .title = "Latency", .unit = "seconds"};
    lane.limit = LaneLimit{limit, "SLO " + std::to_string(m_objectives.latencyMs) + " ms", "above"};
    Lane heatmap{.id = "heatmap", .title = "Latency heatmap", .unit = "seconds"};
    const std::string buckets = narrowed("latency", &Profile::latencyBuckets);
    const std::string mean = narrowed("mean", &Profile::latencyMean);
    if (!buckets.empty()) {
        const double scale = profile(*origin("latency"))->latencyScale;
        const std::string factor = scale == 1 ? "" : " * " + numberText(scale);
        for (const auto& [name, quantile, role] :
             {std::tuple{"p99", "0.99", "main"}, std::tuple{"p90", "0.9", "second"}, std::tuple{"p50", "0.5", "third"}})
            lane.queries.push_back(
                {name, std::string("histogram_quantile(") + quantile + ", " + buckets + ")" + factor, role});
        heatmap.heatmapExpr = narrowed("latency", &Profile::heatmap);
        heatmap.heatmapSlo = limit / scale;
    } else if (!mean.empty()) {
        lane.queries.push_back({"mean", mean, "main"});
        lane.missing = "No latency histogram in " + m_row.name + ", only a mean: slow requests hide in it.";
    } else {
        lane.missing = "No latency histogram found in " + m_row.name + ".";
    }
    if (heatmap.heatmapExpr.empty())
        heatmap.missing = "No latency histogram found in " + m_row.name + ".";
    m_page.lanes.push_back(std::move(lane));
    m_page.lanes.push_back(std::move(heatmap));
}

void PageBuilder::addErrorsAndRequests()
{
    const double budget = errorBudget(m_objectives);
    Lane errors{.id = "errors", .title = "Errors", .unit = "ratio"};
    errors.limit = LaneLimit{budget, "budget " + percentText(budget), "above"};
    Lane requests{.id = "requests", .title = "Requests", .unit = "per_second"};
    const std::string all = narrowed("requests", &Profile::requests);
    const std::string bad = narrowed("requests", &Profile::errors);
    if (all.empty()) {
        errors.missing = "No request counter found in " + m_row.name + ".";
        requests.missing = errors.missing;
    } else {
        requests.queries.push_back({"requests", all, "main"});
        if (bad.empty())
            errors.missing = "The requests of " + m_row.name + " do not tell which of them failed.";
        else
            errors.queries.push_back({"errors", "((" + bad + ") or (" + all + ") * 0) / ((" + all + ") > 0)", "main"});
    }
    m_page.lanes.push_back(std::move(errors));
    m_page.lanes.push_back(std::move(requests));
}

void PageBuilder::addHeadroom()
{
    Lane lane{.id = "headroom", .title = "Headroom", .unit = "ratio"};
    lane.limit = LaneLimit{kHeadroomLimit, "limit " + percentText(kHeadroomLimit), "below"};
    if (m_row.utilisation.empty() && m_row.headroom.state == ValueState::Absent) {
        lane.missing = "No utilisation with a known limit (CPU, memory, pool, queue) found in " + m_row.name + ".";
    } else {
        lane.queries.push_back({"headroom", ofService("holdfast:headroom:ratio"), "main"});
        lane.queries.push_back({"{{resource}}",
                                "clamp_min(1 - " + ofService("holdfast:util") + " / on (service, resource) "
                                    + ofService("holdfast:ceiling") + ", 0)",
                                "third"});
    }
    m_page.lanes.push_back(std::move(lane));
}

void PageBuilder::addQueueAndRetries()
{
    Lane queue{.id = "queue", .title = "Queue", .unit = "count"};
    if (const std::string expr = narrowed("queue", &Profile::queues); !expr.empty())
        queue.queries.push_back({"{{name}}", expr, "main"});
    else
        queue.missing = "No queue found in " + m_row.name + ".";
    Lane retries{.id = "retries", .title = "Retries", .unit = "multiple"};
    if (const std::string expr = narrowed("retries", &Profile::retries); !expr.empty()) {
        retries.limit = LaneLimit{kRetryLimit, "limit 1.1×", "above"};
        retries.queries.push_back({"attempts per call", expr, "main"});
    } else {
        retries.missing = "No retry metrics found in " + m_row.name + ".";
    }
    m_page.lanes.push_back(std::move(queue));
    m_page.lanes.push_back(std::move(retries));
}

void PageBuilder::addSwitches()
{
    for (const BreakerReading& breaker : m_fleet.breakers) {
        if (breaker.service != m_row.name)
            continue;
        const std::string only = "," + matcher("breaker", {breaker.name});
        m_page.breakers.push_back({.control = m_row.name + "/breaker/" + breaker.name,
                                   .name = breaker.name,
                                   .callee = breaker.callee,
                                   .stateExpr = "max(" + ofService("holdfast:breaker:state", only) + ")",
                                   .openExpr = "max(" + ofService("holdfast:breaker:open", only) + ")",
                                   .instancesExpr = "max(" + ofService("holdfast:breaker:instances", only) + ")"});
    }
    for (const FlagReading& flag : m_fleet.flags) {
        if (flag.service != m_row.name)
            continue;
        const std::string only = "," + matcher("flag", {flag.name});
        const std::string on = "max(" + ofService("holdfast:flag:on", only) + ")";
        // 0 off, 1 on by itself, 2 forced off, 3 forced on.
        m_page.flags.push_back(
            {.control = m_row.name + "/flag/" + flag.name,
             .name = flag.name,
             .stateExpr = on + " + 2 * (max(" + ofService("holdfast:flag:forced", only) + ") or " + on + " * 0)"});
    }
}

void PageBuilder::addNeighbours()
{
    if (const auto instances = m_fleet.instances.find(m_row.name); instances != m_fleet.instances.end())
        m_page.instances = instances->second;
    std::set<std::string> callers;
    std::set<std::string> callees;
    for (const Edge& edge : m_fleet.edges) {
        if (edge.callee == m_row.name)
            callers.insert(edge.caller);
        if (edge.caller == m_row.name)
            callees.insert(edge.callee);
    }
    m_page.callers.assign(callers.begin(), callers.end());
    m_page.callees.assign(callees.begin(), callees.end());
}

}  // namespace

ServiceDetail servicePage(const FleetModel& fleet, const ServiceRow& row, std::span<const Profile> profiles,
                          const config::Config& config)
{
    return PageBuilder(fleet, row, profiles, config).build();
}

}  // namespace holdfast::signals
