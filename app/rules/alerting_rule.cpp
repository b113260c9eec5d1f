#include "app/rules/alerting_rule.h"

#include <algorithm>
#include <unordered_set>

namespace holdfast::rules {

namespace {

/// Prometheus rules/alerting.go, resolvedRetention.
constexpr std::int64_t kResolvedRetentionMs = 15LL * 60'000;

OutputSample alertsSample(const ActiveAlert& alert)
{
    return {alert.labels.with(kMetricName, "ALERTS").with("alertstate", alertStateWord(alert.state)), 1};
}

OutputSample forStateSample(const ActiveAlert& alert)
{
    return {alert.labels.with(kMetricName, "ALERTS_FOR_STATE"), static_cast<double>(alert.activeAt / 1000)};
}

}  // namespace

const char* alertStateWord(AlertState state)
{
    switch (state) {
    case AlertState::Inactive: return "inactive";
    case AlertState::Pending: return "pending";
    case AlertState::Firing: return "firing";
    case AlertState::Resolved: return "resolved";
    }
    return "inactive";
}

AlertingRule::AlertingRule(Rule rule, std::string group, std::string file)
    : m_rule(std::move(rule)), m_group(std::move(group)), m_file(std::move(file))
{
    for (const auto* texts : {&m_rule.labels, &m_rule.annotations}) {
        for (const auto& text : *texts) {
            auto parsed = AlertTemplate::parse(text.value);
            if (parsed.ok())
                m_templates.emplace(text.value, std::move(parsed).value());
        }
    }
}

std::string AlertingRule::expanded(std::string_view text, const AlertTemplate::Data& data,
                                   const tmpl::FunctionContext& functions) const
{
    const auto found = m_templates.find(std::string(text));
    if (found == m_templates.end())
        return "<error expanding template: it does not parse>";
    auto result = found->second.expand(data, functions);
    if (!result.ok())
        return "<error expanding template: " + result.error().message + ">";
    return std::move(result).value();
}

Result<std::unordered_map<LabelSet, ActiveAlert>>
AlertingRule::current(const EvaluationContext& context, std::int64_t t, std::int64_t queryOffsetMs) const
{
    HF_TRY(const auto vector, queryVector(context.engine, m_rule.expr, t - queryOffsetMs));
    const tmpl::FunctionContext functions{
        .query =
            [&](std::string_view expression) { return queryVector(context.engine, expression, t - queryOffsetMs); },
        .externalUrl = context.externalUrl};
    std::unordered_map<LabelSet, ActiveAlert> out;
    for (const auto& element : vector) {
        const AlertTemplate::Data data{*element.labels, element.sample.v, context.externalLabels};
        ActiveAlert alert;
        alert.labels = element.labels->without(kMetricName);
        for (const auto& label : m_rule.labels)
            alert.labels = alert.labels.with(label.name, expanded(label.value, data, functions));
        for (const auto& name : m_rule.removedLabels)
            alert.labels = alert.labels.without(name);
        alert.labels = alert.labels.with("alertname", m_rule.alert);
        for (const auto& annotation : m_rule.annotations)
            alert.annotations = alert.annotations.with(annotation.name, expanded(annotation.value, data, functions));
        alert.value = element.sample.v;
        alert.activeAt = t;
        alert.group = m_group;
        alert.file = m_file;
        LabelSet key = alert.labels;
        if (!out.emplace(std::move(key), std::move(alert)).second)
            return Error{.message = "vector contains metrics with the same labelset after applying alert labels",
                         .kind = ErrorKind::BadInput};
    }
    return out;
}

bool AlertingRule::advance(ActiveAlert& alert, bool holds, std::int64_t t) const
{
    // A clock that was set back must not give negative durations.
    alert.activeAt = std::min(alert.activeAt, t);
    if (!holds) {
        if (alert.state == AlertState::Firing && m_rule.keepFiringForMs > 0) {
            if (alert.keepFiringSince == 0 || alert.keepFiringSince > t)
                alert.keepFiringSince = t;
            if (t - alert.keepFiringSince < m_rule.keepFiringForMs)
                return true;
        }
        if (alert.state == AlertState::Firing) {
            alert.state = AlertState::Resolved;
            alert.resolvedAt = t;
        }
        return false;
    }
    alert.keepFiringSince = 0;
    if (alert.state == AlertState::Pending && t - alert.activeAt >= m_rule.forMs) {
        alert.state = AlertState::Firing;
        alert.firedAt = t;
    }
    return true;
}

Result<std::vector<OutputSample>> AlertingRule::evaluate(const EvaluationContext& context, std::int64_t t,
                                                         std::int64_t queryOffsetMs, std::size_t limit)
{
    HF_TRY(auto now, current(context, t, queryOffsetMs));
    std::unordered_set<LabelSet> holding;
    for (auto& [labels, alert] : now) {
        holding.insert(labels);
        const auto known = m_alerts.find(labels);
        if (known != m_alerts.end() && known->second.state != AlertState::Resolved) {
            known->second.value = alert.value;
            known->second.annotations = std::move(alert.annotations);
        } else {
            m_alerts.insert_or_assign(labels, std::move(alert));
        }
    }
    if (!std::exchange(m_restored, true))
        restore(context, t);

    std::vector<OutputSample> out;
    std::size_t active = 0;
    for (auto it = m_alerts.begin(); it != m_alerts.end();) {
        ActiveAlert& alert = it->second;
        const bool holds = holding.contains(it->first);
        const bool pendingGone = !holds && alert.state == AlertState::Pending;
        const bool forgotten =
            !holds && alert.state == AlertState::Resolved && t - alert.resolvedAt > kResolvedRetentionMs;
        if (pendingGone || forgotten) {
            it = m_alerts.erase(it);
            continue;
        }
        if (advance(alert, holds, t)) {
            ++active;
            out.push_back(alertsSample(alert));
            out.push_back(forStateSample(alert));
        }
        ++it;
    }
    if (limit > 0 && active > limit) {
        m_alerts.clear();
        return Error{.message =
                         "exceeded limit of " + std::to_string(limit) + " with " + std::to_string(active) + " alerts",
                     .kind = ErrorKind::Limit};
    }
    return out;
}

// Prometheus rules/group.go, RestoreForState, with one difference: a `for` below the grace period is restored too,
// and an alert that had fired before fires again at once, so that a restart makes no gap and no second "fired".
void AlertingRule::restore(const EvaluationContext& context, std::int64_t t)
{
    if (m_alerts.empty())
        return;
    const std::string query = "ALERTS_FOR_STATE{alertname=" + quotedLabelValue(m_rule.alert) + "}["
                              + std::to_string(std::max<std::int64_t>(context.outageToleranceMs, 1)) + "ms]";
    const auto stored = context.engine.instant(query, t);
    if (!stored.ok())
        return;
    const auto* matrix = std::get_if<promql::Matrix>(&stored->value);
    for (std::size_t i = 0; matrix && i < matrix->size(); ++i) {
        const auto& series = (*matrix)[i];
        const auto found = m_alerts.find(series.labels->without(kMetricName));
        if (found == m_alerts.end() || series.samples.empty() || isStaleMarker(series.samples.back().v))
            continue;
        const std::int64_t downAt = series.samples.back().t;
        const std::int64_t activeAt = static_cast<std::int64_t>(series.samples.back().v) * 1000;
        if (downAt >= t || activeAt > downAt)
            continue;
        ActiveAlert& alert = found->second;
        const std::int64_t remaining = m_rule.forMs - (downAt - activeAt);
        const std::int64_t grace = m_rule.forMs < context.forGracePeriodMs ? 0 : context.forGracePeriodMs;
        if (remaining <= 0)
            alert.activeAt = activeAt;
        else if (remaining < grace)
            alert.activeAt = t + grace - m_rule.forMs;
        else
            alert.activeAt = activeAt + (t - downAt);
    }
}

std::vector<ActiveAlert> AlertingRule::alerts() const
{
    std::vector<ActiveAlert> out;
    out.reserve(m_alerts.size());
    for (const auto& [labels, alert] : m_alerts)
        out.push_back(alert);
    std::ranges::sort(out, {}, &ActiveAlert::labels);
    return out;
}

}  // namespace holdfast::rules
