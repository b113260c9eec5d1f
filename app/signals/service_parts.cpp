#include "app/signals/service_parts.h"

#include "app/base/duration.h"
#include "app/base/number_text.h"
#include "app/signals/expression.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <tuple>
#include <utility>

namespace holdfast::signals {

namespace {

/// A service as one profile saw it, before it is known which profile wins.
struct ProfileView {
    ServiceParts parts;
    std::map<std::string, std::set<std::string>> labels;  ///< label that named it → raw values
};

/// One profile's queries at one time.
class ProfileReading {
public:
    ProfileReading(const SeriesReader& reader, const Profile& profile, std::span<const ScrapeClass> classes,
                   const ServiceNames& names, Parts& out)
        : m_reader(reader), m_profile(profile), m_classes(classes), m_names(names), m_out(out)
    {
    }

    void run()
    {
        readGoldenSignals();
        readResources();
        readBreakers();
        readFlags();
        readEdges();
        merge();
    }

private:
    using Take = std::function<void(const std::string& service, const LabelSet& labels, double value)>;

    void readGoldenSignals();
    void readResources();
    void readBreakers();
    void readBreakerRates();
    void readFlags();
    void readEdges();
    void merge();

    /// Runs the expression for each scrape class and hands each row with its service to `take`.
    void each(const std::string& signal, const std::string& expression, const Take& take);
    ServiceParts& parts(const std::string& service) { return m_views[service].parts; }
    [[nodiscard]] std::string matchOf(const ProfileView& view) const;
    [[nodiscard]] BreakerReading& breaker(const std::string& service, const LabelSet& labels);

    const SeriesReader& m_reader;
    const Profile& m_profile;
    const std::span<const ScrapeClass> m_classes;
    const ServiceNames& m_names;
    Parts& m_out;
    std::map<std::string, ProfileView> m_views;
    std::map<ServiceAndPart, BreakerReading> m_breakers;
    std::map<ServiceAndPart, FlagReading> m_flags;
    std::set<std::pair<std::string, std::string>> m_signals;  ///< service, signal: where rows came from
    std::map<std::string, std::string> m_failed;              ///< signal → error
};

void ProfileReading::each(const std::string& signal, const std::string& expression, const Take& take)
{
    if (expression.empty())
        return;
    for (const ScrapeClass& scrape : m_classes) {
        const auto rows = m_reader.vector(filledIn(
            expression,
            {.by = joined(m_profile.service, ", "), .match = scrape.match, .window = formatDuration(scrape.windowMs)}));
        if (!rows.ok()) {
            m_failed[signal] = rows.error().message;
            m_out.failures.push_back(m_profile.name + ": " + signal + ": " + rows.error().message);
            return;
        }
        m_out.answered = true;
        for (const auto& row : *rows) {
            const auto [label, raw] = serviceLabel(m_profile, *row.labels);
            if (raw.empty())
                continue;
            const std::string service = m_names.canonical(raw);
            ProfileView& view = m_views[service];
            view.labels[label].insert(raw);
            view.parts.windowMs = scrape.windowMs;
            m_signals.emplace(service, signal);
            take(service, *row.labels, row.sample.v);
        }
    }
}

void ProfileReading::readGoldenSignals()
{
    const auto sumInto = [this](std::optional<double> ServiceParts::*member) {
        return [this, member](const std::string& service, const LabelSet&, double value) {
            auto& sum = parts(service).*member;
            sum = sum.value_or(0) + value;
        };
    };
    each("requests", m_profile.requests, sumInto(&ServiceParts::requests));
    each("errors", m_profile.errors, sumInto(&ServiceParts::errors));
    each("latency", m_profile.latencyBuckets, [this](const std::string& service, const LabelSet& labels, double value) {
        if (const auto bound = parseDouble(labels.get("le")))
            parts(service).buckets[*bound * m_profile.latencyScale] += value;
    });
    const auto maxInto = [this](std::optional<double> ServiceParts::*member) {
        return [this, member](const std::string& service, const LabelSet&, double value) {
            auto& most = parts(service).*member;
            most = std::max(most.value_or(value), value);
        };
    };
    each("mean", m_profile.latencyMean, maxInto(&ServiceParts::mean));
    each("retries", m_profile.retries, maxInto(&ServiceParts::retries));
}

void ProfileReading::readResources()
{
    for (const ResourceRule& rule : m_profile.resources) {
        each("headroom", rule.expr, [&](const std::string& service, const LabelSet& labels, double value) {
            std::string resource = rule.resource;
            if (const auto at = resource.find("$name"); at != std::string::npos)
                resource.replace(at, 5, labels.get("name"));
            ServiceParts& mine = parts(service);
            const auto [entry, isNew] = mine.utilisation.try_emplace(resource, value);
            entry->second = std::max(entry->second, value);
            mine.ceilings[resource] = rule.ceiling;
        });
    }
    each("queue", m_profile.queues, [this](const std::string& service, const LabelSet& labels, double value) {
        const std::string_view name = labels.get("name");
        parts(service).queues[name.empty() ? "queue" : std::string(name)] += value;
    });
}

BreakerReading& ProfileReading::breaker(const std::string& service, const LabelSet& labels)
{
    const std::string name(labels.get("name"));
    BreakerReading& reading = m_breakers[{service, name}];
    reading.service = service;
    reading.name = name;
    if (const std::string_view callee = labels.get("callee"); !callee.empty())
        reading.callee = m_names.canonical(callee);
    return reading;
}

void ProfileReading::readBreakers()
{
    each("breakers", m_profile.breakerState, [this](const std::string& service, const LabelSet& labels, double value) {
        BreakerReading& reading = breaker(service, labels);
        BreakerState& state =
            reading.byInstance.try_emplace(std::string(labels.get("instance")), BreakerState::Unknown).first->second;
        if (!m_profile.breakerNumbers.empty()) {
            const auto code = m_profile.breakerNumbers.find(value);
            state = std::max(state, code == m_profile.breakerNumbers.end() ? BreakerState::Unknown : code->second);
        } else if (value >= 0.5) {
            const auto known = m_profile.breakerStates.find(labels.get("state"));
            state = std::max(state, known == m_profile.breakerStates.end() ? BreakerState::Unknown : known->second);
        }
    });
    readBreakerRates();
}

void ProfileReading::readBreakerRates()
{
    const auto known = [this](const std::string& service, const LabelSet& labels) -> BreakerReading* {
        const auto found = m_breakers.find({service, std::string(labels.get("name"))});
        return found == m_breakers.end() ? nullptr : &found->second;
    };
    const auto into = [&](std::optional<double> BreakerReading::*member) {
        return [known, member](const std::string& service, const LabelSet& labels, double value) {
            if (BreakerReading* reading = known(service, labels))
                reading->*member = (reading->*member).value_or(0) + value;
        };
    };
    each("breakers", m_profile.breakerCalls, into(&BreakerReading::callsPerS));
    each("breakers", m_profile.breakerRefused, into(&BreakerReading::refusedPerS));
    std::map<ServiceAndPart, double> permitted;
    each("breakers", m_profile.breakerPermitted, [&](const std::string& service, const LabelSet& labels, double value) {
        permitted[{service, std::string(labels.get("name"))}] += value;
    });
    std::map<ServiceAndPart, double> failed;
    each("breakers", m_profile.breakerFailed, [&](const std::string& service, const LabelSet& labels, double value) {
        failed[{service, std::string(labels.get("name"))}] += value;
    });
    for (auto& [key, reading] : m_breakers)
        if (const auto calls = permitted.find(key); calls != permitted.end() && calls->second > 0)
            reading.failureRatio = failed.contains(key) ? failed[key] / calls->second : 0;
}

void ProfileReading::readFlags()
{
    const auto flag = [this](const std::string& service, const LabelSet& labels) -> FlagReading& {
        const std::string name(labels.get("name"));
        FlagReading& reading = m_flags[{service, name}];
        reading.service = service;
        reading.name = name;
        if (const std::string_view kind = labels.get("kind"); !kind.empty())
            reading.kind = kind;
        return reading;
    };
    each("flags", m_profile.flagsOn, [&](const std::string& service, const LabelSet& labels, double value) {
        flag(service, labels).byInstance[std::string(labels.get("instance"))] = value >= 0.5;
    });
    each("flags", m_profile.flagsForced, [&](const std::string& service, const LabelSet& labels, double value) {
        flag(service, labels).forcedByInstance[std::string(labels.get("instance"))] = value >= 0.5;
    });
}

void ProfileReading::readEdges()
{
    std::map<std::pair<std::string, std::string>, Edge> edges;
    const auto read = [&](const std::string& expression, bool errors) {
        if (expression.empty())
            return;
        for (const ScrapeClass& scrape : m_classes) {
            const auto rows = m_reader.vector(filledIn(expression, {.by = joined(m_profile.service, ", "),
                                                                    .match = scrape.match,
                                                                    .window = formatDuration(scrape.windowMs)}));
            if (!rows.ok()) {
                m_out.failures.push_back(m_profile.name + ": edges: " + rows.error().message);
                return;
            }
            for (const auto& row : *rows) {
                const std::string caller = m_names.canonical(row.labels->get("caller"));
                const std::string callee = m_names.canonical(row.labels->get("callee"));
                if (caller.empty() || callee.empty())
                    continue;
                Edge& edge = edges[{caller, callee}];
                edge.caller = caller;
                edge.callee = callee;
                edge.source = "mesh";
                auto& sum = errors ? edge.errors : edge.requests;
                sum = sum.value_or(0) + row.sample.v;
            }
        }
    };
    read(m_profile.edgeRequests, false);
    read(m_profile.edgeErrors, true);
    for (auto& [ends, edge] : edges) {
        if (edge.requests.value_or(0) > 0 && !m_profile.edgeErrors.empty())
            edge.errors = edge.errors.value_or(0) / *edge.requests;
        else
            edge.errors.reset();
        m_out.meshEdges.push_back(std::move(edge));
    }
}

/// `application="orders"`, or `application="",job="orders"` where an earlier label was empty.
std::string ProfileReading::matchOf(const ProfileView& view) const
{
    std::vector<std::string> conditions;
    for (const std::string& name : m_profile.service) {
        const auto values = view.labels.find(name);
        if (values == view.labels.end()) {
            conditions.push_back(name + "=\"\"");
            continue;
        }
        conditions.push_back(matcher(name, {values->second.begin(), values->second.end()}));
        break;
    }
    return joined(conditions, ",");
}

void ProfileReading::merge()
{
    for (auto& [service, view] : m_views) {
        ServiceParts& all = m_out.services[service];
        ServiceParts& mine = view.parts;
        const auto origin = [&](const char* signal) {
            if (m_signals.contains({service, signal}))
                all.origins.push_back({signal, m_profile.name, matchOf(view), mine.windowMs});
        };
        if (all.windowMs == 0)
            all.windowMs = mine.windowMs;
        if (!all.requests && mine.requests) {
            all.requests = mine.requests;
            // No series of errors means none happened, but only where somebody would have counted them.
            if (!m_profile.errors.empty() && !m_failed.contains("errors"))
                all.errors = mine.errors.value_or(0);
            all.profile = m_profile.name;
            all.windowMs = mine.windowMs;
            origin("requests");
        } else if (all.profile.empty()) {
            all.profile = m_profile.name;
        }
        if (all.buckets.empty() && !mine.buckets.empty()) {
            all.buckets = std::move(mine.buckets);
            origin("latency");
        }
        if (!all.mean && mine.mean) {
            all.mean = mine.mean;
            origin("mean");
        }
        if (!all.retries && mine.retries) {
            all.retries = mine.retries;
            origin("retries");
        }
        all.utilisation.merge(mine.utilisation);
        all.ceilings.merge(mine.ceilings);
        if (!mine.queues.empty()) {
            all.queues.merge(mine.queues);
            origin("queue");
        }
        all.errorOf.insert(m_failed.begin(), m_failed.end());
    }
    for (auto& [key, reading] : m_breakers)
        if (std::ranges::none_of(m_out.breakers, [&](const BreakerReading& other) {
                return other.service == reading.service && other.name == reading.name;
            }))
            m_out.breakers.push_back(std::move(reading));
    for (auto& [key, reading] : m_flags)
        if (std::ranges::none_of(m_out.flags, [&](const FlagReading& other) {
                return other.service == reading.service && other.name == reading.name;
            }))
            m_out.flags.push_back(std::move(reading));
}

void countStates(Parts& parts)
{
    for (BreakerReading& breaker : parts.breakers) {
        for (const auto& [instance, state] : breaker.byInstance) {
            breaker.state = std::max(breaker.state, state);
            breaker.instances += state == BreakerState::Unknown ? 0 : 1;
            breaker.open += state == BreakerState::Open || state == BreakerState::ForcedOpen ? 1 : 0;
            breaker.halfOpen += state == BreakerState::HalfOpen ? 1 : 0;
            breaker.forced += state == BreakerState::ForcedOpen || state == BreakerState::ForcedClosed ? 1 : 0;
        }
    }
    for (FlagReading& flag : parts.flags) {
        flag.instances = static_cast<int>(flag.byInstance.size());
        flag.on =
            static_cast<int>(std::ranges::count_if(flag.byInstance, [](const auto& entry) { return entry.second; }));
        flag.forced = static_cast<int>(
            std::ranges::count_if(flag.forcedByInstance, [](const auto& entry) { return entry.second; }));
    }
    std::ranges::sort(parts.breakers, [](const BreakerReading& a, const BreakerReading& b) {
        return std::tie(a.service, a.name) < std::tie(b.service, b.name);
    });
    std::ranges::sort(parts.flags, [](const FlagReading& a, const FlagReading& b) {
        return std::tie(a.service, a.name) < std::tie(b.service, b.name);
    });
}

}  // namespace

Parts readParts(const SeriesReader& reader, const std::vector<const Profile*>& profiles,
                std::span<const ScrapeClass> classes, const ServiceNames& names)
{
    Parts parts;
    for (const Profile* profile : profiles)
        ProfileReading(reader, *profile, classes, names, parts).run();
    countStates(parts);
    return parts;
}

}  // namespace holdfast::signals
