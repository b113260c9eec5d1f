#include "app/engine/evaluation_loop.h"

#include "app/engine/observation.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <utility>

namespace holdfast::engine {

namespace {

constexpr std::int64_t kTickMs = 1000;
constexpr std::int64_t kSelfMs = 5000;
constexpr std::int64_t kShortestMs = 2000;
constexpr std::int64_t kLongestMs = 15'000;

std::string serviceOf(std::string_view control)
{
    return std::string(control.substr(0, control.find('/')));
}

}  // namespace

std::vector<std::string> rulePatterns(const config::Config& config)
{
    const std::filesystem::path folder = std::filesystem::path(config.file).parent_path();
    std::vector<std::string> patterns;
    for (const std::string& pattern : config.ruleFiles)
        patterns.push_back(std::filesystem::path(pattern).is_absolute() ? pattern : (folder / pattern).string());
    return patterns;
}

std::int64_t signalIntervalMs(const config::Config& config)
{
    std::int64_t shortest = kLongestMs;
    for (const config::ScrapeConfig& job : config.scrapeConfigs)
        shortest = std::min(shortest, job.intervalMs);
    return std::max(shortest, kShortestMs);
}

EvaluationLoop::EvaluationLoop(Parts parts) : m_parts(parts), m_probe(api::processorsAllowed()) {}

EvaluationLoop::~EvaluationLoop()
{
    stop();
}

std::shared_ptr<rules::RuleManager> EvaluationLoop::makeManager(const RuleSettings& settings)
{
    rules::RuleManagerOptions options;
    options.intervalMs = settings.intervalMs;
    options.externalLabels = settings.externalLabels;
    auto manager = std::make_shared<rules::RuleManager>(m_parts.queries, m_parts.store, m_parts.clock, m_parts.log,
                                                        std::move(options));
    manager->setAfterEvaluation([this](std::int64_t t, const rules::AlertSnapshot& alerts) {
        if (alerts)
            m_parts.incidents.onEvaluation(t, *alerts);
    });
    return manager;
}

Result<void> EvaluationLoop::configure(const config::Config& config)
{
    RuleSettings settings{.intervalMs = config.evaluationIntervalMs, .externalLabels = config.externalLabels};
    std::shared_ptr<rules::RuleManager> next = manager();
    {
        const MutexLock lock(m_mutex);
        if (next && !(settings == m_settings))
            next.reset();  // clocks of `for` survive in the store, as over a restart
    }
    if (!next)
        next = makeManager(settings);
    HF_CHECK(next->loadFiles(rulePatterns(config), config.holdfast.defaultRules));
    const MutexLock lock(m_mutex);
    m_rules = std::move(next);
    m_settings = std::move(settings);
    m_signalIntervalMs = signalIntervalMs(config);
    return {};
}

void EvaluationLoop::start()
{
    m_thread = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void EvaluationLoop::stop()
{
    m_thread.request_stop();
    if (m_thread.joinable())
        m_thread.join();
}

void EvaluationLoop::run(const std::stop_token& stop)
{
    std::mutex mutex;
    std::condition_variable_any never;
    while (!stop.stop_requested()) {
        const std::int64_t now = m_parts.clock.wallMs();
        std::unique_lock lock(mutex);
        never.wait_for(lock, stop, std::chrono::milliseconds(kTickMs - now % kTickMs), [] { return false; });
        if (stop.stop_requested())
            continue;
        // On the whole second: rule groups evaluate at aligned times and must find the signals of the same time.
        const std::int64_t woken = m_parts.clock.wallMs();
        round(woken - woken % kTickMs);
    }
}

void EvaluationLoop::round(std::int64_t t)
{
    readOverrides();
    watchPressure();
    if (t >= m_nextSignalsMs || m_nextSignalsMs - t > kLongestMs)
        readSignals(t);
    if (const auto rules = manager()) {
        rules->evaluate(t);
        if (m_afterRound)
            m_afterRound(t, rules->alerts());
    }
    if (t < m_nextSelfMs && m_nextSelfMs - t <= kSelfMs)
        return;
    m_nextSelfMs = t + std::min(kSelfMs, signalInterval());
    if (const auto written = m_parts.self.write(t); !written.ok())
        m_parts.log.warning("engine", "own metrics not stored: " + written.error().message);
}

void EvaluationLoop::readSignals(std::int64_t t)
{
    m_nextSignalsMs = t + signalInterval();
    const std::int64_t begun = m_parts.clock.monotonicNs();
    const auto fleet = m_parts.signals.evaluate(t);
    m_signalsSeconds += static_cast<double>(m_parts.clock.monotonicNs() - begun) / 1e9;
    if (!fleet.ok()) {
        // Said once, not every two seconds.
        if (std::exchange(m_lastError, fleet.error().message) != m_lastError)
            m_parts.log.warning("signals", m_lastError);
        return;
    }
    m_lastError.clear();
    m_parts.incidents.setTopology(topologyOf(**fleet));
    for (incident::Event& event : m_watcher.observe(observationOf(**fleet, m_parts.scrapes.targets()))) {
        const std::string kind = event.kind;
        const auto recorded = m_parts.incidents.recordEvent(std::move(event));
        if (!recorded.ok())
            m_parts.log.warning("incident", "event of kind " + kind + " not recorded: " + recorded.error().message);
        else
            m_parts.events.publish("control", *recorded);
    }
    m_parts.events.publish("status", t);
}

void EvaluationLoop::watchPressure()
{
    const int before = m_parts.overload.level();
    m_parts.overload.observe(m_probe.read({.atNs = m_parts.clock.monotonicNs(),
                                           .processorSeconds = api::processorSeconds(),
                                           .scrapes = m_parts.scrapes.counters(),
                                           .signalsSeconds = m_signalsSeconds},
                                          m_parts.store.stats()));
    const int now = m_parts.overload.level();
    if (now > before)
        m_parts.log.warning("engine",
                            "overload: " + m_parts.overload.reason() + "; now " + m_parts.overload.steps().back());
    else if (now < before)
        m_parts.log.info("engine", now == 0 ? "overload is over" : "overload eases");
    m_parts.events.spareListeners(now >= 1);
    spareTargets();
}

/// Jobs all of whose services are of a tier that can wait.
void EvaluationLoop::spareTargets()
{
    std::set<std::string> jobs;
    if (const auto fleet = m_parts.signals.latest(); fleet && m_parts.overload.slowScrape()) {
        std::set<std::string> needed;
        for (const auto& [service, instances] : fleet->instances) {
            const signals::ServiceRow* row = fleet->find(service);
            const bool spareable = row != nullptr && row->tier >= Overload::kSpareableTier;
            for (const signals::InstanceRow& instance : instances)
                (spareable ? jobs : needed).insert(instance.job);
        }
        std::erase_if(jobs, [&](const std::string& job) { return needed.contains(job); });
    }
    if (jobs == m_spared)
        return;
    m_spared = jobs;
    m_parts.scrapes.spare(std::move(jobs), Overload::kSlowScrapeFactor);
}

std::int64_t EvaluationLoop::signalInterval() const
{
    const MutexLock lock(m_mutex);
    return m_signalIntervalMs;
}

void EvaluationLoop::readOverrides()
{
    std::vector<incident::OverrideInForce> found;
    for (const control::LeaseView& lease : m_parts.control.leases())
        if (lease.state == "holding")
            found.push_back({.service = serviceOf(lease.control),
                             .control = lease.control,
                             .text = lease.control + " " + lease.word,
                             .untilMs = lease.untilMs});
    const MutexLock lock(m_mutex);
    m_overrides = std::move(found);
}

std::shared_ptr<rules::RuleManager> EvaluationLoop::manager() const
{
    const MutexLock lock(m_mutex);
    return m_rules;
}

rules::RulesSnapshot EvaluationLoop::rules() const
{
    const auto rules = manager();
    return rules ? rules->status() : nullptr;
}

std::vector<incident::OverrideInForce> EvaluationLoop::overrides() const
{
    const MutexLock lock(m_mutex);
    return m_overrides;
}

}  // namespace holdfast::engine
