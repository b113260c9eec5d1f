#include "app/signals/fleet_builder.h"

#include "app/signals/expression.h"
#include "app/signals/judgement.h"
#include "app/signals/saturation.h"
#include "app/signals/service_parts.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

namespace holdfast::signals {

namespace {

constexpr std::size_t kMostGaps = 50;
constexpr std::int64_t kMissedScrapes = 4;  // each scrape writes `up`, whatever becomes of it

class FleetBuilder {
public:
    FleetBuilder(const SeriesReader& reader, const config::Config& config, const SlowFacts& facts)
        : m_reader(reader), m_config(config), m_facts(facts), m_names(config.holdfast), m_classes(scrapeClasses(config))
    {
    }

    Result<FleetModel> build()
    {
        m_model.atMs = m_reader.t();
        m_model.intervalMs = m_classes.front().intervalMs;
        HF_CHECK(readInstances());
        m_parts = readParts(m_reader, m_facts.active, m_classes, m_names);
        m_model.breakers = m_parts.breakers;
        m_model.flags = m_parts.flags;
        fillRows();
        fillLastKnown();
        makeEdges();
        for (ServiceRow& row : m_model.services)
            judge(row, objectivesOf(m_config, row.name), windowOf(row.name));
        m_model.profileGaps.insert(m_model.profileGaps.begin(), m_parts.failures.begin(), m_parts.failures.end());
        if (m_model.profileGaps.size() > kMostGaps)
            m_model.profileGaps.resize(kMostGaps);
        return std::move(m_model);
    }

private:
    Result<void> readInstances();
    [[nodiscard]] std::set<JobAndInstance> abandoned() const;
    [[nodiscard]] std::set<std::string> ownersOf(const JobAndInstance& key) const;
    void fillRows();
    void fillSignals(ServiceRow& row, const ServiceParts& parts);
    void fillLatency(ServiceRow& row, const ServiceParts& parts);
    void fillHeadroom(ServiceRow& row, const ServiceParts& parts);
    void fillInstances(ServiceRow& row);
    void fillBreakers(ServiceRow& row);
    void fillLastKnown();
    void makeEdges();
    [[nodiscard]] std::int64_t windowOf(const std::string& service) const;

    const SeriesReader& m_reader;
    const config::Config& m_config;
    const SlowFacts& m_facts;
    const ServiceNames m_names;
    const std::vector<ScrapeClass> m_classes;
    FleetModel m_model;
    Parts m_parts;
    std::map<std::string, std::int64_t> m_lastSampleMs;  ///< by service
};

std::int64_t FleetBuilder::windowOf(const std::string& service) const
{
    const auto parts = m_parts.services.find(service);
    return parts == m_parts.services.end() || parts->second.windowMs == 0 ? m_classes.front().windowMs
                                                                          : parts->second.windowMs;
}

/// The services an instance belongs to: those that its metrics name, else the one that all its siblings name (an
/// instance that is down names nothing), else its job.
std::set<std::string> FleetBuilder::ownersOf(const JobAndInstance& key) const
{
    if (const auto owners = m_facts.owners.find(key); owners != m_facts.owners.end())
        return owners->second;
    std::set<std::string> ofSiblings;
    for (auto sibling = m_facts.owners.lower_bound({key.first, ""});
         sibling != m_facts.owners.end() && sibling->first.first == key.first; ++sibling)
        ofSiblings.insert(sibling->second.begin(), sibling->second.end());
    if (ofSiblings.size() == 1)
        return ofSiblings;
    return {m_names.canonical(key.first)};
}

/// Instances of our own jobs that nobody scrapes any more: an engine that was killed leaves no end of their series, and
/// the look-back would count them for minutes. Of jobs that others write here we do not know how often they come.
std::set<JobAndInstance> FleetBuilder::abandoned() const
{
    std::set<JobAndInstance> out;
    const auto seen = m_reader.vector("max by (job, instance) (timestamp(up))");
    if (!seen.ok())
        return out;
    for (const auto& row : *seen) {
        const std::string_view job = row.labels->get("job");
        const auto scraped = std::ranges::find(m_config.scrapeConfigs, job, &config::ScrapeConfig::jobName);
        if (scraped == m_config.scrapeConfigs.end())
            continue;
        const auto ageMs = static_cast<double>(m_reader.t()) - row.sample.v * 1000;
        if (ageMs > static_cast<double>(kMissedScrapes * scraped->intervalMs))
            out.insert({std::string(job), std::string(row.labels->get("instance"))});
    }
    return out;
}

Result<void> FleetBuilder::readInstances()
{
    HF_TRY(const auto up, m_reader.vector("max by (job, instance) (up or holdfast_build_info)"));
    const std::set<JobAndInstance> gone = abandoned();
    for (const auto& row : up) {
        const JobAndInstance key{std::string(row.labels->get("job")), std::string(row.labels->get("instance"))};
        if (gone.contains(key))
            continue;
        for (const std::string& service : ownersOf(key)) {
            InstanceRow instance{
                .job = key.first, .instance = key.second, .up = row.sample.v > 0, .version = {}, .startedMs = {}};
            if (const auto version = m_facts.version.find({service, key.second}); version != m_facts.version.end())
                instance.version = version->second;
            if (const auto started = m_facts.startedMs.find({service, key.second}); started != m_facts.startedMs.end())
                instance.startedMs = started->second;
            m_model.instances[service].push_back(std::move(instance));
        }
    }
    const auto scraped =
        m_reader.vector("max by (job, instance) (timestamp(up == 1) or timestamp(holdfast_build_info))");
    if (!scraped.ok())
        return {};
    for (const auto& row : *scraped) {
        const JobAndInstance key{std::string(row.labels->get("job")), std::string(row.labels->get("instance"))};
        for (const std::string& service : ownersOf(key)) {
            std::int64_t& last = m_lastSampleMs[service];
            last = std::max(last, static_cast<std::int64_t>(std::llround(row.sample.v * 1000)));
        }
    }
    return {};
}

void FleetBuilder::fillRows()
{
    std::set<std::string> services;
    for (const auto& [service, instances] : m_model.instances)
        services.insert(service);
    for (const auto& [service, parts] : m_parts.services)
        services.insert(service);
    for (const auto& [service, objectives] : m_config.holdfast.services)
        services.insert(service);
    for (const std::string& service : services) {
        ServiceRow row;
        row.name = service;
        row.tier = objectivesOf(m_config, service).tier;
        fillInstances(row);
        if (const auto parts = m_parts.services.find(service); parts != m_parts.services.end())
            fillSignals(row, parts->second);
        fillBreakers(row);
        m_model.services.push_back(std::move(row));
    }
}

void FleetBuilder::fillInstances(ServiceRow& row)
{
    std::map<std::string, int> versions;
    for (const InstanceRow& instance : m_model.instances[row.name]) {
        ++row.instances;
        row.instancesUp += instance.up ? 1 : 0;
        if (!instance.version.empty())
            ++versions[instance.version];
    }
    if (!versions.empty())
        row.version = std::ranges::max_element(versions, {}, [](const auto& entry) { return entry.second; })->first;
    if (const auto last = m_lastSampleMs.find(row.name); last != m_lastSampleMs.end())
        row.lastSampleMs = last->second;
}

void FleetBuilder::fillSignals(ServiceRow& row, const ServiceParts& parts)
{
    row.profile = parts.profile;
    row.origins = parts.origins;
    row.retryAmplification = parts.retries;
    row.meanLatency = parts.mean;
    row.queueDepth = parts.queues;
    for (const auto& [queue, depth] : parts.queues)
        if (const auto trend = m_facts.queueTrend.find({row.name, queue}); trend != m_facts.queueTrend.end())
            if (trend->second < 0 && depth > 0)
                row.queueDrainS[queue] = depth / -trend->second;
    if (parts.requests) {
        row.requests.state = ValueState::Value;
        row.requests.value = parts.requests;
        row.errorRate = parts.errors;
        if (!row.errorRate) {
            row.errors.state = ValueState::Absent;
        } else if (*parts.requests > 0) {
            row.errors.state = ValueState::Value;
            row.errors.value = *row.errorRate / *parts.requests;
            row.errors.count = *parts.requests * static_cast<double>(parts.windowMs) / 1000;
        } else {
            row.errors.state = ValueState::NoTraffic;
        }
        if (const auto hour = m_facts.errorsLastHour.find(row.name); hour != m_facts.errorsLastHour.end())
            row.errors.burn = hour->second / errorBudget(objectivesOf(m_config, row.name));
    }
    fillLatency(row, parts);
    fillHeadroom(row, parts);
    const auto failed = [&](const char* signal, SignalValue& value) {
        const auto error = parts.errorOf.find(signal);
        if (value.state == ValueState::Absent && error != parts.errorOf.end()) {
            value.state = ValueState::Error;
            value.error = error->second;
        }
    };
    failed("requests", row.requests);
    failed("errors", row.errors);
    failed("latency", row.p99);
    failed("headroom", row.headroom);
}

void FleetBuilder::fillLatency(ServiceRow& row, const ServiceParts& parts)
{
    if (parts.buckets.empty()) {
        if (parts.requests)
            m_model.profileGaps.push_back(row.name + ": no latency histogram" + (parts.mean ? ", only a mean" : ""));
        return;
    }
    const auto p99 = bucketQuantile(0.99, parts.buckets);
    if (!p99) {
        row.p99.state = ValueState::NoTraffic;
        return;
    }
    // Source: fewer than 10 / (1 - q) samples leave fewer than ten above the quantile.
    const double count = parts.buckets.rbegin()->second * static_cast<double>(parts.windowMs) / 1000;
    row.p99.state = p99->above ? ValueState::Above : count < 10 / (1 - 0.99) ? ValueState::Few : ValueState::Value;
    row.p99.value = p99->value;
    row.p99.count = std::round(count);
    row.p99.lower = p99->lower;
    if (std::isfinite(p99->upper))
        row.p99.upper = p99->upper;
    if (const auto p90 = bucketQuantile(0.9, parts.buckets))
        row.p90 = p90->value;
    if (const auto p50 = bucketQuantile(0.5, parts.buckets))
        row.p50 = p50->value;
    row.slowRatio = shareAbove(static_cast<double>(objectivesOf(m_config, row.name).latencyMs) / 1000, parts.buckets);
}

void FleetBuilder::fillHeadroom(ServiceRow& row, const ServiceParts& parts)
{
    row.utilisation = parts.utilisation;
    row.ceilings = parts.ceilings;
    for (const auto& [resource, ceiling] : objectivesOf(m_config, row.name).ceilings)
        if (row.utilisation.contains(resource))
            row.ceilings[resource] = ceiling;
    for (const auto& [resource, used] : row.utilisation) {
        const double ceiling = row.ceilings[resource];
        const double left = std::clamp(1 - used / ceiling, 0.0, 1.0);
        if (!row.headroom.value || left < *row.headroom.value) {
            row.headroom.state = ValueState::Value;
            row.headroom.value = left;
            row.headroom.resource = resource;
        }
        const auto history = m_facts.utilisation.find({row.name, resource});
        if (history == m_facts.utilisation.end())
            continue;
        const auto full = timeToSaturation(history->second, used, ceiling, m_reader.t());
        if (full && (!row.headroom.minutes || full->minutes < *row.headroom.minutes)) {
            row.headroom.minutes = full->minutes;
            row.headroom.minutesLow = full->low;
            row.headroom.minutesHigh = full->high;
        }
    }
}

void FleetBuilder::fillBreakers(ServiceRow& row)
{
    BreakerSummary& sum = row.breakers;
    for (const BreakerReading& breaker : m_model.breakers) {
        if (breaker.service != row.name)
            continue;
        ++sum.total;
        const bool openItself = std::ranges::any_of(
            breaker.byInstance, [](const auto& entry) { return entry.second == BreakerState::Open; });
        sum.open += breaker.open > 0 ? 1 : 0;
        sum.halfOpen += breaker.open == 0 && breaker.halfOpen > 0 ? 1 : 0;
        sum.forced += breaker.forced > 0 ? 1 : 0;
        sum.unknown += breaker.state == BreakerState::Unknown ? 1 : 0;
        Severity severity = Severity::Normal;
        if (openItself)
            severity = Severity::Critical;
        else if (breaker.halfOpen > 0 || breaker.state == BreakerState::Disabled)
            severity = Severity::Warning;
        else if (breaker.state == BreakerState::Unknown)
            severity = Severity::Unknown;
        sum.severity = sum.total == 1 ? severity : worse(sum.severity, severity);
    }
    for (const FlagReading& flag : m_model.flags)
        row.flagsOn += flag.service == row.name && flag.on > 0 && flag.kind != "fault" ? 1 : 0;
}

/// A service that is scraped but tells nothing now may have told something before: that is shown with its age.
void FleetBuilder::fillLastKnown()
{
    const auto look = [this](SignalValue ServiceRow::*member, const std::string& selector) {
        std::vector<std::string> missing;
        for (const ServiceRow& row : m_model.services)
            if (row.instances > 0 && row.instancesUp < row.instances && (row.*member).state == ValueState::Absent)
                missing.push_back(row.name);
        if (missing.empty())
            return;
        const auto matrix = m_reader.samples(selector + matcher("service", missing) + "}[30m]");
        if (!matrix.ok())
            return;
        for (const auto& series : *matrix) {
            const auto row = std::ranges::find(m_model.services, series.labels->get("service"), &ServiceRow::name);
            if (row == m_model.services.end() || series.samples.empty())
                continue;
            SignalValue& value = (*row).*member;
            value.state = ValueState::Stale;
            value.value = series.samples.back().v;
            value.ageMs = m_reader.t() - series.samples.back().t;
        }
    };
    look(&ServiceRow::p99, "holdfast:latency:quantile{quantile=\"0.99\",");
    look(&ServiceRow::errors, "holdfast:errors:ratio{");
    look(&ServiceRow::requests, "holdfast:requests:rate{");
    look(&ServiceRow::headroom, "holdfast:headroom:ratio{");
}

void FleetBuilder::makeEdges()
{
    std::map<std::pair<std::string, std::string>, Edge> edges;
    for (const auto& [service, objectives] : m_config.holdfast.services)
        for (const std::string& callee : objectives.dependsOn)
            edges[{service, m_names.canonical(callee)}] = {.caller = service,
                                                           .callee = m_names.canonical(callee),
                                                           .source = "config",
                                                           .requests = {},
                                                           .errors = {},
                                                           .breaker = {}};
    for (const Edge& mesh : m_parts.meshEdges) {
        Edge& edge = edges[{mesh.caller, mesh.callee}];
        const std::string source = edge.source.empty() ? mesh.source : edge.source;
        edge = mesh;
        edge.source = source;
    }
    for (BreakerReading& breaker : m_model.breakers) {
        if (breaker.callee.empty() && m_model.find(m_names.canonical(breaker.name)) != nullptr)
            breaker.callee = m_names.canonical(breaker.name);
        if (breaker.callee.empty() || breaker.callee == breaker.service)
            continue;
        Edge& edge = edges[{breaker.service, breaker.callee}];
        edge.caller = breaker.service;
        edge.callee = breaker.callee;
        if (edge.source.empty())
            edge.source = "breaker";
        edge.breaker = breaker.service + "/breaker/" + breaker.name;
        if (!edge.requests)
            edge.requests = breaker.callsPerS;
        if (!edge.errors)
            edge.errors = breaker.failureRatio;
    }
    for (auto& [ends, edge] : edges)
        m_model.edges.push_back(std::move(edge));
}

}  // namespace

Result<FleetModel> buildFleet(const SeriesReader& reader, const config::Config& config, const SlowFacts& facts)
{
    return FleetBuilder(reader, config, facts).build();
}

}  // namespace holdfast::signals
