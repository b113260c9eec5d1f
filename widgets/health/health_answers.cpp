#include "widgets/health/health_answers.h"

#include "widgets/client/json_fields.h"

#include <QJsonArray>

#include <cmath>

namespace holdfast::widgets {

namespace {

ReceiverState receiver(const QJsonObject& object)
{
    return {.name = textField(object, "name"),
            .kind = textField(object, "kind"),
            .breaker = textField(object, "breaker"),
            .waiting = intField(object, "waiting"),
            .capacity = intField(object, "capacity"),
            .sent = intField(object, "sent"),
            .failed = intField(object, "failed"),
            .dropped = intField(object, "dropped"),
            .lastError = textField(object, "last_error"),
            .lastErrorMs = optionalIntField(object, "last_error_ms"),
            .lastSentMs = optionalIntField(object, "last_sent_ms")};
}

}  // namespace

Result<OwnRules> decodeOwnRules(const QByteArray& body)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    OwnRules rules;
    for (const QJsonValue& each : objectField(root, "data").value(QLatin1String("groups")).toArray()) {
        const QJsonObject group = each.toObject();
        ++rules.groups;
        const double took = numberField(group, "evaluationTime").value_or(0);
        if (took >= rules.slowestS) {
            rules.slowestS = took;
            rules.slowestGroup = textField(group, "name");
        }
        for (const QJsonValue& one : group.value(QLatin1String("rules")).toArray()) {
            const QJsonObject rule = one.toObject();
            if (textField(rule, "health") == QLatin1String("err"))
                rules.failing.push_back(
                    {textField(group, "name"), textField(rule, "name"), textField(rule, "lastError")});
        }
    }
    return rules;
}

Result<ReceiverList> decodeReceivers(const QByteArray& body)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    ReceiverList list;
    for (const char* part : {"receivers", "alertmanagers"})
        for (const QJsonValue& each : root.value(QLatin1String(part)).toArray())
            list.receivers.push_back(receiver(each.toObject()));
    return list;
}

OwnNumbers ownNumbers(const Matrix& matrix)
{
    OwnNumbers numbers;
    for (const GridSeries& series : matrix.series) {
        if (series.values.empty() || std::isnan(series.values.back()))
            continue;
        QStringList labels;
        for (auto label = series.labels.begin(); label != series.labels.end(); ++label) {
            if (label.key() != QLatin1String("__name__") && label.key() != QLatin1String("job")
                && label.key() != QLatin1String("instance"))
                labels << QStringLiteral("%1=\"%2\"").arg(label.key(), label.value());
        }
        QString name = series.labels.value(QStringLiteral("__name__"));
        if (!labels.isEmpty())
            name += QLatin1Char('{') + labels.join(QLatin1Char(',')) + QLatin1Char('}');
        numbers.insert(name, series.values.back());
    }
    return numbers;
}

Result<QString> decodeRetention(const QByteArray& body)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    return textField(objectField(root, "data"), "storageRetention");
}

}  // namespace holdfast::widgets
