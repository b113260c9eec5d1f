#include "widgets/client/aged_fleet.h"

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr int staleAfterIntervals = 3;
constexpr std::int64_t shortestMs = 5000;  // one lost answer is no reason yet

void age(SignalValue& signal, std::int64_t ageMs)
{
    const bool old = signal.state == ValueState::Value || signal.state == ValueState::Few
                     || signal.state == ValueState::Above || signal.state == ValueState::Stale;
    if (!old)
        return;
    signal.ageMs = signal.state == ValueState::Stale ? std::max(signal.ageMs, ageMs) : ageMs;
    signal.state = ValueState::Stale;
    signal.severity = Severity::Unknown;
}

bool isOld(std::int64_t atMs, std::int64_t intervalMs, std::int64_t nowMs)
{
    return nowMs - atMs > std::max(shortestMs, staleAfterIntervals * intervalMs);
}

void age(FleetService& service, std::int64_t ageMs)
{
    for (SignalValue* signal : {&service.p99, &service.errors, &service.requests, &service.headroom})
        age(*signal, ageMs);
    service.severity = Severity::Unknown;
    if (service.breakers.total > 0)
        service.breakers.severity = Severity::Unknown;
}

}  // namespace

std::shared_ptr<const Fleet> agedFleet(std::shared_ptr<const Fleet> fleet, std::int64_t nowMs)
{
    if (!fleet || !isOld(fleet->atMs, fleet->intervalMs, nowMs))
        return fleet;
    auto aged = std::make_shared<Fleet>(*fleet);
    for (FleetService& service : aged->services)
        age(service, nowMs - (service.lastSampleMs > 0 ? service.lastSampleMs : fleet->atMs));
    return aged;
}

FleetService agedService(FleetService service, std::int64_t intervalMs, std::int64_t nowMs)
{
    if (service.lastSampleMs > 0 && isOld(service.lastSampleMs, intervalMs, nowMs))
        age(service, nowMs - service.lastSampleMs);
    return service;
}

}  // namespace holdfast::widgets
