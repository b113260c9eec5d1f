#include "widgets/first_run/probe_answer.h"

#include "widgets/client/json_fields.h"
#include "widgets/theme/number_format.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

namespace holdfast::widgets {

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("FirstRun", text);
}

struct Name {
    const char* id;
    const char* text;
};
constexpr Name names[] = {
    {"requests", QT_TRANSLATE_NOOP("FirstRun", "Requests")}, {"errors", QT_TRANSLATE_NOOP("FirstRun", "Errors")},
    {"latency", QT_TRANSLATE_NOOP("FirstRun", "Latency")},   {"headroom", QT_TRANSLATE_NOOP("FirstRun", "Headroom")},
    {"queue", QT_TRANSLATE_NOOP("FirstRun", "Queues")},      {"retries", QT_TRANSLATE_NOOP("FirstRun", "Retries")},
    {"breakers", QT_TRANSLATE_NOOP("FirstRun", "Breakers")}, {"flags", QT_TRANSLATE_NOOP("FirstRun", "Flags")}};

}  // namespace

QString signalName(const QString& id)
{
    for (const Name& name : names) {
        if (id == QLatin1String(name.id))
            return words(name.text);
    }
    return id;
}

Result<ProbeAnswer> decodeProbe(const QByteArray& body)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    ProbeAnswer answer;
    answer.url = root.value(QStringLiteral("url")).toString();
    answer.job = root.value(QStringLiteral("job")).toString();
    answer.durationMs = root.value(QStringLiteral("duration_ms")).toDouble();
    answer.samples = root.value(QStringLiteral("samples")).toInteger();
    answer.metrics = root.value(QStringLiteral("metrics")).toInteger();
    answer.profile = root.value(QStringLiteral("profile")).toString();
    answer.profileTitle = root.value(QStringLiteral("profile_title")).toString();
    answer.services = textList(root, "services");
    answer.breakers = textList(root, "breakers");
    answer.error = root.value(QStringLiteral("error")).toString();
    answer.errorWords = root.value(QStringLiteral("error_words")).toString();
    for (const auto& item : root.value(QStringLiteral("signals")).toArray()) {
        const QJsonObject signal = item.toObject();
        answer.signalList.push_back({signal.value(QStringLiteral("id")).toString(),
                                     signal.value(QStringLiteral("found")).toBool(), textList(signal, "metrics"),
                                     signal.value(QStringLiteral("gap")).toString()});
    }
    return answer;
}

QString foundText(const ProbeAnswer& answer)
{
    QStringList parts;
    parts << (answer.profileTitle.isEmpty() ? words("metrics of no convention that Holdfast knows")
                                            : answer.profileTitle);
    if (!answer.services.isEmpty())
        parts << (answer.services.size() == 1 ? words("1 service") : words("%1 services").arg(answer.services.size()));
    if (!answer.breakers.isEmpty())
        parts << (answer.breakers.size() == 1 ? words("1 breaker") : words("%1 breakers").arg(answer.breakers.size()));
    return words("Found: %1 · %2 samples in %3")
        .arg(parts.join(QStringLiteral(", ")), QString::number(answer.samples), latencyText(answer.durationMs / 1'000));
}

}  // namespace holdfast::widgets
