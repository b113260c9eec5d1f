#include "widgets/client/fleet.h"

#include "widgets/client/json_fields.h"

namespace holdfast::widgets {

namespace {

ValueState stateFromText(const QString& text)
{
    if (text == QLatin1String("value"))
        return ValueState::Value;
    if (text == QLatin1String("no_traffic"))
        return ValueState::NoTraffic;
    if (text == QLatin1String("few"))
        return ValueState::Few;
    if (text == QLatin1String("above"))
        return ValueState::Above;
    if (text == QLatin1String("stale"))
        return ValueState::Stale;
    if (text == QLatin1String("error"))
        return ValueState::Error;
    return ValueState::Absent;
}

SignalValue readSignal(const QJsonObject& object)
{
    SignalValue signal;
    signal.state = stateFromText(textField(object, "state"));
    signal.value = numberField(object, "value");
    signal.limit = numberField(object, "limit");
    signal.burn = numberField(object, "burn");
    signal.lower = numberField(object, "lower");
    signal.upper = numberField(object, "upper");
    signal.minutes = numberField(object, "minutes");
    signal.minutesLow = numberField(object, "minutes_low");
    signal.minutesHigh = numberField(object, "minutes_high");
    signal.count = intField(object, "count");
    signal.ageMs = intField(object, "age_ms");
    signal.resource = textField(object, "resource");
    signal.error = textField(object, "error");
    signal.severity = severityFromText(textField(object, "severity"));
    signal.spark = numberList(object, "spark");
    return signal;
}

FleetEdge readEdge(const QJsonObject& object)
{
    return {.caller = textField(object, "caller"),
            .callee = textField(object, "callee"),
            .source = textField(object, "source"),
            .requests = numberField(object, "requests"),
            .errors = numberField(object, "errors"),
            .breaker = textField(object, "breaker")};
}

}  // namespace

FleetService readFleetService(const QJsonObject& object)
{
    FleetService service;
    service.name = textField(object, "name");
    service.tier = static_cast<int>(intField(object, "tier"));
    service.version = textField(object, "version");
    service.profile = textField(object, "profile");
    // The service page has a list under "instances" and "breakers", and the counts under these names.
    service.instances = optionalIntField(object, "instances_total").value_or(intField(object, "instances"));
    service.instancesUp = intField(object, "instances_up");
    service.lastSampleMs = intField(object, "last_sample_ms");
    service.severity = severityFromText(textField(object, "severity"));
    service.p99 = readSignal(objectField(object, "p99"));
    service.errors = readSignal(objectField(object, "errors"));
    service.requests = readSignal(objectField(object, "requests"));
    service.headroom = readSignal(objectField(object, "headroom"));
    const QJsonObject breakers = object.contains(QLatin1String("breaker_summary"))
                                     ? objectField(object, "breaker_summary")
                                     : objectField(object, "breakers");
    service.breakers = {.total = intField(breakers, "total"),
                        .open = intField(breakers, "open"),
                        .halfOpen = intField(breakers, "half_open"),
                        .forced = intField(breakers, "forced"),
                        .unknown = intField(breakers, "unknown"),
                        .severity = severityFromText(textField(breakers, "severity"))};
    if (service.breakers.total == 0)
        service.breakers.severity = Severity::Normal;  // none is not unknown
    service.flagsOn = intField(object, "flags_on");
    return service;
}

Result<Fleet> decodeFleet(const QByteArray& body)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    Fleet fleet;
    fleet.atMs = intField(root, "at_ms");
    fleet.intervalMs = intField(root, "interval_ms");
    const QJsonObject spark = objectField(root, "spark");
    fleet.sparkStartMs = intField(spark, "start_ms");
    fleet.sparkStepMs = intField(spark, "step_ms");
    fleet.profileGaps = textList(root, "profile_gaps");
    fleet.services = objectList<FleetService>(root, "services", readFleetService);
    fleet.edges = objectList<FleetEdge>(root, "edges", readEdge);
    return fleet;
}

}  // namespace holdfast::widgets
