#include "widgets/time/zone.h"

#include <atomic>
#include <cstdlib>

namespace holdfast::widgets {

namespace {

std::atomic<ShownZone> shown{ShownZone::Utc};

}  // namespace

void setShownZone(ShownZone zone)
{
    shown = zone;
}

ShownZone shownZone()
{
    return shown;
}

QDateTime shownTime(std::int64_t ms)
{
    const QDateTime utc = QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC);
    return shown == ShownZone::Utc ? utc : utc.toLocalTime();
}

std::int64_t shownOffsetMs(std::int64_t ms)
{
    return std::int64_t{shownTime(ms).offsetFromUtc()} * 1000;
}

QString zoneMark(std::int64_t ms)
{
    if (shown == ShownZone::Utc)
        return QStringLiteral("Z");
    const auto minutes = static_cast<int>(shownOffsetMs(ms) / 60'000);
    const QString hours = QStringLiteral("%1%2")
                              .arg(minutes < 0 ? QStringLiteral("−") : QStringLiteral("+"))
                              .arg(std::abs(minutes) / 60, 2, 10, QLatin1Char('0'));
    return minutes % 60 == 0 ? hours
                             : QStringLiteral("%1:%2").arg(hours).arg(std::abs(minutes) % 60, 2, 10, QLatin1Char('0'));
}

}  // namespace holdfast::widgets
