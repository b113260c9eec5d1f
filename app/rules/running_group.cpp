#include "app/rules/running_group.h"

#include "app/rules/recording_rule.h"

#include <algorithm>

namespace holdfast::rules {

namespace {

AlertState worst(const std::vector<ActiveAlert>& alerts)
{
    AlertState out = AlertState::Inactive;
    for (const auto& alert : alerts) {
        if (alert.state == AlertState::Firing)
            return AlertState::Firing;
        if (alert.state == AlertState::Pending)
            out = AlertState::Pending;
    }
    return out;
}

}  // namespace

const char* ruleHealthWord(RuleHealth health)
{
    switch (health) {
    case RuleHealth::Unknown: return "unknown";
    case RuleHealth::Ok: return "ok";
    case RuleHealth::Failing: return "err";
    }
    return "unknown";
}

RunningGroup::RunningGroup(RuleGroup group, std::int64_t intervalMs, std::int64_t queryOffsetMs)
    : m_group(std::move(group)), m_intervalMs(std::max<std::int64_t>(intervalMs, 1)), m_queryOffsetMs(queryOffsetMs)
{
    for (const Rule& rule : m_group.rules) {
        Running running;
        running.rule = rule;
        if (rule.isAlert())
            running.alerting = std::make_unique<AlertingRule>(rule, m_group.name, m_group.file);
        m_rules.push_back(std::move(running));
    }
}

std::optional<std::int64_t> RunningGroup::dueAt(std::int64_t t) const
{
    const std::int64_t slot = t - t % m_intervalMs;
    if (m_last == slot)
        return std::nullopt;
    return slot;
}

void RunningGroup::evaluate(std::int64_t t, const EvaluationContext& context, store::Appender& appender,
                            const Clock& clock, Log& log, const std::stop_token& stop)
{
    if (m_last && t > *m_last + m_intervalMs)
        m_missed += static_cast<std::uint64_t>((t - *m_last) / m_intervalMs - 1);
    m_last = t;
    const std::int64_t begin = clock.monotonicNs();
    for (Running& rule : m_rules) {
        if (stop.stop_requested())
            return;
        const std::int64_t ruleBegin = clock.monotonicNs();
        const auto done = evaluateRule(rule, t, context, appender, log);
        rule.seconds = static_cast<double>(clock.monotonicNs() - ruleBegin) / 1e9;
        rule.lastEvaluation = t;
        const RuleHealth before = rule.health;
        rule.health = done.ok() ? RuleHealth::Ok : RuleHealth::Failing;
        std::string error =
            done.ok() ? std::string() : RuleFileError{m_group.file, rule.rule.exprPlace, done.error().message}.text();
        if (!done.ok() && (before != RuleHealth::Failing || rule.lastError != error))
            log.warning("rules", "group " + m_group.name + ", rule " + rule.rule.name() + ": " + error);
        rule.lastError = std::move(error);
    }
    m_seconds = static_cast<double>(clock.monotonicNs() - begin) / 1e9;
}

Result<void> RunningGroup::evaluateRule(Running& rule, std::int64_t t, const EvaluationContext& context,
                                        store::Appender& appender, Log& log) const
{
    auto evaluated = rule.alerting ? rule.alerting->evaluate(context, t, m_queryOffsetMs, m_group.limit)
                                   : evaluateRecording(rule.rule, context, t - m_queryOffsetMs, m_group.limit);
    if (!evaluated.ok())
        return std::move(evaluated).error();
    const std::int64_t at = t - m_queryOffsetMs;
    Batch batch{.origin = "rules", .samples = {}, .metadata = {}, .exemplars = {}};
    std::unordered_map<LabelSet, SeriesId> given;
    for (auto& sample : *evaluated) {
        const auto known = rule.given.find(sample.labels);
        SeriesId id = 0;
        if (known != rule.given.end()) {
            id = known->second;
        } else {
            HF_TRY(id, appender.series(sample.labels));
        }
        batch.samples.push_back({id, at, sample.value});
        given.emplace(std::move(sample.labels), id);
    }
    for (const auto& [labels, id] : rule.given) {
        if (!given.contains(labels))
            batch.samples.push_back({id, at, staleMarker()});
    }
    if (!batch.samples.empty()) {
        HF_TRY(const auto report, appender.append(std::move(batch)));
        if (report.outOfOrder + report.outOfBounds + report.conflicting > 0)
            log.debug("rules", m_group.name + ", rule " + rule.rule.name() + ": "
                                   + std::to_string(report.outOfOrder + report.outOfBounds + report.conflicting)
                                   + " samples not taken (older than stored ones, or a second value for one instant)");
    }
    rule.given = std::move(given);
    return {};
}

void RunningGroup::end(std::int64_t t, store::Appender& appender, Log& log)
{
    Batch batch{.origin = "rules", .samples = {}, .metadata = {}, .exemplars = {}};
    for (Running& rule : m_rules) {
        for (const auto& [labels, id] : rule.given)
            batch.samples.push_back({id, t, staleMarker()});
        rule.given.clear();
    }
    if (batch.samples.empty())
        return;
    const auto done = appender.append(std::move(batch));
    if (!done.ok())
        log.warning("rules", "series of group " + m_group.name + " could not be ended: " + done.error().message);
}

std::size_t RunningGroup::failing() const
{
    return static_cast<std::size_t>(std::ranges::count(m_rules, RuleHealth::Failing, &Running::health));
}

GroupStatus RunningGroup::status() const
{
    GroupStatus out{.name = m_group.name,
                    .file = m_group.file,
                    .intervalMs = m_intervalMs,
                    .limit = m_group.limit,
                    .lastEvaluation = m_last.value_or(0),
                    .evaluationSeconds = m_seconds,
                    .iterationsMissed = m_missed,
                    .rules = {}};
    for (const Running& rule : m_rules) {
        RuleStatus status{.rule = rule.rule,
                          .health = rule.health,
                          .lastError = rule.lastError,
                          .lastEvaluation = rule.lastEvaluation,
                          .evaluationSeconds = rule.seconds,
                          .state = AlertState::Inactive,
                          .alerts = {}};
        if (rule.alerting) {
            status.alerts = rule.alerting->alerts();
            std::erase_if(status.alerts, [](const ActiveAlert& a) { return a.state == AlertState::Resolved; });
            status.state = worst(status.alerts);
        }
        out.rules.push_back(std::move(status));
    }
    return out;
}

void RunningGroup::appendAlerts(std::vector<ActiveAlert>& out) const
{
    for (const Running& rule : m_rules) {
        if (rule.alerting) {
            for (auto& alert : rule.alerting->alerts())
                out.push_back(std::move(alert));
        }
    }
}

}  // namespace holdfast::rules
