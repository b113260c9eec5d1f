#include "app/rules/rule_manager.h"

#include "app/rules/running_group.h"

#include <glob.h>

#include <algorithm>
#include <chrono>

namespace holdfast::rules {

namespace {

bool sameRule(const Rule& a, const Rule& b)
{
    return a.record == b.record && a.alert == b.alert && a.expr == b.expr && a.forMs == b.forMs
           && a.keepFiringForMs == b.keepFiringForMs && a.labels == b.labels && a.removedLabels == b.removedLabels
           && a.annotations == b.annotations;
}

bool sameGroup(const RuleGroup& a, const RuleGroup& b)
{
    return a.name == b.name && a.file == b.file && a.intervalMs == b.intervalMs && a.queryOffsetMs == b.queryOffsetMs
           && a.limit == b.limit && std::ranges::equal(a.rules, b.rules, sameRule);
}

std::vector<std::string> matchingFiles(const std::string& pattern)
{
    std::vector<std::string> out;
    glob_t found{};
    if (::glob(pattern.c_str(), 0, nullptr, &found) == 0) {
        for (std::size_t i = 0; i < found.gl_pathc; ++i)
            out.emplace_back(found.gl_pathv[i]);
    }
    ::globfree(&found);
    return out;
}

}  // namespace

RuleManager::RuleManager(const promql::Engine& engine, store::Appender& appender, const Clock& clock, Log& log,
                         RuleManagerOptions options)
    : m_engine(engine),
      m_appender(appender),
      m_clock(clock),
      m_log(log),
      m_options(std::move(options)),
      m_alerts(std::make_shared<const std::vector<ActiveAlert>>()),
      m_status(std::make_shared<const RulesStatus>())
{
}

RuleManager::~RuleManager()
{
    stop();
}

void RuleManager::load(std::vector<RuleGroup> groups)
{
    std::int64_t shortest = m_options.intervalMs;
    for (const auto& group : groups) {
        if (group.intervalMs > 0)
            shortest = std::min(shortest, group.intervalMs);
    }
    {
        const MutexLock lock(m_mutex);
        m_loaded = std::move(groups);
        m_reloaded = true;
        m_shortestMs = std::max<std::int64_t>(shortest, 1);
    }
    m_wake.notify_all();
}

Result<void> RuleManager::loadFiles(const std::vector<std::string>& patterns, bool withDefaultRules)
{
    std::vector<RuleGroup> groups = withDefaultRules ? defaultRules() : std::vector<RuleGroup>();
    std::string errors;
    for (const auto& pattern : patterns) {
        for (const auto& name : matchingFiles(pattern)) {
            RuleFile file = readRuleFile(name);
            for (const auto& error : file.errors)
                errors += (errors.empty() ? "" : "\n") + error.text();
            std::ranges::move(file.groups, std::back_inserter(groups));
        }
    }
    if (!errors.empty())
        return Error{.message = std::move(errors), .kind = ErrorKind::BadInput};
    load(std::move(groups));
    return {};
}

bool RuleManager::adoptLoaded(std::int64_t t)
{
    std::vector<RuleGroup> loaded;
    {
        const MutexLock lock(m_mutex);
        if (!m_reloaded)
            return false;
        m_reloaded = false;
        loaded = m_loaded;
    }
    std::vector<std::unique_ptr<RunningGroup>> next;
    for (RuleGroup& group : loaded) {
        const auto same =
            std::ranges::find_if(m_groups, [&](const auto& old) { return old && sameGroup(old->definition(), group); });
        if (same != m_groups.end()) {
            next.push_back(std::move(*same));
            continue;
        }
        const std::int64_t interval = group.intervalMs > 0 ? group.intervalMs : m_options.intervalMs;
        const std::int64_t offset = group.queryOffsetMs > 0 ? group.queryOffsetMs : m_options.queryOffsetMs;
        next.push_back(std::make_unique<RunningGroup>(std::move(group), interval, offset));
    }
    for (const auto& gone : m_groups) {
        if (gone)
            gone->end(t, m_appender, m_log);
    }
    m_groups = std::move(next);
    return true;
}

bool RuleManager::evaluate(std::int64_t t)
{
    const bool adopted = adoptLoaded(t);
    if (std::ranges::none_of(m_groups, [&](const auto& group) { return group->dueAt(t).has_value(); })) {
        if (adopted)
            publish(t);
        return false;
    }
    if (m_before)
        m_before(t);
    const EvaluationContext context{.engine = m_engine,
                                    .externalLabels = m_options.externalLabels,
                                    .externalUrl = m_options.externalUrl,
                                    .outageToleranceMs = m_options.outageToleranceMs,
                                    .forGracePeriodMs = m_options.forGracePeriodMs};
    const auto stopToken = m_stopping.get_token();
    for (const auto& group : m_groups) {
        if (const auto due = group->dueAt(t))
            group->evaluate(*due, context, m_appender, m_clock, m_log, stopToken);
    }
    m_lateMs = std::max<std::int64_t>(m_clock.wallMs() - t, 0);
    appendOwnSeries(t);
    publish(t);
    if (m_after)
        m_after(t, alerts());
    return true;
}

void RuleManager::appendOwnSeries(std::int64_t t)
{
    std::size_t failing = 0;
    for (const auto& group : m_groups)
        failing += group->failing();
    Batch batch{.origin = "rules", .samples = {}, .metadata = {}, .exemplars = {}};
    for (const auto& [name, value] : {std::pair("holdfast_rules_late_seconds", static_cast<double>(m_lateMs) / 1000),
                                      std::pair("holdfast_rules_failing", static_cast<double>(failing))}) {
        const auto id = m_appender.series(LabelSet{{std::string(kMetricName), name}});
        if (id.ok())
            batch.samples.push_back({*id, t, value});
    }
    const auto done = m_appender.append(std::move(batch));
    if (!done.ok())
        m_log.warning("rules", "own series were not stored: " + done.error().message);
}

void RuleManager::publish(std::int64_t t)
{
    auto all = std::make_shared<std::vector<ActiveAlert>>();
    auto status = std::make_shared<RulesStatus>();
    for (const auto& group : m_groups) {
        group->appendAlerts(*all);
        status->groups.push_back(group->status());
        for (const auto& rule : status->groups.back().rules) {
            ++status->rules;
            status->failing += rule.health == RuleHealth::Failing ? 1 : 0;
            status->lastEvaluation = std::max(status->lastEvaluation, std::min(rule.lastEvaluation, t));
        }
    }
    status->lateMs = m_lateMs;
    const MutexLock lock(m_mutex);
    m_alerts = std::move(all);
    m_status = std::move(status);
}

AlertSnapshot RuleManager::alerts() const
{
    const MutexLock lock(m_mutex);
    return m_alerts;
}

RulesSnapshot RuleManager::status() const
{
    const MutexLock lock(m_mutex);
    return m_status;
}

std::int64_t RuleManager::shortestInterval() const
{
    const MutexLock lock(m_mutex);
    return m_shortestMs;
}

void RuleManager::start()
{
    m_thread = std::jthread([this] { run(m_stopping.get_token()); });
}

void RuleManager::stop()
{
    m_stopping.request_stop();
    if (m_thread.joinable())
        m_thread.join();
}

void RuleManager::run(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        const std::int64_t interval = shortestInterval();
        const std::int64_t slot = m_clock.wallMs() / interval * interval;
        evaluate(slot);
        // Waits for the next slot by the wall clock, at most a second at a time, so that a clock that jumps or a new
        // set of rules is noticed.
        std::unique_lock lock(m_mutex);
        const auto next = [&]() HF_NO_THREAD_SAFETY_ANALYSIS {
            return m_clock.wallMs() / interval * interval != slot || m_reloaded;
        };
        while (!stop.stop_requested() && !next()) {
            const std::int64_t left = std::clamp<std::int64_t>(slot + interval - m_clock.wallMs(), 1, 1000);
            m_wake.wait_for(lock, stop, std::chrono::milliseconds(left),
                            [&]() HF_NO_THREAD_SAFETY_ANALYSIS { return m_reloaded; });
        }
    }
}

}  // namespace holdfast::rules
