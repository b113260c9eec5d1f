#include "widgets/notifications/worst.h"

#include <QCoreApplication>

#include <algorithm>
#include <tuple>

namespace holdfast::widgets {

const Incident* worstOf(const std::vector<Incident>& open)
{
    const auto rank = [](const Incident& incident) {
        return std::make_tuple(incident.state != QLatin1String("new"), incident.severity, incident.openedMs);
    };
    const auto worst = std::min_element(open.begin(), open.end(),
                                        [&](const Incident& a, const Incident& b) { return rank(a) < rank(b); });
    return worst == open.end() ? nullptr : &*worst;
}

QString stateTitle(const std::vector<Incident>& open, bool blind, const QString& page, const QString& environment)
{
    const QString name = environment.isEmpty() ? QStringLiteral("Holdfast") : QStringLiteral("Holdfast ") + environment;
    if (blind)
        return QCoreApplication::translate("WindowTitle", "▨ not collecting – %1").arg(name);
    const Incident* worst = worstOf(open);
    if (!worst)
        return page.isEmpty() ? name : QStringLiteral("%1 – %2").arg(page, name);
    const bool paging = worst->severity != QLatin1String("sev3");
    return QStringLiteral("%1%2 INC-%3 – %4")
        .arg(paging ? QStringLiteral("■") : QStringLiteral("▲"))
        .arg(open.size())
        .arg(worst->id)
        .arg(name);
}

}  // namespace holdfast::widgets
