#include "app/control/control_book.h"

#include "app/config/load_config.h"
#include "app/control/control_words.h"

#include <re2/re2.h>

#include <algorithm>
#include <set>
#include <tuple>

namespace holdfast::control {

namespace {

constexpr std::size_t kPollsUntilStale = 3;

resilience::BreakerConfig pollBreaker()
{
    resilience::BreakerConfig config;
    config.window = resilience::WindowKind::Count;
    config.windowSize = 3;
    config.minimumCalls = 3;
    config.failureRate = 1.0;
    config.openMs = 10'000;
    config.probes = 1;
    return config;
}

class EndpointResolver {
public:
    EndpointResolver(const config::ControlGroupConfig& group, std::int64_t timeoutMs, const EndpointMap& known,
                     const Clock& clock)
        : m_group(group), m_timeoutMs(timeoutMs), m_known(known), m_clock(clock)
    {
    }

    Result<void> addTo(EndpointMap& out, const std::vector<ControlTarget>& targets)
    {
        HF_TRY(m_adapter, makeAdapter(m_group));
        HF_TRY(m_verifier, makeVerifier(m_group));
        if (!m_group.readToken.empty()) {
            HF_TRY(m_readToken, config::secretText(m_group.readToken));
        }
        if (!m_group.actToken.empty()) {
            HF_TRY(m_actToken, config::secretText(m_group.actToken));
        }
        for (const std::string& fixed : m_group.endpoints)
            add(out, {}, fixed, fixed, 0);
        if (m_group.jobRegex.empty())
            return {};
        const RE2 jobs(m_group.jobRegex, RE2::Quiet);
        if (!jobs.ok())
            return Error{"\"" + m_group.jobRegex + "\" is no regular expression: " + jobs.error(), ErrorKind::BadInput};
        for (const ControlTarget& target : targets)
            if (RE2::FullMatch(target.job, jobs))
                add(out, target.job, target.instance, target.url, target.intervalMs);
        return {};
    }

private:
    void add(EndpointMap& out, const std::string& job, const std::string& instance, const std::string& url,
             std::int64_t intervalMs)
    {
        const EndpointKey key{m_group.name, instance};
        EndpointState state;
        if (const auto known = m_known.find(key); known != m_known.end())
            state = known->second;
        if (!state.breaker)
            state.breaker =
                std::make_shared<resilience::CircuitBreaker>("control " + instance, instance, pollBreaker(), m_clock);
        state.adapter = m_adapter;
        state.verifier = m_verifier;
        state.endpoint = {.group = m_group.name,
                          .job = job,
                          .instance = instance,
                          .address = url,
                          .url = m_adapter->urlFor(url, m_group.path),
                          .readToken = m_readToken,
                          .actToken = m_actToken,
                          .timeoutMs = m_timeoutMs,
                          .intervalMs = intervalMs};
        out[key] = std::move(state);
    }

    const config::ControlGroupConfig& m_group;
    const std::int64_t m_timeoutMs;
    const EndpointMap& m_known;
    const Clock& m_clock;
    AdapterPtr m_adapter;
    VerifierPtr m_verifier;
    std::string m_readToken, m_actToken;
};

using MetricKey = std::tuple<std::string, bool, std::string, std::string>;  ///< service, flag, name, instance

/// The row of a state among those of its shape; what the shape does not know (a number, a text) is above nothing.
int rankOf(const ControlShape& shape, const std::string& state)
{
    if (state.empty())
        return -1;
    const StateInfo* info = shape.find(state);
    if (info != nullptr)
        return static_cast<int>(info - shape.states.data()) + 1;
    return shape.number || shape.mostText > 0 ? 0 : -1;
}

std::string wordOf(const ControlShape& shape, const std::string& state)
{
    if (const StateInfo* info = shape.find(state))
        return info->word;
    return shape.number && !shape.number->unit.empty() ? state + " " + shape.number->unit : state;
}

class PointBuilder {
public:
    explicit PointBuilder(const BookInput& input) : m_input(input)
    {
        for (const MetricReading& reading : input.metrics.readings)
            m_metrics[{reading.service, reading.flag, reading.name, reading.instance}] = &reading;
        for (const MetricRates& rates : input.metrics.rates)
            m_rates[{rates.service, rates.name}] = &rates;
        for (const LeaseRecord& lease : input.leases)
            m_leases[lease.control] = &lease;
        for (const auto& group : input.config.holdfast.controls)
            m_groups[group.name] = &group;
    }

    std::map<std::string, ControlPoint> build()
    {
        for (const auto& [key, state] : m_input.endpoints)
            for (const Reading& reading : state.listing.readings)
                add(state, reading);
        for (auto& [id, point] : m_points)
            finish(point);
        return std::move(m_points);
    }

private:
    void add(const EndpointState& state, const Reading& reading);
    [[nodiscard]] InstanceObservation observe(const EndpointState& state, const std::string& service,
                                              const Reading& reading) const;
    void finish(ControlPoint& point) const;
    void fillRates(ControlPoint& point) const;
    [[nodiscard]] std::string blastOf(const ControlPoint& point, const config::ControlGroupConfig& group) const;
    [[nodiscard]] std::string lockOf(const ControlPoint& point) const;
    [[nodiscard]] bool fresh(std::int64_t atMs) const
    {
        return atMs > 0 && m_input.nowMs - atMs <= static_cast<std::int64_t>(kPollsUntilStale) * m_input.pollMs;
    }

    const BookInput& m_input;
    std::map<MetricKey, const MetricReading*> m_metrics;
    std::map<std::pair<std::string, std::string>, const MetricRates*> m_rates;  ///< service, name
    std::map<std::string, const LeaseRecord*> m_leases;
    std::map<std::string, const config::ControlGroupConfig*> m_groups;
    std::map<std::string, ControlPoint> m_points;
};

void PointBuilder::add(const EndpointState& state, const Reading& reading)
{
    const std::string service = serviceOf(state, reading);
    const std::string id = controlId(service, reading.key);
    ControlPoint& point = m_points[id];
    if (point.id.empty()) {
        point.id = id;
        point.kind = reading.key.kind;
        point.service = service;
        point.name = reading.key.name;
        point.group = state.endpoint.group;
        point.shape = state.adapter->shape(reading);
        point.scope = state.adapter->scope();
        point.nativeTtl = point.shape->nativeHold;
        point.options = point.shape->options;
    }
    if (!reading.callee.empty())
        point.callee = reading.callee;
    if (!reading.effect.empty())
        point.effect = reading.effect;
    if (!reading.flagKind.empty())
        point.flagKind = reading.flagKind;
    if (!reading.locked.empty())
        point.locked = reading.locked;
    else if (!point.shape->readOnly.empty())
        point.locked = point.shape->readOnly;
    if (!reading.computed.empty())
        point.computed = reading.computed;
    if (reading.failureRatio)
        point.failureRatio = std::max(point.failureRatio.value_or(0), *reading.failureRatio);
    point.instances.push_back(observe(state, service, reading));
}

InstanceObservation PointBuilder::observe(const EndpointState& state, const std::string& service,
                                          const Reading& reading) const
{
    InstanceObservation seen{.instance = state.endpoint.instance,
                             .state = reading.state,
                             .mode = reading.mode,
                             .quality = Quality::Stale,
                             .observedMs = state.listedMs,
                             .error = state.error};
    const auto metric =
        m_metrics.find({service, reading.key.kind == Kind::Flag, reading.key.name, state.endpoint.instance});
    const bool metricFresh = metric != m_metrics.end() && fresh(metric->second->atMs);
    if (metricFresh)
        seen.metrics = metric->second->state;
    if (fresh(state.listedMs) && state.error.empty()) {
        seen.quality = metricFresh && metric->second->state == reading.state ? Quality::Confirmed : Quality::Inferred;
    } else if (metricFresh) {
        // The endpoint is silent; the metrics of the same instance still tell what it does, not what was asked of it.
        seen.quality = Quality::Inferred;
        seen.state = metric->second->state;
        seen.mode.clear();
        seen.observedMs = metric->second->atMs;
    }
    return seen;
}

void PointBuilder::finish(ControlPoint& point) const
{
    point.n = static_cast<int>(point.instances.size());
    int worst = -1;
    point.quality = Quality::Confirmed;
    for (const InstanceObservation& seen : point.instances) {
        point.observedMs = std::max(point.observedMs, seen.observedMs);
        point.quality = std::min(point.quality, seen.quality);
        const int rank = seen.quality == Quality::Stale ? -1 : rankOf(*point.shape, seen.state);
        if (rank > worst) {
            worst = rank;
            point.state = seen.state;
        }
    }
    if (worst < 0) {
        point.state.clear();
        point.word = point.observedMs == 0
                         ? std::string("UNKNOWN – never read")
                         : "UNKNOWN – not read for " + holdText((m_input.nowMs - point.observedMs) / 1000);
    } else {
        point.word = wordOf(*point.shape, point.state);
        const StateInfo* info = point.shape->find(point.state);
        point.meaning = info == nullptr ? Meaning::Unknown : info->meaning;
        point.forced = info != nullptr && info->forced;
    }
    point.k = static_cast<int>(std::ranges::count_if(point.instances, [&](const InstanceObservation& seen) {
        return seen.quality != Quality::Stale && seen.state == point.state;
    }));
    point.wanted = point.shape->resting;
    if (const auto lease = m_leases.find(point.id); lease != m_leases.end()) {
        point.wanted = lease->second->wanted;
        point.lease = leaseView(*lease->second);
    }
    fillRates(point);
    if (const auto group = m_groups.find(point.group); group != m_groups.end()) {
        point.adapter = group->second->adapter;
        point.maxHoldS = group->second->maxHoldMs / 1000;
        point.blast = blastOf(point, *group->second);
    }
    if (point.locked.empty())
        point.locked = lockOf(point);
}

void PointBuilder::fillRates(ControlPoint& point) const
{
    const auto rates = m_rates.find({point.service, point.name});
    if (rates == m_rates.end() || point.kind != Kind::Breaker)
        return;
    point.refusedPerS = rates->second->refusedPerS;
    if (!point.failureRatio)
        point.failureRatio = rates->second->failureRatio;
}

std::string PointBuilder::blastOf(const ControlPoint& point, const config::ControlGroupConfig& group) const
{
    const auto named = [&group](const std::string& name) {
        return std::ranges::find(group.highBlast, name) != group.highBlast.end();
    };
    if (named(point.id) || named(point.name) || (!point.callee.empty() && named(point.callee)))
        return "high";
    const auto service = m_input.config.holdfast.services.find(point.service);
    const bool tierOne = service != m_input.config.holdfast.services.end() && service->second.tier == 1;
    return tierOne && point.kind == Kind::Breaker ? "high" : "low";
}

std::string PointBuilder::lockOf(const ControlPoint& point) const
{
    const auto armed = m_input.armed.find(point.group);
    if (armed == m_input.armed.end() || !armed->second)
        return "Controls of group " + point.group + " are not armed.";
    if (std::ranges::none_of(point.instances, [](const InstanceObservation& seen) {
            return seen.quality >= Quality::Inferred && !seen.mode.empty();
        }))
        return "No instance can be read back: "
               + (point.instances.empty() ? "none is known" : point.instances.front().error) + ".";
    return {};
}

}  // namespace

EndpointMap resolveEndpoints(const config::Config& config, const std::vector<ControlTarget>& targets,
                             std::int64_t timeoutMs, const EndpointMap& known, const Clock& clock,
                             std::map<std::string, std::string>& problems)
{
    EndpointMap endpoints;
    problems.clear();
    for (const auto& group : config.holdfast.controls) {
        const auto added = EndpointResolver(group, timeoutMs, known, clock).addTo(endpoints, targets);
        if (!added.ok())
            problems[group.name] = added.error().message;
    }
    return endpoints;
}

std::string serviceOf(const EndpointState& state, const Reading& reading)
{
    if (!reading.service.empty())
        return reading.service;
    return state.listing.service.empty() ? (state.endpoint.job.empty() ? state.endpoint.group : state.endpoint.job)
                                         : state.listing.service;
}

std::string controlId(const std::string& service, const ControlKey& key)
{
    return service + "/" + word(key.kind) + "/" + key.name;
}

std::map<std::string, ControlPoint> controlPoints(const BookInput& input)
{
    return PointBuilder(input).build();
}

LeaseView leaseView(const LeaseRecord& lease)
{
    LeaseView view;
    view.id = lease.id;
    view.action = lease.action;
    view.control = lease.control;
    // Only breakers and flags have words of their own; a server is held in maint, a limit at 5.
    view.word = stateRank(lease.kind, lease.wanted) < 0 ? modeText(lease.wanted) : stateWord(lease.kind, lease.wanted);
    view.n = static_cast<int>(lease.instances.size());
    view.k =
        static_cast<int>(std::ranges::count_if(lease.instances, [](const auto& entry) { return entry.second.ours; }));
    view.untilMs = lease.untilMs;
    view.actor = lease.actor;
    view.reason = lease.reason;
    view.keeper = lease.keeper;
    view.state = lease.state;
    view.drifted = view.n - view.k;
    view.verifiedMs = lease.verifiedMs;
    view.untilRecovered = lease.untilRecovered;
    view.calmSinceMs = lease.calmSinceMs;
    return view;
}

bool isFree(const LeaseRecord& lease, const std::string& instance, const Reading& reading)
{
    if (!lease.resting.empty() && reading.mode == lease.resting)
        return true;
    const auto held = lease.instances.find(instance);
    return held != lease.instances.end() && reading.mode == held->second.before.mode && reading.mode != lease.wanted;
}

bool isOurs(const LeaseRecord& lease, const Reading& reading)
{
    if (reading.mode != lease.wanted)
        return false;
    return reading.holdRequest.empty()
           || std::ranges::find(lease.requestIds, reading.holdRequest) != lease.requestIds.end();
}

}  // namespace holdfast::control
