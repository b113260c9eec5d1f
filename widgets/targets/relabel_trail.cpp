#include "widgets/targets/relabel_trail.h"

#include <QCoreApplication>

namespace holdfast::widgets {

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("Targets", text);
}

/// Labels of scraping itself, which every target has and nobody wrote.
bool isPlain(const QString& name)
{
    return name == QLatin1String("__scheme__") || name == QLatin1String("__metrics_path__")
           || name == QLatin1String("__scrape_interval__") || name == QLatin1String("__scrape_timeout__");
}

}  // namespace

QString labelText(const QMap<QString, QString>& labels)
{
    QStringList parts;
    for (auto it = labels.cbegin(); it != labels.cend(); ++it)
        parts << QStringLiteral("%1=%2").arg(it.key(), it.value());
    return parts.join(QStringLiteral("   "));
}

QStringList relabelTrail(const Target& target)
{
    if (target.discovered.isEmpty())
        return {};
    QMap<QString, QString> found;
    QStringList gone;
    for (auto label = target.discovered.cbegin(); label != target.discovered.cend(); ++label) {
        if (isPlain(label.key()))
            continue;
        found.insert(label.key(), label.value());
        if (!label.key().startsWith(QLatin1String("__")) && !target.labels.contains(label.key()))
            gone << label.key();
    }
    QMap<QString, QString> added;
    QStringList changed;
    for (auto label = target.labels.cbegin(); label != target.labels.cend(); ++label) {
        const auto before = target.discovered.constFind(label.key());
        if (before == target.discovered.cend()) {
            // Without a rule of its own, instance is the address.
            if (label.key() != QLatin1String("instance")
                || label.value() != target.discovered.value(QStringLiteral("__address__")))
                added.insert(label.key(), label.value());
        } else if (*before != label.value()) {
            changed << words("%1: %2 became %3").arg(label.key(), *before, label.value());
        }
    }
    QStringList lines{words("Found as   %1").arg(labelText(found))};
    if (!added.isEmpty())
        lines << words("Relabelling added   %1").arg(labelText(added));
    if (!changed.isEmpty())
        lines << words("Relabelling changed   %1").arg(changed.join(QStringLiteral("   ")));
    if (!gone.isEmpty())
        lines << words("Relabelling took away   %1").arg(gone.join(QStringLiteral(", ")));
    return lines;
}

}  // namespace holdfast::widgets
