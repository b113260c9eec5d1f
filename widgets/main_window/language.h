#pragma once

#include <QString>
#include <QStringList>

class QCoreApplication;

namespace holdfast::widgets {

/// The languages the window speaks, as ISO 639-1 codes; English is the one it is written in.
[[nodiscard]] QStringList spokenLanguages();

/// The name of a language in itself: "Deutsch".
[[nodiscard]] QString languageName(const QString& code);

/// The first of `preferred` (as QLocale::uiLanguages() has them: "de-AT", "en") that the window speaks; "en" if none.
[[nodiscard]] QString languageFor(const QStringList& preferred);

/// What was chosen in the settings: a code, or empty for the system's.
[[nodiscard]] QString chosenLanguage();
/// Keeps the choice; it holds from the next start, as texts are set when widgets are made.
void chooseLanguage(const QString& code);

/// Makes the application speak `wanted` ("de"); empty: what was chosen, else the system's language. Qt's own texts
/// follow where their translation is installed. Called once, before the first widget is made. Thread: gui.
void useLanguage(QCoreApplication& app, const QString& wanted);

}  // namespace holdfast::widgets
