#include "widgets/settings/preferences.h"

#include <QSettings>

#include <algorithm>

namespace holdfast::widgets {

namespace {

const QString themeKey = QStringLiteral("window/theme");
const QString textKey = QStringLiteral("window/text_percent");
const QString zoneKey = QStringLiteral("time/zone");
const QString keysKey = QStringLiteral("window/single_keys");
const QString motionKey = QStringLiteral("window/reduced_motion");
const QString numbersKey = QStringLiteral("window/numbers");
const QString soundKey = QStringLiteral("notifications/sound");
const QString shiftStartKey = QStringLiteral("shift/start_min");
const QString shiftHoursKey = QStringLiteral("shift/hours");
constexpr int dayMin = 24 * 60;
constexpr std::int64_t minuteMs = 60'000;

/// As long as the day is a multiple of it, shifts begin at the same times every day.
int usualHours(int hours)
{
    return hours == 8 || hours == 24 ? hours : 12;
}

QString word(ThemeChoice choice)
{
    switch (choice) {
    case ThemeChoice::Light: return QStringLiteral("light");
    case ThemeChoice::System: return QStringLiteral("system");
    case ThemeChoice::Dark: break;
    }
    return QStringLiteral("dark");
}

ThemeChoice choiceOf(const QString& text)
{
    if (text == QLatin1String("light"))
        return ThemeChoice::Light;
    return text == QLatin1String("system") ? ThemeChoice::System : ThemeChoice::Dark;
}

}  // namespace

Preferences::Preferences(QObject* parent) : QObject(parent)
{
    const QSettings kept;
    m_theme = choiceOf(kept.value(themeKey).toString());
    m_textPercent = std::clamp(kept.value(textKey, 100).toInt(), leastText, mostText);
    m_singleKeys = kept.value(keysKey, true).toBool();
    m_reducedMotion = kept.value(motionKey, false).toBool();
    const QString numbers = kept.value(numbersKey).toString();
    m_numbers = numbers == QLatin1String("point")   ? NumberStyle::Point
                : numbers == QLatin1String("comma") ? NumberStyle::Comma
                                                    : NumberStyle::System;
    setShownNumbers(m_numbers);
    m_shiftStartMin = std::clamp(kept.value(shiftStartKey, 8 * 60).toInt(), 0, dayMin - 1);
    m_shiftHours = usualHours(kept.value(shiftHoursKey, 12).toInt());
    setShownZone(kept.value(zoneKey).toString() == QLatin1String("local") ? ShownZone::Local : ShownZone::Utc);
}

void Preferences::setTheme(ThemeChoice theme)
{
    if (theme == m_theme)
        return;
    m_theme = theme;
    QSettings().setValue(themeKey, word(theme));
    emit changed();
}

void Preferences::setTextPercent(int percent)
{
    percent = std::clamp(percent, leastText, mostText);
    if (percent == m_textPercent)
        return;
    m_textPercent = percent;
    QSettings().setValue(textKey, percent);
    emit changed();
}

void Preferences::setZone(ShownZone zone)
{
    if (zone == shownZone())
        return;
    setShownZone(zone);
    QSettings().setValue(zoneKey, zone == ShownZone::Local ? QStringLiteral("local") : QStringLiteral("utc"));
    emit changed();
}

void Preferences::setSingleKeys(bool on)
{
    if (on == m_singleKeys)
        return;
    m_singleKeys = on;
    QSettings().setValue(keysKey, on);
    emit changed();
}

void Preferences::setNumbers(NumberStyle style)
{
    if (style == m_numbers)
        return;
    m_numbers = style;
    QSettings().setValue(numbersKey, style == NumberStyle::Point   ? QStringLiteral("point")
                                     : style == NumberStyle::Comma ? QStringLiteral("comma")
                                                                   : QStringLiteral("system"));
    setShownNumbers(style);
    emit changed();
}

bool Preferences::sound()
{
    return QSettings().value(soundKey, false).toBool();
}

void Preferences::setSound(bool on)
{
    QSettings().setValue(soundKey, on);
    emit changed();
}

void Preferences::setReducedMotion(bool on)
{
    if (on == m_reducedMotion)
        return;
    m_reducedMotion = on;
    QSettings().setValue(motionKey, on);
    emit changed();
}

void Preferences::setShift(int startMin, int hours)
{
    startMin = std::clamp(startMin, 0, dayMin - 1);
    hours = usualHours(hours);
    if (startMin == m_shiftStartMin && hours == m_shiftHours)
        return;
    m_shiftStartMin = startMin;
    m_shiftHours = hours;
    QSettings().setValue(shiftStartKey, startMin);
    QSettings().setValue(shiftHoursKey, hours);
    emit changed();
}

std::int64_t Preferences::shiftBeganMs(std::int64_t nowMs) const
{
    const std::int64_t length = m_shiftHours * 60 * minuteMs;
    const std::int64_t sinceOne = nowMs + shownOffsetMs(nowMs) - m_shiftStartMin * minuteMs;
    return nowMs - (sinceOne % length + length) % length;
}

}  // namespace holdfast::widgets
