#include "app/incident/then.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <variant>

namespace holdfast::incident {

namespace {

constexpr std::string_view kOwnService = "holdfast";

using Key = std::pair<std::string, std::string>;

Result<promql::InstantVector> vectorAt(const promql::Engine& engine, const char* expr, std::int64_t t)
{
    HF_TRY(auto result, engine.instant(expr, t));
    auto* vector = std::get_if<promql::InstantVector>(&result.value);
    return vector ? std::move(*vector) : promql::InstantVector();
}

std::map<std::string, std::string> labelsOf(const LabelSet& labels)
{
    std::map<std::string, std::string> out;
    for (const auto& label : labels) {
        if (label.name != kMetricName)
            out[label.name] = label.value;
    }
    return out;
}

Key targetOf(const LabelSet& labels)
{
    return {std::string(labels.get("job")), std::string(labels.get("instance"))};
}

/// The worst states first: what k counts.
std::string worstOf(const std::map<std::string, std::string>& instances)
{
    constexpr std::array<const char*, 9> kWorst{"disabled",  "forced_closed", "forced_open", "open",  "half_open",
                                                "forced_on", "forced_off",    "on",          "closed"};
    for (const char* state : kWorst) {
        if (std::ranges::any_of(instances, [&](const auto& entry) { return entry.second == state; }))
            return state;
    }
    return instances.empty() ? "unknown" : instances.begin()->second;
}

void finish(ControlThen& control, const std::vector<LeaseThen>& leases)
{
    control.state = worstOf(control.instances);
    control.n = static_cast<int>(control.instances.size());
    control.k = static_cast<int>(
        std::ranges::count_if(control.instances, [&](const auto& entry) { return entry.second == control.state; }));
    const auto lease = std::ranges::find(leases, control.id, &LeaseThen::control);
    if (lease == leases.end())
        return;
    control.lease = *lease;
    control.wanted = lease->wanted;
}

}  // namespace

Result<std::vector<AlertThen>> alertsAt(const promql::Engine& engine, std::int64_t t)
{
    HF_TRY(const auto alerts, vectorAt(engine, "ALERTS", t));
    HF_TRY(const auto since, vectorAt(engine, "ALERTS_FOR_STATE", t));
    std::map<std::string, std::int64_t> active;
    for (const auto& sample : since)
        active[sample.labels->without(kMetricName).text()] = std::llround(sample.sample.v * 1000);
    std::vector<AlertThen> out;
    for (const auto& sample : alerts) {
        const LabelSet& labels = *sample.labels;
        AlertThen alert;
        alert.alert = labels.get("alertname");
        alert.service = labels.has("service") ? labels.get("service") : labels.get("job");
        alert.state = labels.get("alertstate");
        alert.severity = labels.get("severity");
        alert.kind = labels.get("signal");
        const auto found = active.find(labels.without(kMetricName).without("alertstate").text());
        alert.activeMs = found == active.end() ? 0 : found->second;
        alert.labels = labelsOf(labels);
        alert.labels.erase("alertstate");
        out.push_back(std::move(alert));
    }
    std::ranges::stable_sort(out, [](const AlertThen& a, const AlertThen& b) {
        return std::tie(a.service, a.alert) < std::tie(b.service, b.alert);
    });
    return out;
}

Result<std::vector<TargetThen>> targetsAt(const promql::Engine& engine, std::int64_t t)
{
    HF_TRY(const auto up, vectorAt(engine, "up", t));
    HF_TRY(const auto durations, vectorAt(engine, "scrape_duration_seconds", t));
    HF_TRY(const auto counts, vectorAt(engine, "scrape_samples_scraped", t));
    HF_TRY(const auto times, vectorAt(engine, "timestamp(up)", t));
    std::map<Key, TargetThen> found;
    for (const auto& sample : up) {
        TargetThen& target = found[targetOf(*sample.labels)];
        target.job = sample.labels->get("job");
        target.instance = sample.labels->get("instance");
        target.labels = labelsOf(*sample.labels);
        target.up = sample.sample.v == 1;
    }
    const auto join = [&](const promql::InstantVector& vector, const auto& put) {
        for (const auto& sample : vector) {
            const auto target = found.find(targetOf(*sample.labels));
            if (target != found.end())
                put(target->second, sample.sample.v);
        }
    };
    join(durations, [](TargetThen& target, double v) { target.durationS = v; });
    join(counts, [](TargetThen& target, double v) { target.samples = v; });
    join(times, [](TargetThen& target, double v) { target.sampleMs = std::llround(v * 1000); });
    std::vector<TargetThen> out;
    for (auto& [key, target] : found)
        out.push_back(std::move(target));
    return out;
}

Result<std::vector<LeaseThen>> leasesAt(const promql::Engine& engine, const store::Journal& journal, std::int64_t t)
{
    HF_TRY(const auto ends, vectorAt(engine, "holdfast_override_expires_seconds", t));
    std::vector<LeaseThen> out;
    for (const auto& sample : ends) {
        LeaseThen lease;
        lease.control = sample.labels->get("control");
        lease.untilMs = std::llround(sample.sample.v * 1000);
        HF_TRY(const auto rows,
               journal.read({"SELECT lease.id,lease.action_id,lease.keeper,lease.data_json,action.actor,action.reason "
                             "FROM lease JOIN action ON action.id=lease.action_id WHERE lease.control=? AND "
                             "action.created_ms<=? ORDER BY lease.id DESC LIMIT 1",
                             {lease.control, t}}));
        if (!rows.empty()) {
            const auto& row = rows.front();
            lease.id = row.integer(0);
            lease.action = row.integer(1);
            lease.keeper = row.text(2);
            lease.actor = row.text(4);
            lease.reason = row.text(5);
            const auto data = nlohmann::json::parse(row.text(3), nullptr, false);
            if (data.is_object() && data.contains("wanted") && data["wanted"].is_string())
                lease.wanted = data["wanted"].get<std::string>();
        }
        out.push_back(std::move(lease));
    }
    std::ranges::stable_sort(out, {}, &LeaseThen::control);
    return out;
}

std::vector<ControlThen> controlsAt(const signals::FleetModel& fleet, const std::vector<LeaseThen>& leases)
{
    std::vector<ControlThen> out;
    for (const auto& breaker : fleet.breakers) {
        if (breaker.service == kOwnService)
            continue;  // the engine's own breakers are shown, but are nobody's to switch
        ControlThen control;
        control.kind = "breaker";
        control.service = breaker.service;
        control.name = breaker.name;
        control.callee = breaker.callee;
        control.id = breaker.service + "/breaker/" + breaker.name;
        for (const auto& [instance, state] : breaker.byInstance)
            control.instances[instance] = signals::word(state);
        control.failureRatio = breaker.failureRatio;
        control.refusedPerS = breaker.refusedPerS;
        finish(control, leases);
        out.push_back(std::move(control));
    }
    for (const auto& flag : fleet.flags) {
        if (flag.service == kOwnService)
            continue;
        ControlThen control;
        control.kind = "flag";
        control.service = flag.service;
        control.name = flag.name;
        control.id = flag.service + "/flag/" + flag.name;
        for (const auto& [instance, on] : flag.byInstance) {
            const auto forced = flag.forcedByInstance.find(instance);
            const bool byHand = forced != flag.forcedByInstance.end() && forced->second;
            control.instances[instance] = byHand ? (on ? "forced_on" : "forced_off") : (on ? "on" : "off");
        }
        finish(control, leases);
        out.push_back(std::move(control));
    }
    return out;
}

Result<std::vector<ControlThen>> otherControlsAt(const promql::Engine& engine, std::int64_t t,
                                                 const std::vector<LeaseThen>& leases)
{
    HF_TRY(const auto states, vectorAt(engine, "holdfast_control_state", t));
    std::map<std::string, ControlThen> found;
    for (const auto& sample : states) {
        const LabelSet& labels = *sample.labels;
        const std::string id(labels.get("control"));
        ControlThen& control = found[id];
        control.id = id;
        control.kind = labels.get("kind");
        control.service = labels.get("service");
        control.name = labels.get("name");
        control.instances[std::string(labels.get("instance"))] = labels.get("state");
    }
    std::vector<ControlThen> out;
    for (auto& [id, control] : found) {
        finish(control, leases);
        out.push_back(std::move(control));
    }
    return out;
}

}  // namespace holdfast::incident
