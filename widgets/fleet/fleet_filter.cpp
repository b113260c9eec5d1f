#include "widgets/fleet/fleet_filter.h"

#include "widgets/fleet/fleet_model.h"

#include <algorithm>

namespace holdfast::widgets {

namespace {

QString severityName(Severity severity)
{
    switch (severity) {
    case Severity::Critical: return QStringLiteral("critical");
    case Severity::Warning: return QStringLiteral("warning");
    case Severity::Unknown: return QStringLiteral("unknown");
    case Severity::Normal: break;
    }
    return QStringLiteral("normal");
}

/// "tier=1", "version=4.18", "severity=critical", "profile=envoy", "name=pay", or a part of name or version.
bool wordHolds(const FleetService& service, const QString& word)
{
    const qsizetype equals = word.indexOf(QLatin1Char('='));
    const QString value = word.mid(equals + 1);
    const auto contains = [&](const QString& text) { return text.contains(value, Qt::CaseInsensitive); };
    if (equals < 0)
        return contains(service.name) || contains(service.version);
    const QString key = word.left(equals).toLower();
    if (key == QLatin1String("tier"))
        return value.isEmpty() || value == QString::number(service.tier);
    if (key == QLatin1String("version"))
        return contains(service.version);
    if (key == QLatin1String("profile"))
        return contains(service.profile);
    if (key == QLatin1String("severity") || key == QLatin1String("state"))
        return severityName(service.severity).startsWith(value, Qt::CaseInsensitive);
    return (key == QLatin1String("name") || key == QLatin1String("service")) && contains(service.name);
}

}  // namespace

void FleetFilter::setText(const QString& text)
{
    m_text = text.trimmed();
    invalidateFilter();
}

void FleetFilter::setOnlyAbnormal(bool only)
{
    m_onlyAbnormal = only;
    invalidateFilter();
}

bool FleetFilter::filterAcceptsRow(int row, const QModelIndex&) const
{
    const auto* model = static_cast<const FleetModel*>(sourceModel());
    const FleetService* service = model->service(row);
    if (!service)
        return false;
    const bool held = service->breakers.forced > 0 || service->flagsOn > 0;
    if (m_onlyAbnormal && service->severity == Severity::Normal && !held)
        return false;
    // Words that all must hold: "tier=1 pay".
    const QStringList words = m_text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return std::all_of(words.begin(), words.end(),
                       [service](const QString& word) { return wordHolds(*service, word); });
}

}  // namespace holdfast::widgets
