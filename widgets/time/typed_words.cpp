#include "widgets/time/typed_words.h"

#include <QRegularExpression>

#include <array>

namespace holdfast::widgets {

namespace {

struct Same {
    const char* said;
    const char* meant;
};

// In this order: what a line makes, the lines below it find.
constexpr std::array sameThings{
    Same{"\\buhr\\b|\\bo'clock\\b|\\butc\\b(?=.)|\\bat\\b|\\bum\\b|\\bam(?= [a-z\\d])", ""},
    Same{"\\b(?:between|zwischen) (.+) (?:and|und) (.+)$", "\\1 to \\2"},
    Same{"^(?:from|von|vom) ", ""},
    Same{"\\b(?:bis|until|till)\\b", "to"},
    Same{"\\b(?:seit|ab)\\b", "since"},
    Same{"\\b(?:past|previous|letzten?|letztes|letzter)\\b", "last"},
    Same{"^the (?=last )", ""},
    Same{"\\b(?:gegen|circa|ca\\.?|about)\\b", "around"},
    Same{"\\bgestern\\b", "yesterday"},
    Same{"\\bheute\\b", "today"},
    Same{"\\bjetzt\\b", "now"},
    Same{"\\bsonntag\\b", "sunday"},
    Same{"\\bmontag\\b", "monday"},
    Same{"\\bdienstag\\b", "tuesday"},
    Same{"\\bmittwoch\\b", "wednesday"},
    Same{"\\bdonnerstag\\b", "thursday"},
    Same{"\\bfreitag\\b", "friday"},
    Same{"\\b(?:samstag|sonnabend)\\b", "saturday"},
    Same{"\\bmärz\\b", "mar"},
    Same{"\\bmai\\b", "may"},
    Same{"\\bokt(?:ober)?\\b", "oct"},
    Same{"\\bdez(?:ember)?\\b", "dec"},
    Same{"\\bhalf an hour\\b|\\bhalbe stunde\\b", "30m"},
    Same{"\\b(?:an?|eine[nr]?|last) (?=(?:second|minute|hour|day|week|stunde|tag|woche)\\b)", "1 "},
    Same{"(\\d) ?(?:seconds?|secs?|sekunden?|sek)\\b", "\\1s"},
    Same{"(\\d) ?(?:minutes?|mins?|minuten?)\\b", "\\1m"},
    Same{"(\\d) ?(?:hours?|hrs?|stunden?|std)\\b", "\\1h"},
    Same{"(\\d) ?(?:days?|tagen?|tage?)\\b", "\\1d"},
    Same{"(\\d) ?(?:weeks?|wochen?)\\b", "\\1w"},
    Same{"(\\d) (?=(?:s|m|h|d|w|am|pm)\\b)", "\\1"},
    Same{"(\\d[dhms]) (?:and |und )?(?=\\d+[hms]\\b)", "\\1"},
    Same{"\\b(\\d\\w*) ago\\b", "now-\\1"},
    Same{"\\bvor (\\d\\w*)", "now-\\1"},
};

}  // namespace

QString typedWords(const QString& text)
{
    QString words = text.toLower().simplified();
    for (const Same& same : sameThings)
        words.replace(QRegularExpression(QString::fromUtf8(same.said)), QString::fromUtf8(same.meant));
    return words.simplified();
}

}  // namespace holdfast::widgets
