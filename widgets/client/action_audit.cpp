#include "widgets/client/action_audit.h"

#include "widgets/client/json_fields.h"

#include <QJsonDocument>

namespace holdfast::widgets {

namespace {

QString jsonText(const QJsonObject& object, const char* name)
{
    const QJsonObject part = objectField(object, name);
    return part.isEmpty() ? QString() : QString::fromUtf8(QJsonDocument(part).toJson(QJsonDocument::Compact));
}

AuditRow readRow(const QJsonObject& object)
{
    return {.id = intField(object, "id"),
            .atMs = intField(object, "at_ms"),
            .action = intField(object, "action"),
            .step = textField(object, "step"),
            .actor = textField(object, "actor"),
            .osUser = textField(object, "os_user"),
            .host = textField(object, "host"),
            .control = textField(object, "control"),
            .instance = textField(object, "instance"),
            .reason = textField(object, "reason"),
            .incident = intField(object, "incident"),
            .outcome = textField(object, "outcome"),
            .requests = textList(object, "requests"),
            .before = jsonText(object, "before"),
            .wanted = jsonText(object, "wanted"),
            .after = jsonText(object, "after"),
            .lease = intField(object, "lease"),
            .hash = textField(object, "hash")};
}

}  // namespace

Result<AuditList> decodeAudit(const QByteArray& body)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    for (const char* name : {"audit", "rows"}) {
        if (root.contains(QLatin1String(name)))
            return AuditList{objectList<AuditRow>(root, name, readRow)};
    }
    return AuditList{};
}

}  // namespace holdfast::widgets
