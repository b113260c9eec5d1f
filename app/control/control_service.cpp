#include "app/control/control_service.h"

#include "app/base/bounded_queue.h"
#include "app/control/control_core.h"

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <thread>
#include <utility>

namespace holdfast::control {

namespace {

constexpr auto kTick = std::chrono::milliseconds(200);
constexpr std::size_t kWorkers = 4;
constexpr std::size_t kMostWaiting = 256;

std::string thisUser()
{
    std::array<char, 4096> buffer{};
    passwd entry{};
    passwd* found = nullptr;
    if (getpwuid_r(getuid(), &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr)
        return found->pw_name;
    return std::to_string(getuid());
}

std::string thisHost()
{
    std::array<char, 256> name{};
    return gethostname(name.data(), name.size() - 1) == 0 ? std::string(name.data()) : std::string("unknown");
}

ControlOptions completed(ControlOptions options)
{
    if (options.osUser.empty())
        options.osUser = thisUser();
    if (options.host.empty())
        options.host = thisHost();
    return options;
}

}  // namespace

struct ControlService::State {
    State(store::Journal& journal, const Clock& clock, Log& log, ControlDoors doors, ControlOptions given,
          std::shared_ptr<const config::Config> config)
        : options(completed(std::move(given))), core(journal, clock, log, std::move(doors), options, std::move(config))
    {
    }

    /// Hands what waits to the workers; what does not fit stays pending and is offered again at the next tick.
    void dispatch()
    {
        const MutexLock lock(dispatchMutex);
        for (const std::int64_t id : core.takePending())
            overflow.push_back(id);
        while (!overflow.empty()) {
            std::int64_t id = overflow.front();
            if (!work.push(std::move(id)))
                return;
            overflow.erase(overflow.begin());
        }
    }

    void runPoll(const std::stop_token& stop)
    {
        while (!stop.stop_requested()) {
            core.pollOnce();
            std::unique_lock lock(pollMutex);
            pollWake.wait_for(lock, stop, std::chrono::milliseconds(options.pollMs), [this] { return pollAsked; });
            pollAsked = false;
        }
    }

    void runTick(const std::stop_token& stop)
    {
        while (!stop.stop_requested()) {
            core.tick();
            dispatch();
            std::unique_lock lock(tickMutex);
            tickWake.wait_for(lock, stop, kTick, [] { return false; });
        }
    }

    void runWorker(const std::stop_token& stop)
    {
        while (!stop.stop_requested())
            if (const auto id = work.pop(std::chrono::seconds(1), stop))
                core.carryOut(*id);
    }

    const ControlOptions options;
    ControlCore core;
    BoundedQueue<std::int64_t> work{kMostWaiting};
    Mutex dispatchMutex;
    std::vector<std::int64_t> overflow HF_GUARDED_BY(dispatchMutex);
    std::mutex pollMutex;
    std::condition_variable_any pollWake;
    bool pollAsked = false;  ///< guarded by pollMutex
    std::mutex tickMutex;
    std::condition_variable_any tickWake;
    std::vector<std::jthread> threads;
};

ControlService::ControlService(store::Journal& journal, const Clock& clock, Log& log, ControlDoors doors,
                               ControlOptions options, std::shared_ptr<const config::Config> config)
    : m_state(std::make_unique<State>(journal, clock, log, std::move(doors), std::move(options), std::move(config)))
{
}

ControlService::~ControlService()
{
    stop();
}

Result<void> ControlService::start()
{
    HF_CHECK(m_state->core.start());
    State* const state = m_state.get();
    state->threads.emplace_back([state](const std::stop_token& stop) { state->runPoll(stop); });
    state->threads.emplace_back([state](const std::stop_token& stop) { state->runTick(stop); });
    for (std::size_t i = 0; i < kWorkers; ++i)
        state->threads.emplace_back([state](const std::stop_token& stop) { state->runWorker(stop); });
    return {};
}

void ControlService::stop()
{
    for (std::jthread& thread : m_state->threads)
        thread.request_stop();
    m_state->threads.clear();
}

void ControlService::configure(std::shared_ptr<const config::Config> config)
{
    m_state->core.configure(std::move(config));
    poll();
}

std::vector<ControlPoint> ControlService::controls(const ControlFilter& filter) const
{
    const auto mentions = [&filter](const ControlPoint& point) {
        return std::ranges::any_of(
            std::array{&point.id, &point.name, &point.callee, &point.group, &point.flagKind},
            [&](const std::string* text) { return text->find(filter.text) != std::string::npos; });
    };
    std::vector<ControlPoint> list;
    const auto points = m_state->core.snapshot();
    for (const auto& [id, point] : *points) {
        if (!filter.service.empty() && point.service != filter.service)
            continue;
        if (!filter.kind.empty() && filter.kind != word(point.kind))
            continue;
        if (filter.text.empty() || mentions(point))
            list.push_back(point);
    }
    return list;
}

Result<ControlPoint> ControlService::control(std::string_view id) const
{
    const auto points = m_state->core.snapshot();
    const auto found = points->find(std::string(id));
    if (found == points->end())
        return Error{"no control is called \"" + std::string(id) + "\"", ErrorKind::NotFound};
    return found->second;
}

std::vector<LeaseView> ControlService::leases() const
{
    return m_state->core.leases();
}

Result<std::vector<Action>> ControlService::actions(int limit, std::string_view control) const
{
    return m_state->core.actions(limit, control);
}

Result<Action> ControlService::action(std::int64_t id) const
{
    return m_state->core.action(id);
}

Result<EffectView> ControlService::effect(std::int64_t action) const
{
    return m_state->core.effect(action);
}

Result<std::vector<AuditRow>> ControlService::audit(int limit, const AuditFilter& filter) const
{
    return m_state->core.audit(limit, filter);
}

std::vector<ArmedGroup> ControlService::armed() const
{
    return m_state->core.armed();
}

HoldSummary ControlService::holds() const
{
    return m_state->core.holds();
}

std::vector<std::pair<std::string, std::string>> ControlService::pollBreakers() const
{
    return m_state->core.pollBreakers();
}

Result<ArmedGroup> ControlService::arm(const std::string& group, std::int64_t forS, const std::string& actor)
{
    return m_state->core.arm(group, forS, actor);
}

Result<Plan> ControlService::plan(const PlanRequest& request)
{
    return m_state->core.plan(request);
}

Result<Action> ControlService::act(const ActionRequest& request)
{
    auto action = m_state->core.act(request);
    m_state->dispatch();
    return action;
}

Result<Action> ControlService::revert(std::int64_t lease, const std::string& actor, const std::string& reason)
{
    auto action = m_state->core.revert(lease, actor, reason);
    m_state->dispatch();
    return action;
}

Result<Action> ControlService::extend(std::int64_t lease, const std::string& actor, std::int64_t byS)
{
    auto action = m_state->core.extend(lease, actor, byS);
    m_state->dispatch();
    return action;
}

Result<Action> ControlService::reapply(std::int64_t lease, const std::string& actor)
{
    auto action = m_state->core.reapply(lease, actor);
    m_state->dispatch();
    return action;
}

Result<Action> ControlService::approve(std::int64_t action, const std::string& approver, const std::string& token)
{
    auto approved = m_state->core.approve(action, approver, token);
    m_state->dispatch();
    return approved;
}

Result<Action> ControlService::cancel(std::int64_t action, const std::string& actor, const std::string& reason)
{
    return m_state->core.cancel(action, actor, reason);
}

Result<RevertAll> ControlService::revertAll(const std::string& actor, const std::string& reason)
{
    auto begun = m_state->core.revertAll(actor, reason);
    m_state->dispatch();
    return begun;
}

void ControlService::poll()
{
    {
        const std::lock_guard lock(m_state->pollMutex);
        m_state->pollAsked = true;
    }
    m_state->pollWake.notify_one();
}

}  // namespace holdfast::control
