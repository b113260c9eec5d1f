#include "widgets/fleet/fleet_filter.h"

#include "widgets/fleet/fleet_model.h"

namespace holdfast::widgets {

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
    return m_text.isEmpty() || service->name.contains(m_text, Qt::CaseInsensitive)
           || service->version.contains(m_text, Qt::CaseInsensitive)
           || m_text.compare(QStringLiteral("tier=%1").arg(service->tier), Qt::CaseInsensitive) == 0;
}

}  // namespace holdfast::widgets
