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

void Preferences::setReducedMotion(bool on)
{
    if (on == m_reducedMotion)
        return;
    m_reducedMotion = on;
    QSettings().setValue(motionKey, on);
    emit changed();
}

}  // namespace holdfast::widgets
