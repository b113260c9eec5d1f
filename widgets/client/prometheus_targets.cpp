#include "widgets/client/prometheus_targets.h"

#include "app/base/duration.h"
#include "widgets/client/json_fields.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QUrl>

#include <array>

namespace holdfast::widgets {

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("PrometheusTargets", text);
}

std::int64_t timeField(const QJsonObject& object, const char* name)
{
    const QDateTime at = QDateTime::fromString(textField(object, name), Qt::ISODateWithMs);
    // A target that was never scraped has the year 1.
    return at.isValid() && at.date().year() > 1970 ? at.toMSecsSinceEpoch() : 0;
}

std::int64_t durationField(const QJsonObject& object, const char* name)
{
    const auto ms = parseDuration(textField(object, name).toStdString());
    return ms.ok() ? *ms : 0;
}

QMap<QString, QString> labelsField(const QJsonObject& object, const char* name)
{
    QMap<QString, QString> labels;
    const QJsonObject read = objectField(object, name);
    for (auto label = read.begin(); label != read.end(); ++label)
        labels.insert(label.key(), label.value().toString());
    return labels;
}

Target readTarget(const QJsonObject& object)
{
    Target target;
    target.labels = labelsField(object, "labels");
    target.discovered = labelsField(object, "discoveredLabels");
    target.job = target.labels.value(QStringLiteral("job"), textField(object, "scrapePool"));
    target.instance = target.labels.value(QStringLiteral("instance"));
    target.url = textField(object, "scrapeUrl");
    target.health = textField(object, "health");
    target.lastScrapeMs = timeField(object, "lastScrape");
    target.durationMs = numberField(object, "lastScrapeDuration").value_or(0) * 1000;
    target.intervalMs = durationField(object, "scrapeInterval");
    target.timeoutMs = durationField(object, "scrapeTimeout");
    target.error = textField(object, "lastError");
    if (!target.error.isEmpty())
        target.errorWords = scrapeErrorWords(target.error, target.url);
    if (target.lastScrapeMs > 0)
        target.history.push_back({target.lastScrapeMs, target.durationMs, 0, target.error});
    return target;
}

}  // namespace

QString scrapeErrorWords(const QString& error, const QString& url)
{
    struct Known {
        const char* part;
        const char* words;
    };
    static const std::array<Known, 9> known{{
        {"connection refused",
         QT_TRANSLATE_NOOP("PrometheusTargets", "Nothing listens on %1. Is the service running?")},
        {"context deadline exceeded",
         QT_TRANSLATE_NOOP("PrometheusTargets",
                           "%1 took longer than the scrape timeout. Is it overloaded, or is something on the way "
                           "dropping packets?")},
        {"no such host", QT_TRANSLATE_NOOP("PrometheusTargets", "The name in %1 is not known to the resolver there.")},
        {"certificate has expired", QT_TRANSLATE_NOOP("PrometheusTargets", "The certificate of %1 has expired.")},
        {"x509", QT_TRANSLATE_NOOP("PrometheusTargets", "The certificate of %1 is not trusted there.")},
        {"401", QT_TRANSLATE_NOOP("PrometheusTargets", "%1 wants a login that the Prometheus does not send.")},
        {"403", QT_TRANSLATE_NOOP("PrometheusTargets", "%1 refuses the login that the Prometheus sends.")},
        {"404", QT_TRANSLATE_NOOP("PrometheusTargets", "%1 has no page at that path. Is metrics_path right?")},
        {"no route to host", QT_TRANSLATE_NOOP("PrometheusTargets", "There is no way to the host of %1.")},
    }};
    const QUrl address(url);
    const QString who = address.isValid() && !address.host().isEmpty()
                            ? QStringLiteral("%1:%2")
                                  .arg(address.host())
                                  .arg(address.port(address.scheme() == QLatin1String("https") ? 443 : 80))
                            : url;
    for (const Known& each : known) {
        if (error.contains(QLatin1String(each.part)))
            return words(each.words).arg(who);
    }
    return error;
}

Result<TargetList> decodePrometheusTargets(const QByteArray& body)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    if (textField(root, "status") != QLatin1String("success"))
        return Error{textField(root, "error").toStdString(), ErrorKind::BadInput};
    return TargetList{objectList<Target>(objectField(root, "data"), "activeTargets", readTarget)};
}

}  // namespace holdfast::widgets
