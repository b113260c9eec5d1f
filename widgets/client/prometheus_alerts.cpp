#include "widgets/client/prometheus_alerts.h"

#include "widgets/client/json_fields.h"

#include <QDateTime>
#include <QJsonArray>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace holdfast::widgets {

namespace {

std::int64_t timeField(const QJsonObject& object, const char* name)
{
    const QDateTime at = QDateTime::fromString(textField(object, name), Qt::ISODateWithMs);
    return at.isValid() && at.date().year() > 1970 ? at.toMSecsSinceEpoch() : 0;
}

int rank(const PrometheusAlert& alert)
{
    if (alert.state == QLatin1String("firing"))
        return 0;
    if (alert.state == QLatin1String("pending"))
        return 1;
    return alert.problem.isEmpty() ? 3 : 2;
}

PrometheusAlert readRule(const QJsonObject& rule, const QString& group)
{
    PrometheusAlert alert;
    alert.name = textField(rule, "name");
    alert.group = group;
    alert.state = QStringLiteral("inactive");
    alert.severity = textField(objectField(rule, "labels"), "severity");
    const QJsonObject annotations = objectField(rule, "annotations");
    alert.summary = textField(annotations, "summary");
    alert.runbook = textField(annotations, "runbook_url");
    alert.expr = textField(rule, "query");
    alert.problem = textField(rule, "lastError");
    alert.holdMs = std::llround(numberField(rule, "duration").value_or(0) * 1000);
    alert.evaluatedMs = timeField(rule, "lastEvaluation");
    return alert;
}

/// What the rule says of one set of labels.
PrometheusAlert readAlert(PrometheusAlert alert, const QJsonObject& held)
{
    alert.state = textField(held, "state");
    alert.value = textField(held, "value");
    alert.sinceMs = timeField(held, "activeAt");
    const QJsonObject annotations = objectField(held, "annotations");
    alert.summary = textField(annotations, "summary");
    if (alert.summary.isEmpty())
        alert.summary = textField(annotations, "description");
    const QJsonObject labels = objectField(held, "labels");
    for (auto label = labels.begin(); label != labels.end(); ++label) {
        if (label.key() != QLatin1String("alertname"))
            alert.labels.insert(label.key(), label.value().toString());
    }
    alert.severity = alert.labels.value(QStringLiteral("severity"), alert.severity);
    alert.service = alert.labels.value(QStringLiteral("job"));
    return alert;
}

}  // namespace

Result<PrometheusAlerts> decodePrometheusAlerts(const QByteArray& body)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    if (textField(root, "status") != QLatin1String("success"))
        return Error{textField(root, "error").toStdString(), ErrorKind::BadInput};
    PrometheusAlerts found;
    const auto groups = objectField(root, "data").value(QLatin1String("groups")).toArray();
    for (const auto& item : groups) {
        const QJsonObject group = item.toObject();
        for (const auto& each : group.value(QLatin1String("rules")).toArray()) {
            const QJsonObject object = each.toObject();
            if (textField(object, "type") != QLatin1String("alerting"))
                continue;
            ++found.rules;
            const PrometheusAlert rule = readRule(object, textField(group, "name"));
            found.failing += rule.problem.isEmpty() ? 0 : 1;
            const QJsonArray held = object.value(QLatin1String("alerts")).toArray();
            for (const auto& alert : held)
                found.alerts.push_back(readAlert(rule, alert.toObject()));
            if (held.isEmpty())
                found.alerts.push_back(rule);
        }
    }
    found.firing = std::ranges::count(found.alerts, QStringLiteral("firing"), &PrometheusAlert::state);
    found.pending = std::ranges::count(found.alerts, QStringLiteral("pending"), &PrometheusAlert::state);
    std::ranges::stable_sort(found.alerts, {}, [](const PrometheusAlert& alert) {
        return std::tuple(rank(alert), alert.name, alert.service);
    });
    return found;
}

}  // namespace holdfast::widgets
