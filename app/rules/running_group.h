#pragma once

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/rules/alerting_rule.h"
#include "app/rules/rule_output.h"
#include "app/rules/rule_status.h"
#include "app/store/appender.h"

#include <memory>
#include <optional>
#include <stop_token>
#include <unordered_map>
#include <vector>

namespace holdfast::rules {

/// A rule group in force: its rules' alerts, health and the series they gave last time. One thread at a time.
class RunningGroup {
public:
    RunningGroup(RuleGroup group, std::int64_t intervalMs, std::int64_t queryOffsetMs);

    [[nodiscard]] const RuleGroup& definition() const { return m_group; }

    /// The time at which the group is to be evaluated when it is t: the last multiple of the interval; nothing when
    /// that one was evaluated already.
    [[nodiscard]] std::optional<std::int64_t> dueAt(std::int64_t t) const;

    /// Evaluates all rules in their order; a failing one is noted and the others go on.
    void evaluate(std::int64_t t, const EvaluationContext& context, store::Appender& appender, const Clock& clock,
                  Log& log, const std::stop_token& stop);

    /// Ends every series the group gave with a staleness marker; for a group that goes.
    void end(std::int64_t t, store::Appender& appender, Log& log);

    [[nodiscard]] GroupStatus status() const;
    [[nodiscard]] std::size_t failing() const;  ///< rules whose last evaluation failed
    void appendAlerts(std::vector<ActiveAlert>& out) const;

private:
    struct Running {
        Rule rule;
        std::unique_ptr<AlertingRule> alerting;  ///< null for a recording rule
        RuleHealth health = RuleHealth::Unknown;
        std::string lastError;
        std::int64_t lastEvaluation = 0;
        double seconds = 0;
        std::unordered_map<LabelSet, SeriesId> given;  ///< by the last successful evaluation
    };

    [[nodiscard]] Result<void> evaluateRule(Running& rule, std::int64_t t, const EvaluationContext& context,
                                            store::Appender& appender, Log& log) const;

    const RuleGroup m_group;
    const std::int64_t m_intervalMs;
    const std::int64_t m_queryOffsetMs;
    std::vector<Running> m_rules;
    std::optional<std::int64_t> m_last;
    double m_seconds = 0;
    std::uint64_t m_missed = 0;
};

}  // namespace holdfast::rules
