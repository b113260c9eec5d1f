#include "widgets/main_window/language.h"

#include "widgets/main_window/translator.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QSettings>

namespace holdfast::widgets {

namespace {

const QString settingKey = QStringLiteral("window/language");

QString fileOf(const QString& code)
{
    return QStringLiteral(":/translations/holdfast_%1.qm").arg(code);
}

}  // namespace

QStringList spokenLanguages()
{
    return {QStringLiteral("en"), QStringLiteral("de")};
}

QString languageName(const QString& code)
{
    return code == QLatin1String("de") ? QStringLiteral("Deutsch") : QStringLiteral("English");
}

QString languageFor(const QStringList& preferred)
{
    const QStringList spoken = spokenLanguages();
    for (const QString& language : preferred) {
        if (const QString code = language.section(QLatin1Char('-'), 0, 0); spoken.contains(code))
            return code;
    }
    return spoken.front();
}

QString chosenLanguage()
{
    const QString code = QSettings().value(settingKey).toString();
    return spokenLanguages().contains(code) ? code : QString();
}

void chooseLanguage(const QString& code)
{
    QSettings().setValue(settingKey, code);
}

void useLanguage(QCoreApplication& app, const QString& wanted)
{
    QString code = wanted.isEmpty() ? chosenLanguage() : wanted;
    if (code.isEmpty())
        code = languageFor(QLocale::system().uiLanguages());
    if (code == spokenLanguages().front())
        return;
    // Qt's own words first: of two translators the one installed last is asked first.
    auto* qtWords = new QTranslator(&app);
    if (qtWords->load(QStringLiteral("qtbase_") + code, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(qtWords);
    auto* words = new Translator(&app);
    if (words->load(fileOf(code)))
        QCoreApplication::installTranslator(words);
}

}  // namespace holdfast::widgets
