#include "widgets/time/typed_moment.h"

#include "app/base/duration.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QTimeZone>

#include <array>

namespace holdfast::widgets {

namespace {

constexpr std::int64_t dayMs = 86'400'000;
constexpr std::array weekdays{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
constexpr std::array months{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};

template <std::size_t Count>
std::optional<int> placeOf(const QString& word, const std::array<const char*, Count>& words)
{
    for (std::size_t i = 0; i < Count && word.size() >= 3; ++i) {
        if (word.startsWith(QLatin1String(words[i])))
            return static_cast<int>(i);
    }
    return std::nullopt;
}

std::optional<std::int64_t> epoch(const QString& text)
{
    bool isNumber = false;
    const qint64 number = text.toLongLong(&isNumber);
    if (!isNumber || number < 100'000'000)
        return std::nullopt;
    return number < 100'000'000'000 ? number * 1000 : number;  // below it: seconds (until the year 5138)
}

std::optional<std::int64_t> relative(const QString& text, const TypedClock& by)
{
    if (text == QLatin1String("now"))
        return by.nowMs;
    if (!text.startsWith(QLatin1String("now-")))
        return std::nullopt;
    const auto duration = parseDuration(text.mid(4).toStdString());
    if (!duration)
        return std::nullopt;
    return by.nowMs - *duration;
}

std::int64_t midnight(const QDate& date, const TypedClock& by)
{
    return QDateTime(date, QTime(0, 0), Qt::UTC).toMSecsSinceEpoch() - by.offsetMs;
}

/// Without a year the last such day.
std::optional<std::int64_t> dateOf(int year, int month, int day, const TypedClock& by)
{
    if (year > 0) {
        const QDate date(year, month, day);
        return date.isValid() ? std::optional(midnight(date, by)) : std::nullopt;
    }
    const int thisYear = QDateTime::fromMSecsSinceEpoch(by.nowMs + by.offsetMs, Qt::UTC).date().year();
    for (const int candidate : {thisYear, thisYear - 1}) {
        const QDate date(candidate, month, day);
        if (date.isValid() && midnight(date, by) <= by.nowMs)
            return midnight(date, by);
    }
    return std::nullopt;
}

std::optional<std::int64_t> weekday(const QString& text, const TypedClock& by)
{
    static const QRegularExpression name(
        QStringLiteral("^(?:sun|mon|tue|wed|thu|fri|sat)(?:day|sday|nesday|rsday|urday)?$"));
    const auto wanted = name.match(text).hasMatch() ? placeOf(text, weekdays) : std::nullopt;
    if (!wanted)
        return std::nullopt;
    const std::int64_t today = by.dayStart(by.nowMs);
    const auto now = static_cast<int>(((today + by.offsetMs) / dayMs + 4) % 7);  // 1 January 1970 was a Thursday
    return today - ((now - *wanted + 7) % 7) * dayMs;
}

std::optional<std::int64_t> stamped(const QString& text, const TypedClock& by)
{
    const QDateTime time = QDateTime::fromString(text.toUpper(), Qt::ISODate);
    if (!time.isValid())
        return std::nullopt;
    static const QRegularExpression offset(QStringLiteral("(z|[+-]\\d\\d:?\\d\\d)$"));
    if (!offset.match(text).hasMatch())
        return QDateTime(time.date(), time.time(), Qt::UTC).toMSecsSinceEpoch() - by.offsetMs;
    return time.toMSecsSinceEpoch();
}

}  // namespace

std::int64_t TypedClock::dayStart(std::int64_t ms) const
{
    return ms - (ms + offsetMs) % dayMs;
}

std::optional<std::int64_t> typedTimeOfDay(const QString& text, const TypedClock& by, BareHours bare)
{
    static const QRegularExpression form(QStringLiteral("^(\\d{1,2})(?::([0-5]\\d)(?::([0-5]\\d))?)?(am|pm)?(z)?$"));
    const auto match = form.match(text);
    int hour = match.captured(1).toInt();
    const QString half = match.captured(4);
    const bool isBare = match.captured(2).isEmpty() && half.isEmpty();
    if (!match.hasMatch() || (isBare && bare == BareHours::Refuse) || hour > (half.isEmpty() ? 23 : 12))
        return std::nullopt;
    if (!half.isEmpty())
        hour = hour % 12 + (half == QLatin1String("pm") ? 12 : 0);
    const std::int64_t ms = (hour * 3600LL + match.captured(2).toInt() * 60LL + match.captured(3).toInt()) * 1000;
    return match.captured(5).isEmpty() ? ms : ms + by.offsetMs;
}

std::optional<std::int64_t> typedDay(const QString& text, const TypedClock& by)
{
    if (text == QLatin1String("today"))
        return by.dayStart(by.nowMs);
    if (text == QLatin1String("yesterday"))
        return by.dayStart(by.nowMs) - dayMs;
    if (const auto day = weekday(text, by))
        return day;
    static const QRegularExpression iso(QStringLiteral("^(\\d{4})-(\\d\\d)-(\\d\\d)$"));
    if (const auto match = iso.match(text); match.hasMatch())
        return dateOf(match.captured(1).toInt(), match.captured(2).toInt(), match.captured(3).toInt(), by);
    static const QRegularExpression dots(QStringLiteral("^(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4})?$"));
    if (const auto match = dots.match(text); match.hasMatch())
        return dateOf(match.captured(3).toInt(), match.captured(2).toInt(), match.captured(1).toInt(), by);
    static const QRegularExpression dayFirst(QStringLiteral("^(\\d{1,2})\\.? ([a-z]+)(?: (\\d{4}))?$"));
    static const QRegularExpression monthFirst(QStringLiteral("^([a-z]+) (\\d{1,2})(?:,? (\\d{4}))?$"));
    if (const auto match = dayFirst.match(text); match.hasMatch()) {
        if (const auto month = placeOf(match.captured(2), months))
            return dateOf(match.captured(3).toInt(), *month + 1, match.captured(1).toInt(), by);
    }
    if (const auto match = monthFirst.match(text); match.hasMatch()) {
        if (const auto month = placeOf(match.captured(1), months))
            return dateOf(match.captured(3).toInt(), *month + 1, match.captured(2).toInt(), by);
    }
    return std::nullopt;
}

std::optional<std::int64_t> typedMoment(const QString& text, const TypedClock& by, BareHours bare)
{
    if (const auto ms = relative(text, by))
        return ms;
    if (const auto ms = epoch(text))
        return ms;
    if (const auto clock = typedTimeOfDay(text, by, bare)) {
        const std::int64_t ms = by.dayStart(by.nowMs) + *clock;
        return ms > by.nowMs ? ms - dayMs : ms;  // a time still to come means yesterday's
    }
    if (const auto day = typedDay(text, by))
        return day;
    if (const qsizetype space = text.lastIndexOf(QLatin1Char(' ')); space > 0) {
        const auto day = typedDay(text.left(space), by);
        const auto clock = typedTimeOfDay(text.mid(space + 1), by, BareHours::Read);
        if (day && clock)
            return *day + *clock;
    }
    return stamped(text, by);
}

}  // namespace holdfast::widgets
