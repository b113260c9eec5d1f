#include "app/signals/judgement.h"

#include <algorithm>

namespace holdfast::signals {

namespace {

// Fewer samples than this say little about a slow tail: a single slow request is then no alarm by itself.
constexpr double kFewestForCritical = 20;
constexpr double kFewestErrors = 3;
constexpr double kHeadroomCritical = 0.05;
constexpr double kSoonMinutes = 15;

bool measured(const SignalValue& signal)
{
    return signal.value
           && (signal.state == ValueState::Value || signal.state == ValueState::Few
               || signal.state == ValueState::Above);
}

Severity unmeasured(const SignalValue& signal)
{
    return signal.state == ValueState::NoTraffic ? Severity::Normal : Severity::Unknown;
}

Severity latencySeverity(const SignalValue& p99, double limit)
{
    if (!measured(p99))
        return unmeasured(p99);
    const bool slow = p99.state == ValueState::Above ? *p99.value >= limit : *p99.value > limit;
    if (!slow)
        return Severity::Normal;
    const bool verySlow = p99.state == ValueState::Above || *p99.value > 2 * limit;
    return verySlow && p99.count.value_or(0) >= kFewestForCritical ? Severity::Critical : Severity::Warning;
}

Severity errorSeverity(const SignalValue& errors, double budget, double errorCount)
{
    if (!measured(errors))
        return unmeasured(errors);
    if (!(*errors.value > budget))
        return Severity::Normal;
    return *errors.value > 5 * budget && errorCount >= kFewestErrors ? Severity::Critical : Severity::Warning;
}

Severity headroomSeverity(const SignalValue& headroom)
{
    if (!measured(headroom))
        return unmeasured(headroom);
    if (*headroom.value < kHeadroomCritical)
        return Severity::Critical;
    const bool soon = headroom.minutes && *headroom.minutes < kSoonMinutes && *headroom.value < 0.5;
    return *headroom.value < kHeadroomLimit || soon ? Severity::Warning : Severity::Normal;
}

Severity instanceSeverity(const ServiceRow& row)
{
    if (row.instances == 0)
        return Severity::Unknown;
    if (row.instancesUp == 0)
        return Severity::Critical;
    return row.instancesUp < row.instances ? Severity::Warning : Severity::Normal;
}

}  // namespace

config::ServiceConfig objectivesOf(const config::Config& config, const std::string& service)
{
    const auto found = config.holdfast.services.find(service);
    return found == config.holdfast.services.end() ? config::ServiceConfig{} : found->second;
}

double errorBudget(const config::ServiceConfig& objectives)
{
    return std::clamp(1 - objectives.availability, 1e-6, 1.0);
}

void judge(ServiceRow& row, const config::ServiceConfig& objectives, std::int64_t windowMs)
{
    const double limit = static_cast<double>(objectives.latencyMs) / 1000;
    const double budget = errorBudget(objectives);
    const double seconds = static_cast<double>(windowMs) / 1000;
    row.p99.limit = limit;
    row.p99.severity = latencySeverity(row.p99, limit);
    row.errors.limit = budget;
    row.errors.severity = errorSeverity(row.errors, budget, row.errorRate.value_or(0) * seconds);
    row.requests.severity = measured(row.requests) ? Severity::Normal : unmeasured(row.requests);
    row.headroom.limit = kHeadroomLimit;
    row.headroom.severity = headroomSeverity(row.headroom);

    // A signal the service does not have must not hide that the others are well.
    std::optional<Severity> worst;
    for (const Severity severity :
         {row.p99.severity, row.errors.severity, row.requests.severity, row.headroom.severity, instanceSeverity(row)})
        if (severity != Severity::Unknown)
            worst = worst ? worse(*worst, severity) : severity;
    if (row.breakers.total > 0 && row.breakers.severity != Severity::Unknown)
        worst = worst ? worse(*worst, row.breakers.severity) : row.breakers.severity;
    row.severity = worst.value_or(Severity::Unknown);
}

}  // namespace holdfast::signals
