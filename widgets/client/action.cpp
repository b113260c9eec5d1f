#include "widgets/client/action.h"

#include "widgets/client/json_fields.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace holdfast::widgets {

namespace {

Action readAction(const QJsonObject& object)
{
    Action action;
    action.id = intField(object, "id");
    action.control = textField(object, "control");
    action.service = textField(object, "service");
    action.kind = textField(object, "kind");
    action.from = textField(object, "from");
    action.to = textField(object, "to");
    action.state = textField(object, "state");
    action.k = intField(object, "k");
    action.n = intField(object, "n");
    action.actor = textField(object, "actor");
    action.reason = textField(object, "reason");
    action.createdMs = intField(object, "created_ms");
    action.updatedMs = intField(object, "updated_ms");
    action.message = textField(object, "message");
    action.lease = optionalIntField(object, "lease");
    action.instances = objectList<ActionInstance>(object, "instances", [](const QJsonObject& instance) {
        return ActionInstance{textField(instance, "instance"), textField(instance, "state"),
                              textField(instance, "message"), intField(instance, "latency_ms"),
                              textField(instance, "proof")};
    });
    const QJsonObject effect = objectField(object, "effect");
    action.effectState = textField(effect, "state");
    action.effect = objectList<EffectLine>(effect, "lines", readEffectLine);
    action.incident = intField(object, "incident");
    action.proof = textField(object, "proof");
    action.approver = textField(object, "approver");
    action.startMs = intField(object, "start_ms");
    action.reverts = intField(object, "reverts");
    return action;
}

}  // namespace

EffectLine readEffectLine(const QJsonObject& line)
{
    return {textField(line, "signal"), numberField(line, "before"), numberField(line, "now"),
            textField(line, "verdict"), numberField(line, "z")};
}

bool Action::settled() const
{
    static constexpr std::array underway = {"draft",    "intent",  "preview",   "confirmed", "sent",    "accepted",
                                            "applying", "applied", "verifying", "reading",   "pending", "running"};
    if (waits())
        return false;
    return !state.isEmpty() && std::none_of(underway.begin(), underway.end(), [this](const char* word) {
        return state == QLatin1String(word);
    });
}

bool Action::waits() const
{
    return state == QLatin1String("waiting_approval") || state == QLatin1String("scheduled");
}

Result<Plan> decodePlan(const QByteArray& body)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    Plan plan;
    plan.control = textField(root, "control");
    plan.from = textField(root, "from");
    plan.to = textField(root, "to");
    plan.instances = intField(root, "instances");
    plan.sentence = textField(root, "sentence");
    plan.hold = textField(root, "hold");
    plan.requests = textList(root, "requests");
    plan.lines = objectList<PlanLine>(root, "lines", [](const QJsonObject& line) {
        return PlanLine{textField(line, "kind"), textField(line, "text")};
    });
    if (plan.lines.empty()) {  // an older engine: the same texts without their kinds
        for (const QString& text : textList(root, "preview"))
            plan.lines.push_back({{}, text});
    }
    plan.highBlast = textField(root, "blast") == QLatin1String("high");
    plan.typeName = textField(root, "type_name");
    plan.expectedRevision = textField(root, "expected_revision");
    plan.warnings = textList(root, "warnings");
    plan.releases = boolField(root, "releases");
    plan.needsSecond = textField(root, "approval") == QLatin1String("second");
    plan.refusedPerS = numberField(root, "refused_per_s");
    plan.share = numberField(root, "share");
    plan.usersAtMost = numberField(root, "users_at_most");
    plan.overrides = textList(root, "overrides");
    return plan;
}

Result<Action> decodeAction(const QByteArray& body)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    return readAction(root);
}

Result<ActionList> decodeActions(const QByteArray& body)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    return ActionList{objectList<Action>(root, "actions", readAction)};
}

Result<Action> decodeRevertAll(const QByteArray& body)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    const auto begun = objectList<Action>(root, "actions", readAction);
    const auto cancelled = objectList<Action>(root, "cancelled", readAction);
    const QStringList following = textList(root, "following");
    Action all;
    all.state = QStringLiteral("verified");
    all.message = QCoreApplication::translate("Action", "%1 holds are being put back, %2 waiting actions cancelled")
                      .arg(begun.size())
                      .arg(cancelled.size());
    if (!following.isEmpty())
        all.message += QStringLiteral("; ") + following.join(QStringLiteral("; "));
    return all;
}

}  // namespace holdfast::widgets
