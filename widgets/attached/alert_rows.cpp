#include "widgets/attached/alert_rows.h"

#include "app/base/number_text.h"
#include "widgets/client/severity.h"
#include "widgets/theme/number_format.h"

#include <QCoreApplication>

namespace holdfast::widgets {

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("Alerts", text);
}

bool pages(const PrometheusAlert& alert)
{
    return alert.severity == QLatin1String("page") || alert.severity == QLatin1String("critical");
}

Severity severityOf(const PrometheusAlert& alert)
{
    if (alert.state == QLatin1String("firing"))
        return pages(alert) ? Severity::Critical : Severity::Warning;
    return alert.problem.isEmpty() ? Severity::Normal : Severity::Unknown;
}

QString stateWord(const PrometheusAlert& alert)
{
    if (alert.state == QLatin1String("firing"))
        return words("FIRING");
    if (alert.state == QLatin1String("pending"))
        return words("pending");
    return alert.problem.isEmpty() ? words("quiet") : words("cannot be evaluated");
}

QString alertValue(const PrometheusAlert& alert)
{
    const auto value = parseDouble(alert.value.toStdString());
    return value ? QString::number(*value, 'g', 4) : QStringLiteral("–");
}

}  // namespace

QString alertKey(const PrometheusAlert& alert)
{
    QString key = alert.group + QLatin1Char('\n') + alert.name + QLatin1Char('\n') + alert.expr;
    for (auto label = alert.labels.begin(); label != alert.labels.end(); ++label)
        key += QLatin1Char('\n') + label.key() + QLatin1Char('=') + label.value();
    return key;
}

QString alertLabels(const PrometheusAlert& alert)
{
    QStringList parts;
    for (auto label = alert.labels.begin(); label != alert.labels.end(); ++label) {
        if (label.key() != QLatin1String("severity") && label.key() != QLatin1String("job"))
            parts << QStringLiteral("%1=%2").arg(label.key(), label.value());
    }
    return parts.join(QStringLiteral("  "));
}

AlertModel* makeAlertModel(std::function<std::int64_t()> now, QObject* parent)
{
    const auto text = [](auto read) {
        return [read](const PrometheusAlert& alert, int role) -> QVariant {
            if (role == Qt::DisplayRole)
                return read(alert);
            if (role == RowRole::dim)
                return alert.state == QLatin1String("inactive") && alert.problem.isEmpty();
            return {};
        };
    };
    return new AlertModel(
        {{QString(),
          [](const PrometheusAlert& alert, int role) -> QVariant {
              return role == RowRole::severity ? QVariant(static_cast<int>(severityOf(alert))) : QVariant();
          }},
         {words("State"),
          [](const PrometheusAlert& alert, int role) -> QVariant {
              if (role == Qt::DisplayRole)
                  return stateWord(alert);
              return role == RowRole::severity ? QVariant(static_cast<int>(severityOf(alert))) : QVariant();
          }},
         {words("Alert"), text([](const PrometheusAlert& alert) { return alert.name; })},
         {words("Severity"),
          text([](const PrometheusAlert& a) { return a.severity.isEmpty() ? QStringLiteral("–") : a.severity; })},
         {words("Service"),
          text([](const PrometheusAlert& a) { return a.service.isEmpty() ? QStringLiteral("–") : a.service; })},
         {words("Since"), text([now](const PrometheusAlert& a) {
              return a.sinceMs == 0 ? QStringLiteral("–") : words("%1 ago").arg(ageText(now() - a.sinceMs));
          })},
         {words("Value"), text(alertValue)},
         {words("What"), text([](const PrometheusAlert& alert) {
              if (alert.state != QLatin1String("inactive"))
                  return alert.summary.isEmpty() ? alertLabels(alert) : alert.summary;
              return alert.problem.isEmpty() ? alert.expr : alert.problem;
          })}},
        alertKey, parent);
}

}  // namespace holdfast::widgets
