#pragma once

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/mutex.h"
#include "app/base/result.h"
#include "app/model/label_set.h"
#include "app/promql/engine.h"
#include "app/rules/active_alert.h"
#include "app/rules/rule_file.h"
#include "app/rules/rule_status.h"
#include "app/store/appender.h"

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace holdfast::rules {

class RunningGroup;

struct RuleManagerOptions {
    std::int64_t intervalMs = 60'000;  ///< of groups that name none
    std::int64_t queryOffsetMs = 0;
    LabelSet externalLabels;
    std::string externalUrl;
    std::int64_t outageToleranceMs = 3'600'000;  ///< `for` clocks go on over a gap up to this
    std::int64_t forGracePeriodMs = 600'000;     ///< a restored alert with a longer `for` fires no sooner than this
};

/// Evaluates rule groups, one after another, each at the multiples of its own interval.
///
/// Recording rules and ALERTS / ALERTS_FOR_STATE go to the appender, one batch a rule, because the rules after it read
/// them. An output that vanishes gets a staleness marker. A failing rule is marked and the group goes on. `for` clocks
/// survive a restart: the first evaluation of a rule reads ALERTS_FOR_STATE.
/// How late it is and how many rules fail it writes as holdfast_rules_late_seconds and holdfast_rules_failing.
/// Source: Prometheus rules/group.go, rules/alerting.go, rules/recording.go.
///
/// load() and the reading functions are thread-safe. evaluate() is for one thread at a time: the manager's own
/// after start(), the caller's when the manager is not started (replay, tests). Hooks run on that thread and must
/// be set before start().
class RuleManager {
public:
    RuleManager(const promql::Engine& engine, store::Appender& appender, const Clock& clock, Log& log,
                RuleManagerOptions options);
    ~RuleManager();
    RuleManager(const RuleManager&) = delete;
    RuleManager& operator=(const RuleManager&) = delete;

    /// Takes these groups into force from the next evaluation on. A group that stays the same keeps its state;
    /// alerts and series of rules that went are ended.
    void load(std::vector<RuleGroup> groups) HF_EXCLUDES(m_mutex);

    /// Reads the files (globs), adds the default rules if wanted, and loads all of it; on any error nothing
    /// changes and the answer names file, line and column of each.
    [[nodiscard]] Result<void> loadFiles(const std::vector<std::string>& patterns, bool withDefaultRules)
        HF_EXCLUDES(m_mutex);

    /// Called at the begin of each evaluation with its time: writers of series that rules read.
    void setBeforeEvaluation(std::function<void(std::int64_t t)> hook) { m_before = std::move(hook); }
    /// Called after each evaluation in which at least one group ran.
    void setAfterEvaluation(std::function<void(std::int64_t t, const AlertSnapshot&)> hook)
    {
        m_after = std::move(hook);
    }

    /// Runs every group that is due at t (ms since the epoch). True when one ran. One thread at a time.
    bool evaluate(std::int64_t t) HF_EXCLUDES(m_mutex);

    /// Starts the rules thread; stop() ends it after the rule that is being evaluated. Both may be called once.
    void start();
    void stop();

    [[nodiscard]] AlertSnapshot alerts() const HF_EXCLUDES(m_mutex);  ///< pending, firing, recently resolved
    [[nodiscard]] RulesSnapshot status() const HF_EXCLUDES(m_mutex);

private:
    bool adoptLoaded(std::int64_t t) HF_EXCLUDES(m_mutex);
    void appendOwnSeries(std::int64_t t);
    void publish(std::int64_t t) HF_EXCLUDES(m_mutex);
    void run(const std::stop_token& stop) HF_NO_THREAD_SAFETY_ANALYSIS;
    [[nodiscard]] std::int64_t shortestInterval() const HF_EXCLUDES(m_mutex);

    const promql::Engine& m_engine;
    store::Appender& m_appender;
    const Clock& m_clock;
    Log& m_log;
    const RuleManagerOptions m_options;
    std::function<void(std::int64_t)> m_before;
    std::function<void(std::int64_t, const AlertSnapshot&)> m_after;

    std::vector<std::unique_ptr<RunningGroup>> m_groups;  ///< touched by the evaluating thread only
    std::int64_t m_lateMs = 0;                            ///< touched by the evaluating thread only

    mutable Mutex m_mutex;
    std::condition_variable_any m_wake;
    std::vector<RuleGroup> m_loaded HF_GUARDED_BY(m_mutex);
    bool m_reloaded HF_GUARDED_BY(m_mutex) = false;
    std::int64_t m_shortestMs HF_GUARDED_BY(m_mutex) = 60'000;
    AlertSnapshot m_alerts HF_GUARDED_BY(m_mutex);
    RulesSnapshot m_status HF_GUARDED_BY(m_mutex);

    std::stop_source m_stopping;
    std::jthread m_thread;
};

}  // namespace holdfast::rules
