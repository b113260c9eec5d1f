#include "app/fleet/experiments/rig.h"

#include "app/fleet/services/work.h"
#include "app/resilience/bulkhead.h"
#include "app/resilience/headroom.h"
#include "app/resilience/work_queue.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <optional>
#include <thread>

namespace holdfast::fleet {

namespace {

using namespace std::chrono_literals;

class Back final : public Service {
public:
    explicit Back(Parts& parts) : m_parts(parts) {}
    std::vector<Route> routes() override
    {
        return {{"GET", "/work", [this](const Visit&) {
                     work(m_parts, 20, 0.2);
                     return json(200, "{}");
                 }}};
    }

private:
    Parts& m_parts;
};

class Front final : public Service {
public:
    Front(FrontConfig config, Parts& parts)
        : m_config(config),
          m_parts(parts),
          m_back({.callee = "back",
                  .timeoutMs = config.timeoutMs,
                  .retry = {.attempts = 1},
                  .breaker = {.window = resilience::WindowKind::Count, .windowSize = 20, .openMs = 1'000},
                  .breakerMode = config.breaker},
                 parts),
          m_permits("back", std::max<std::size_t>(1, config.permits), 0, parts.clock),
          m_leaveOut(parts, "leave-out", "The answer comes without back's part"),
          m_later("later", 2'000, 60'000, parts.clock),
          m_carrier([this] { carry(); })
    {
        parts.registry.addQueue([this] { return m_later.snapshot(); });
    }
    ~Front() override { m_later.close(); }

    std::vector<Route> routes() override
    {
        return {{"GET", "/alone",
                 [this](const Visit&) {
                     work(m_parts, 10, 0.2);
                     return json(200, "{}");
                 }},
                {"GET", "/with", [this](const Visit& visit) { return with(visit); }}};
    }

private:
    HttpAnswer with(const Visit& visit)
    {
        work(m_parts, 5, 0.2);
        if (m_leaveOut.on())
            return json(200, R"({"part":"left out"})");
        if (m_config.needs == NeedsBack::HandsOver)
            return json(m_later.push(1) ? 202 : 503, "{}");
        std::optional<resilience::Bulkhead::Permit> permit;
        if (m_config.permits > 0 && !(permit = m_permits.tryAcquire()))
            return json(503, R"({"error":"too many calls to back at once"})");
        const auto answer = m_back.call({.path = "/work"}, Repeat::Never, visit.deadline);
        return answer ? json(200, "{}") : dependencyFailed("back", answer.error());
    }

    /// Thread: carrier.
    void carry()
    {
        while (!m_parts.stop.stop_requested()) {
            auto one = m_later.pop(1h, m_parts.stop);
            while (one && !m_parts.stop.stop_requested()
                   && !m_back.call({.path = "/work"}, Repeat::Never,
                                   resilience::Deadline::after(m_config.timeoutMs, m_parts.clock)))
                nap(50, m_parts.stop);
        }
    }

    const FrontConfig m_config;
    Parts& m_parts;
    Edge m_back;
    resilience::Bulkhead m_permits;
    Degradation m_leaveOut;
    resilience::WorkQueue<int> m_later;
    std::jthread m_carrier;
};

InstanceConfig instance(const std::string& service, int workers, const RunConfig& run)
{
    return {.service = service,
            .name = service,
            .version = "1",
            .workers = workers,
            .limitMs = 60'000,
            .deadlines = run.deadlines,
            .pauseEveryS = 1e6};
}

void setFlag(Instance& instance, const std::string& name, bool on)
{
    if (resilience::DegradationFlag* flag = instance.registry().flag(name))
        flag->setMode(on ? resilience::FlagMode::ForcedOn : resilience::FlagMode::Auto);
}

bool good(const Outcome& outcome)
{
    return outcome.tookS <= goodWithinS;
}

double share(const std::vector<Outcome>& outcomes, double from, double until, std::optional<std::size_t> path = {})
{
    double all = 0;
    double well = 0;
    for (const Outcome& one : outcomes) {
        if (one.atS < from || one.atS >= until || (path && one.path != *path))
            continue;
        ++all;
        well += good(one) ? 1 : 0;
    }
    return all == 0 ? 0 : well / all;
}

double p99(const std::vector<Outcome>& outcomes)
{
    std::vector<double> answered;
    for (const Outcome& one : outcomes)
        if (std::isfinite(one.tookS))
            answered.push_back(one.tookS);
    if (answered.empty())
        return 0;
    const auto at = answered.begin() + static_cast<std::ptrdiff_t>(static_cast<double>(answered.size() - 1) * 0.99);
    std::nth_element(answered.begin(), at, answered.end());
    return *at;
}

/// Half-second steps: from which one on is goodput above 95 % until the end?
double recovery(const std::vector<Outcome>& outcomes)
{
    double since = -1;
    for (double at = wrongUntilS; at < runS; at += 0.5) {
        const bool well = share(outcomes, at, at + 0.5) >= 0.95;
        if (!well)
            since = -1;
        else if (since < 0)
            since = at - wrongUntilS;
    }
    return since;
}

RunResult summary(const RunConfig& config, const std::vector<Outcome>& outcomes)
{
    RunResult result{.label = config.label,
                     .before = share(outcomes, 1, wrongFromS),
                     .during = share(outcomes, wrongFromS, wrongUntilS),
                     .after = share(outcomes, wrongUntilS, runS),
                     .aloneDuring = share(outcomes, wrongFromS, wrongUntilS, 0),
                     .p99S = p99(outcomes),
                     .recoveryS = recovery(outcomes),
                     .peakQueue = 0,
                     .headroomBefore = 0,
                     .perSecond = {}};
    for (double at = 0; at < runS; at += 1)
        result.perSecond.push_back(share(outcomes, at, at + 1));
    return result;
}

}  // namespace

Result<RunResult> runOnce(const RunConfig& config, std::uint64_t seed, const Clock& clock)
{
    AddressBook addresses;
    InstanceConfig backConfig = instance("back", config.backWorkers, config);
    backConfig.queue = config.backQueue;
    backConfig.queueMs = config.backQueueMs;
    backConfig.faults = {{FaultKind::Slow, config.slowMs, ""}, {FaultKind::Stall, 0, ""}};
    Instance back(
        backConfig, [](Parts& parts) { return std::make_unique<Back>(parts); }, addresses, "", seed, clock);
    HF_CHECK(back.listen(0));
    addresses.add("back", back.port());
    Instance front(
        instance("front", config.frontWorkers, config),
        [&](Parts& parts) { return std::make_unique<Front>(config.front, parts); }, addresses, "", seed + 1, clock);
    HF_CHECK(front.listen(0));

    std::size_t peak = 0;
    double busy = 0;
    int samples = 0;
    const auto backInUse = [&] {
        for (const auto& pool : back.registry().pools())
            return static_cast<double>(pool().inUse) / config.backWorkers;
        return 0.0;
    };
    resilience::RetryBudget budget(0.1, 10);
    LoopConfig loop;
    loop.port = config.withFront ? front.port() : back.port();
    loop.paths = config.withFront ? std::vector<std::string>{"/alone", "/with"} : std::vector<std::string>{"/work"};
    loop.perSecond = [&](double t) {
        return config.perSecond * (t >= wrongFromS && t < wrongUntilS ? config.spike : 1);
    };
    loop.seconds = runS;
    loop.timeoutMs = config.clientTimeoutMs;
    loop.attempts = config.clientAttempts;
    loop.budget = config.clientBudget ? &budget : nullptr;
    loop.sendDeadline = config.deadlines == DeadlineUse::Honoured;
    loop.tick = [&](double t) {
        const bool wrong = t >= wrongFromS && t < wrongUntilS;
        setFlag(back, config.fault, wrong);
        setFlag(front, config.degrade, wrong && t >= wrongFromS + 1);
        for (Instance* one : {&back, &front})
            for (const auto& queue : one->registry().queues())
                peak = std::max(peak, queue().depth);
        if (t >= 1 && t < wrongFromS) {
            busy += backInUse();
            ++samples;
        }
    };
    Random random(seed + 2);
    RunResult result = summary(config, runOpenLoop(loop, random, clock));
    result.peakQueue = peak;
    const resilience::Resource workers{"workers", samples == 0 ? 0 : busy / samples, 1};
    result.headroomBefore = resilience::headroom({&workers, 1}).ratio;
    front.requestStop();
    back.requestStop();
    return result;
}

}  // namespace holdfast::fleet
