#pragma once

#include "app/api/event_hub.h"
#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/mutex.h"
#include "app/config/config.h"
#include "app/control/control_service.h"
#include "app/engine/overload.h"
#include "app/engine/pressure_probe.h"
#include "app/engine/self_metrics.h"
#include "app/incident/incident_service.h"
#include "app/incident/transition_watcher.h"
#include "app/promql/engine.h"
#include "app/rules/rule_manager.h"
#include "app/signals/signal_service.h"
#include "app/store/store.h"
#include "collectors/scrape/scrape_manager.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace holdfast::engine {

/// Files that `rule_files:` of a configuration names, relative ones against its folder.
[[nodiscard]] std::vector<std::string> rulePatterns(const config::Config& config);

/// How often signals are read: the shortest scrape interval, at least 2 s and at most 15 s.
[[nodiscard]] std::int64_t signalIntervalMs(const config::Config& config);

/// One thread that judges, once a second on the second, always in the same order:
/// signals → what changed in between → rules that are due → incidents; and the engine's own metrics.
/// Rules thus see the signals of the same instant, and an incident all alerts of one.
/// Thread-safe; start() and stop() once.
class EvaluationLoop {
public:
    struct Parts {
        const promql::Engine& queries;
        store::Store& store;
        scrape::ScrapeManager& scrapes;
        signals::SignalService& signals;
        control::ControlService& control;
        incident::IncidentService& incidents;
        SelfMetrics& self;
        Overload& overload;
        api::EventHub& events;
        const Clock& clock;
        Log& log;
    };

    explicit EvaluationLoop(Parts parts);
    ~EvaluationLoop();
    EvaluationLoop(const EvaluationLoop&) = delete;
    EvaluationLoop& operator=(const EvaluationLoop&) = delete;

    /// Called at the end of each round with its time and the newest alerts; set before start().
    void setAfterRound(std::function<void(std::int64_t t, const rules::AlertSnapshot&)> hook)
    {
        m_afterRound = std::move(hook);
    }
    /// Takes the rules of a configuration into force; on any error nothing changes.
    [[nodiscard]] Result<void> configure(const config::Config& config) HF_EXCLUDES(m_mutex);
    void start();
    void stop();

    [[nodiscard]] rules::RulesSnapshot rules() const HF_EXCLUDES(m_mutex);
    /// Overrides in force as of the last second; does not ask control, which may be asking us.
    [[nodiscard]] std::vector<incident::OverrideInForce> overrides() const HF_EXCLUDES(m_mutex);

private:
    struct RuleSettings {
        std::int64_t intervalMs = 0;
        LabelSet externalLabels;
        bool operator==(const RuleSettings&) const = default;
    };
    void run(const std::stop_token& stop);
    void round(std::int64_t t);
    void readSignals(std::int64_t t);
    void readOverrides() HF_EXCLUDES(m_mutex);
    void watchPressure();
    void spareTargets();
    [[nodiscard]] std::shared_ptr<rules::RuleManager> makeManager(const RuleSettings& settings);
    [[nodiscard]] std::int64_t signalInterval() const HF_EXCLUDES(m_mutex);
    [[nodiscard]] std::shared_ptr<rules::RuleManager> manager() const HF_EXCLUDES(m_mutex);

    const Parts m_parts;
    std::function<void(std::int64_t, const rules::AlertSnapshot&)> m_afterRound;
    incident::TransitionWatcher m_watcher;  ///< touched by the thread only
    std::int64_t m_nextSignalsMs = 0;       ///< touched by the thread only
    std::int64_t m_nextSelfMs = 0;          ///< touched by the thread only
    PressureProbe m_probe;                  ///< touched by the thread only
    double m_signalsSeconds = 0;            ///< touched by the thread only
    std::set<std::string> m_spared;         ///< jobs scraped less often now; touched by the thread only
    std::string m_lastError;                ///< touched by the thread only

    mutable Mutex m_mutex;
    std::shared_ptr<rules::RuleManager> m_rules HF_GUARDED_BY(m_mutex);
    RuleSettings m_settings HF_GUARDED_BY(m_mutex);
    std::int64_t m_signalIntervalMs HF_GUARDED_BY(m_mutex) = 15'000;
    std::vector<incident::OverrideInForce> m_overrides HF_GUARDED_BY(m_mutex);
    std::jthread m_thread;
};

}  // namespace holdfast::engine
