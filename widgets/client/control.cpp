#include "widgets/client/control.h"

#include "widgets/client/json_fields.h"

namespace holdfast::widgets {

namespace {

ControlKind kindFromText(const QString& text)
{
    if (text == QLatin1String("flag"))
        return ControlKind::Flag;
    if (text == QLatin1String("action"))
        return ControlKind::Action;
    if (text == QLatin1String("server"))
        return ControlKind::Server;
    if (text == QLatin1String("limit"))
        return ControlKind::Limit;
    if (text == QLatin1String("value"))
        return ControlKind::Value;
    if (text == QLatin1String("silence"))
        return ControlKind::Silence;
    return ControlKind::Breaker;
}

ControlInstance readInstance(const QJsonObject& object)
{
    return {.instance = textField(object, "instance"),
            .state = textField(object, "state"),
            .mode = textField(object, "mode"),
            .quality = textField(object, "quality"),
            .observedMs = intField(object, "observed_ms"),
            .error = textField(object, "error"),
            .metrics = textField(object, "metrics")};
}

Lease readLease(const QJsonObject& object)
{
    return {.id = intField(object, "id"),
            .action = intField(object, "action"),
            .control = textField(object, "control"),
            .word = textField(object, "word"),
            .k = intField(object, "k"),
            .n = intField(object, "n"),
            .untilMs = intField(object, "until_ms"),
            .actor = textField(object, "actor"),
            .reason = textField(object, "reason"),
            .keeper = textField(object, "keeper"),
            .state = textField(object, "state"),
            .drifted = intField(object, "drifted"),
            .verifiedMs = intField(object, "verified_ms"),
            .untilRecovered = boolField(object, "until_recovered"),
            .calmSinceMs = intField(object, "calm_since_ms")};
}

Control readControl(const QJsonObject& object)
{
    Control control;
    control.id = textField(object, "id");
    control.kind = kindFromText(textField(object, "kind"));
    control.service = textField(object, "service");
    control.name = textField(object, "name");
    control.callee = textField(object, "callee");
    control.adapter = textField(object, "adapter");
    control.group = textField(object, "group");
    control.flagKind = textField(object, "flag_kind");
    control.wanted = textField(object, "wanted");
    control.word = textField(object, "word");
    control.state = textField(object, "state");
    control.k = intField(object, "k");
    control.n = intField(object, "n");
    control.quality = textField(object, "quality");
    control.observedMs = intField(object, "observed_ms");
    control.instances = objectList<ControlInstance>(object, "instances", readInstance);
    control.options = objectList<ControlOption>(object, "options", [](const QJsonObject& option) {
        return ControlOption{textField(option, "value"), textField(option, "label")};
    });
    control.effect = textField(object, "effect");
    control.nativeTtl = boolField(object, "native_ttl");
    control.maxHoldS = intField(object, "max_hold_s");
    control.highBlast = textField(object, "blast") == QLatin1String("high");
    control.locked = textField(object, "locked");
    control.failureRatio = numberField(object, "failure_ratio");
    control.failureLimit = numberField(object, "failure_limit");
    control.refusedPerS = numberField(object, "refused_per_s");
    control.meaning = textField(object, "meaning");
    control.handed = boolField(object, "forced");
    control.computed = textField(object, "computed");
    control.scope = textField(object, "scope");
    control.resting = textField(object, "resting");
    if (const QJsonObject number = objectField(object, "number"); !number.isEmpty())
        control.number = NumberRange{numberField(number, "least").value_or(0), numberField(number, "most").value_or(0),
                                     boolField(number, "whole"), textField(number, "unit")};
    control.mostText = intField(object, "most_text");
    control.fadesAfterS = intField(object, "fades_after_s");
    control.lostOnRestart = boolField(object, "lost_on_restart");
    const QJsonObject lease = objectField(object, "lease");
    if (!lease.isEmpty()) {
        control.lease = readLease(lease);
        control.lease->control = control.id;
    }
    return control;
}

}  // namespace

QString modeOf(const Control& control)
{
    QString mode;
    for (const ControlInstance& instance : control.instances) {
        if (!instance.mode.isEmpty() && (mode.isEmpty() || control.rests(mode)))
            mode = instance.mode;
    }
    if (!mode.isEmpty())
        return mode;
    if (control.state.startsWith(QLatin1String("forced")))
        return control.state;
    return control.resting.isEmpty() ? QStringLiteral("auto") : control.resting;
}

Result<ControlList> decodeControls(const QByteArray& body)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    return ControlList{objectList<Control>(root, "controls", readControl)};
}

Result<LeaseList> decodeLeases(const QByteArray& body)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    return LeaseList{objectList<Lease>(root, "leases", readLease)};
}

}  // namespace holdfast::widgets
