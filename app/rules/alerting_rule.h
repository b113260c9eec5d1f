#pragma once

#include "app/rules/active_alert.h"
#include "app/rules/rule_file.h"
#include "app/rules/rule_output.h"
#include "app/rules/template/alert_template.h"

#include <unordered_map>

namespace holdfast::rules {

/// An alerting rule with the alerts it has.
///
///  (absent) ─expression holds→ Pending ─held for `for`→ Firing ─gone, keep_firing_for over→ Resolved ─15 min→ (absent)
///           Pending ─gone→ (absent)          Resolved ─holds again→ Pending
///
/// Source: Prometheus rules/alerting.go, Eval. One thread at a time.
class AlertingRule {
public:
    AlertingRule(Rule rule, std::string group, std::string file);

    /// Advances all alerts to t (ms since the epoch) and gives the ALERTS and ALERTS_FOR_STATE samples. The first
    /// evaluation takes up the `for` clocks that stored ALERTS_FOR_STATE series tell of.
    /// Errors: as evaluateRecording(); the alerts stay as they were, except over the limit, where all are dropped.
    [[nodiscard]] Result<std::vector<OutputSample>> evaluate(const EvaluationContext& context, std::int64_t t,
                                                             std::int64_t queryOffsetMs, std::size_t limit);

    /// Sorted by labels.
    [[nodiscard]] std::vector<ActiveAlert> alerts() const;
    [[nodiscard]] const Rule& rule() const { return m_rule; }

private:
    [[nodiscard]] Result<std::unordered_map<LabelSet, ActiveAlert>>
    current(const EvaluationContext& context, std::int64_t t, std::int64_t queryOffsetMs) const;
    [[nodiscard]] std::string expanded(std::string_view text, const AlertTemplate::Data& data,
                                       const tmpl::FunctionContext& functions) const;
    void restore(const EvaluationContext& context, std::int64_t t);
    /// True while the alert is to be kept as pending or firing.
    bool advance(ActiveAlert& alert, bool holds, std::int64_t t) const;

    Rule m_rule;
    std::string m_group;
    std::string m_file;
    std::unordered_map<std::string, AlertTemplate> m_templates;  ///< by their text
    std::unordered_map<LabelSet, ActiveAlert> m_alerts;
    bool m_restored = false;
};

}  // namespace holdfast::rules
