#include "widgets/explore/problem_words.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace holdfast::widgets {

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("Explore", text);
}

struct Meaning {
    const char* pattern;
    const char* words;  ///< %1, %2 … are the pattern's captures
};

// Source of the messages: Prometheus promql/parser, typecheck.
constexpr Meaning meanings[] = {
    {R"x(expected type range vector in call to function "([^"]+)", got instant vector)x",
     QT_TRANSLATE_NOOP("Explore", "%1 needs a range such as [1m] behind the metric.")},
    {R"x(expected type instant vector in call to function "([^"]+)", got range vector)x",
     QT_TRANSLATE_NOOP("Explore", "%1 takes a metric without a range: leave out the [ ], or put rate( ) around it.")},
    {R"x(expected type instant vector in aggregation expression, got range vector)x",
     QT_TRANSLATE_NOOP("Explore",
                       "An aggregation takes a metric without a range: put rate( ) around the range first.")},
    {R"x(expected type scalar in call to function "([^"]+)", got)x",
     QT_TRANSLATE_NOOP("Explore", "%1 needs a number there.")},
    {R"x(expected (\d+) argument\(s\) in call to "([^"]+)", got (\d+))x",
     QT_TRANSLATE_NOOP("Explore", "%2 takes %1 argument(s); here it has %3.")},
    {R"x(expected at least (\d+) argument\(s\) in call to "([^"]+)", got (\d+))x",
     QT_TRANSLATE_NOOP("Explore", "%2 takes at least %1 argument(s); here it has %3.")},
    {R"x(expected at most (\d+) argument\(s\) in call to "([^"]+)", got (\d+))x",
     QT_TRANSLATE_NOOP("Explore", "%2 takes at most %1 argument(s); here it has %3.")},
    {R"x(unknown function with name "([^"]+)")x",
     QT_TRANSLATE_NOOP("Explore", "There is no function %1. Ctrl+Space shows those there are.")},
    {R"x(unclosed left (parenthesis|brace|bracket))x",
     QT_TRANSLATE_NOOP("Explore", "A %1 is opened and never closed.")},
    {R"x(unexpected right (parenthesis|brace|bracket))x",
     QT_TRANSLATE_NOOP("Explore", "A %1 is closed that was never opened.")},
    {R"x(unterminated quoted string)x",
     QT_TRANSLATE_NOOP("Explore", "The quoted text has no end: a quote is missing.")},
    {R"x(vector selector must contain at least one non-empty matcher)x",
     QT_TRANSLATE_NOOP("Explore", "This would select every series there is: name a metric or give one label a value.")},
    {R"x(binary expression must contain only scalar and instant vector types)x",
     QT_TRANSLATE_NOOP("Explore", "A range cannot be computed with: put rate( ) or another function around it.")},
    {R"x(ranges only allowed for vector selectors)x",
     QT_TRANSLATE_NOOP("Explore",
                       "A range [ ] stands directly behind a metric. Over an expression it needs a step: [5m:30s].")},
    {R"x(unexpected end of input)x", QT_TRANSLATE_NOOP("Explore", "Something is still to come here.")},
    {R"x(bad number or duration syntax: "([^"]*)\"?)x",
     QT_TRANSLATE_NOOP("Explore", "“%1” is no number and no duration such as 30s, 5m, 1h30m.")},
    {R"x(comparisons between scalars must use BOOL modifier)x",
     QT_TRANSLATE_NOOP("Explore", "Two numbers are compared with “bool” behind the operator: 1 < bool 2.")},
    {R"x(no expression found in input)x", QT_TRANSLATE_NOOP("Explore", "Nothing is typed yet.")},
};

}  // namespace

QString problemWords(const QString& message)
{
    for (const Meaning& meaning : meanings) {
        const QRegularExpressionMatch match = QRegularExpression(QLatin1String(meaning.pattern)).match(message);
        if (!match.hasMatch())
            continue;
        QString text = words(meaning.words);
        for (int i = 1; i <= match.lastCapturedIndex(); ++i)
            text.replace(QStringLiteral("%") + QString::number(i), match.captured(i));
        return text;
    }
    static const QRegularExpression position(QStringLiteral(R"x(^\d+:\d+: (parse error: )?)x"));
    QString text = message;
    return text.remove(position);
}

}  // namespace holdfast::widgets
