#include "widgets/time/recent_ranges.h"

#include <QSettings>

namespace holdfast::widgets {

namespace {

QString key()
{
    return QStringLiteral("time/recent");
}

}  // namespace

QStringList RecentRanges::all()
{
    return QSettings().value(key()).toStringList();
}

void RecentRanges::add(const QString& text)
{
    const QString tidy = text.simplified();
    if (tidy.isEmpty())
        return;
    QStringList ranges = all();
    ranges.removeAll(tidy);
    ranges.prepend(tidy);
    QSettings().setValue(key(), QStringList(ranges.mid(0, most)));
}

}  // namespace holdfast::widgets
