#include "app/control/control_core.h"

#include "app/control/control_words.h"
#include "app/control/fan_out.h"

#include <algorithm>
#include <utility>

namespace holdfast::control {

namespace {

constexpr std::size_t kMostAtOnce = 16;
constexpr std::int64_t kPollTimeoutMs = 2'000;

/// Reads one endpoint through its breaker, so that one that hangs is not waited for at every poll.
void pollEndpoint(EndpointState& state, const Clock& clock)
{
    auto permit = state.breaker->acquire();
    if (!permit) {
        if (state.error.empty())
            state.error = "did not answer three times; tried again in 10 s";
        return;
    }
    Endpoint endpoint = state.endpoint;
    endpoint.timeoutMs = std::min(endpoint.timeoutMs, kPollTimeoutMs);
    const std::int64_t started = clock.monotonicMs();
    auto listing = state.adapter->list(endpoint);
    const bool failed = !listing.ok() && listing.error().kind == ErrorKind::Unavailable;
    permit->done(failed ? resilience::CallResult::Failure : resilience::CallResult::Success,
                 clock.monotonicMs() - started);
    if (!listing.ok()) {
        state.error = listing.error().message;
        return;
    }
    state.listing = std::move(*listing);
    state.listedMs = clock.wallMs();
    state.error.clear();
}

}  // namespace

ControlCore::ControlCore(store::Journal& journal, const Clock& clock, Log& log, ControlDoors doors,
                         ControlOptions options, std::shared_ptr<const config::Config> config)
    : m_journal(journal),
      m_clock(clock),
      m_log(log),
      m_doors(std::move(doors)),
      m_options(std::move(options)),
      m_audit(journal, m_options.osUser, m_options.host),
      m_config(config ? std::move(config) : std::make_shared<const config::Config>())
{
}

Result<void> ControlCore::start()
{
    HF_TRY(const auto lastAction, highestId(m_journal, "action"));
    HF_TRY(const auto lastLease, highestId(m_journal, "lease"));
    HF_TRY(auto open, readActions(m_journal, "state IN ('intent','sent','verifying')", {}, 1000));
    HF_TRY(auto leases, readOpenLeases(m_journal));
    HF_TRY(auto waiting, readActions(m_journal, "state IN ('waiting_approval','scheduled')", {}, 1000));
    resumeAfterwork();
    const MutexLock lock(m_mutex);
    m_waiting = std::move(waiting);
    m_lastAction = lastAction;
    m_lastLease = lastLease;
    m_open = std::move(open);
    m_leases = std::move(leases);
    m_startedMs = m_clock.wallMs();
    for (const ActionRecord& record : m_open)
        m_busy.insert(record.action.control);
    for (LeaseRecord& lease : m_leases) {
        if (lease.state == "reverting")
            lease.state = "holding";  // whether it was put back is found out by reading
        lease.untilNs = m_clock.monotonicNs() + (lease.untilMs - m_startedMs) * 1'000'000;
    }
    return {};
}

void ControlCore::configure(std::shared_ptr<const config::Config> config)
{
    const MutexLock lock(m_mutex);
    m_config = std::move(config);
    rebuildPoints();
}

void ControlCore::pollOnce()
{
    const auto targets = m_doors.targets ? m_doors.targets() : std::vector<ControlTarget>();
    const MetricView metrics = m_doors.metrics ? m_doors.metrics() : MetricView();
    std::shared_ptr<const config::Config> config;
    EndpointMap known;
    {
        const MutexLock lock(m_mutex);
        config = m_config;
        known = m_endpoints;
    }
    std::map<std::string, std::string> problems;
    EndpointMap endpoints = resolveEndpoints(*config, targets, m_options.requestTimeoutMs, known, m_clock, problems);
    std::vector<EndpointState*> all;
    for (auto& [key, state] : endpoints)
        all.push_back(&state);
    fanOut(all.size(), kMostAtOnce, [&](std::size_t i) { pollEndpoint(*all[i], m_clock); });

    std::vector<ControlEvent> events;
    std::vector<std::string> changed;
    std::vector<LeaseRecord> held;
    std::vector<LeaseRecord> lost;
    {
        const MutexLock lock(m_mutex);
        for (const auto& [group, problem] : problems)
            if (!m_problems.contains(group) || m_problems.at(group) != problem)
                m_log.warning("control", "group " + group + ": " + problem);
        m_problems = std::move(problems);
        m_endpoints = std::move(endpoints);
        m_metrics = metrics;
        m_polled = true;
        const auto before = m_points;
        watchLeases(events, lost);
        rebuildPoints();
        held = m_leases;
        for (const auto& [id, point] : *m_points) {
            const auto earlier = before->find(id);
            if (earlier == before->end() || earlier->second.word != point.word || earlier->second.k != point.k
                || earlier->second.quality != point.quality)
                changed.push_back(id);
        }
    }
    if (m_doors.appender != nullptr) {
        if (const auto written = m_holdSamples.write(*m_doors.appender, held, m_clock.wallMs()); !written.ok())
            m_log.warning("control", "the ends of holds were not stored: " + written.error().message);
        if (const auto written = m_stateSamples.write(*m_doors.appender, *snapshot(), m_clock.wallMs()); !written.ok())
            m_log.warning("control", "the states of controls were not stored: " + written.error().message);
    }
    for (const ControlEvent& event : events)
        tell(event);
    endLost(lost);
    checkProofs();
    endRecoveredHolds();
    for (const std::string& id : changed)
        hint("control", id);
}

bool ControlCore::isArmed(const std::string& group, std::int64_t nowMs) const
{
    const auto until = m_armedUntil.find(group);
    if (until != m_armedUntil.end())
        return until->second > nowMs;
    const auto& groups = m_config->holdfast.controls;
    const auto configured = std::ranges::find(groups, group, &config::ControlGroupConfig::name);
    return configured != groups.end() && configured->armed;
}

void ControlCore::rebuildPoints()
{
    const std::int64_t now = m_clock.wallMs();
    std::map<std::string, bool> armedGroups;
    for (const auto& group : m_config->holdfast.controls)
        armedGroups[group.name] = isArmed(group.name, now);
    m_points = std::make_shared<const PointMap>(controlPoints({.endpoints = m_endpoints,
                                                               .metrics = m_metrics,
                                                               .leases = m_leases,
                                                               .config = *m_config,
                                                               .armed = armedGroups,
                                                               .nowMs = now,
                                                               .pollMs = m_options.pollMs}));
}

std::vector<EndpointState> ControlCore::endpointsOf(const std::string& control, std::string& group) const
{
    std::vector<EndpointState> found;
    const auto point = m_points->find(control);
    if (point == m_points->end())
        return found;
    group = point->second.group;
    for (const InstanceObservation& seen : point->second.instances)
        if (const auto state = m_endpoints.find({group, seen.instance}); state != m_endpoints.end())
            found.push_back(state->second);
    return found;
}

std::vector<std::pair<std::string, std::string>> ControlCore::pollBreakers() const
{
    const MutexLock lock(m_mutex);
    std::vector<std::pair<std::string, std::string>> states;
    for (const auto& [key, endpoint] : m_endpoints)
        if (endpoint.breaker)
            states.emplace_back(key.first, resilience::word(endpoint.breaker->state()));
    return states;
}

PointMap ControlCore::points() const
{
    const MutexLock lock(m_mutex);
    return *m_points;
}

std::shared_ptr<const PointMap> ControlCore::snapshot() const
{
    const MutexLock lock(m_mutex);
    return m_points;
}

std::vector<LeaseView> ControlCore::leases() const
{
    const MutexLock lock(m_mutex);
    std::vector<LeaseView> views;
    for (const LeaseRecord& lease : m_leases)
        views.push_back(leaseView(lease));
    return views;
}

Result<std::vector<Action>> ControlCore::actions(int limit, std::string_view control) const
{
    HF_TRY(const auto records, control.empty() ? readActions(m_journal, "", {}, limit)
                                               : readActions(m_journal, "control = ?", {std::string(control)}, limit));
    std::vector<Action> list;
    for (const ActionRecord& record : records)
        list.push_back(record.action);
    return list;
}

Result<Action> ControlCore::action(std::int64_t id) const
{
    HF_TRY(const auto records, readActions(m_journal, "id = ?", {id}, 1));
    if (records.empty())
        return Error{"there is no action " + std::to_string(id), ErrorKind::NotFound};
    return records.front().action;
}

std::vector<ArmedGroup> ControlCore::armed() const
{
    const MutexLock lock(m_mutex);
    const std::int64_t now = m_clock.wallMs();
    std::vector<ArmedGroup> groups;
    for (const auto& group : m_config->holdfast.controls) {
        if (!isArmed(group.name, now))
            continue;
        const auto until = m_armedUntil.find(group.name);
        groups.push_back({group.name, until == m_armedUntil.end() ? 0 : until->second});
    }
    return groups;
}

HoldSummary ControlCore::holds() const
{
    const MutexLock lock(m_mutex);
    HoldSummary sum;
    for (const LeaseRecord& lease : m_leases) {
        ++sum.count;
        sum.overdue += lease.untilMs < m_clock.wallMs() ? 1 : 0;
        sum.keptByEngine += lease.keeper == "service" ? 0 : 1;
        sum.nextEndMs = std::min(sum.nextEndMs.value_or(lease.untilMs), lease.untilMs);
    }
    return sum;
}

Result<ArmedGroup> ControlCore::arm(const std::string& group, std::int64_t forS, const std::string& actor)
{
    constexpr std::int64_t kLongestS = 24LL * 3600;
    if (actor.empty())
        return Error{"it must be said who arms", ErrorKind::BadInput};
    if (forS < 0 || forS > kLongestS)
        return Error{"controls are armed for 1 s to 24 h; 0 disarms", ErrorKind::BadInput};
    ArmedGroup answer{group, 0};
    {
        const MutexLock lock(m_mutex);
        const auto& groups = m_config->holdfast.controls;
        if (std::ranges::find(groups, group, &config::ControlGroupConfig::name) == groups.end())
            return Error{"no control group is called \"" + group + "\"", ErrorKind::NotFound};
        answer.untilMs = m_clock.wallMs() + forS * 1000;
        m_armedUntil[group] = answer.untilMs;
        rebuildPoints();
    }
    tell({.atMs = m_clock.wallMs(),
          .kind = "state",
          .service = {},
          .subject = group,
          .actor = actor,
          .text = forS == 0 ? "Controls of group " + group + " disarmed by " + actor
                            : "Controls of group " + group + " armed for " + holdText(forS) + " by " + actor,
          .dataJson = "{}",
          .incident = {}});
    hint("status", group);
    return answer;
}

void ControlCore::tell(const ControlEvent& event) const
{
    if (m_doors.event)
        m_doors.event(event);
}

void ControlCore::hint(const char* kind, const std::string& id) const
{
    if (m_doors.hint)
        m_doors.hint({kind, id});
}

LeaseRecord* ControlCore::findLease(std::int64_t id)
{
    const auto found = std::ranges::find(m_leases, id, &LeaseRecord::id);
    return found == m_leases.end() ? nullptr : &*found;
}

}  // namespace holdfast::control
