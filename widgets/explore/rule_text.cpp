#include "widgets/explore/rule_text.h"

#include "app/base/duration.h"
#include "app/base/number_text.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace holdfast::widgets {

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("Explore", text);
}

/// A YAML scalar that needs no escapes but its own quote; text of several lines stays so, as a block.
QString scalar(const QString& text, int indent)
{
    if (!text.contains(QLatin1Char('\n')))
        return QLatin1Char('\'') + QString(text).replace(QLatin1Char('\''), QLatin1String("''")) + QLatin1Char('\'');
    QString block = QStringLiteral("|-");
    for (const QString& line : text.split(QLatin1Char('\n')))
        block += QLatin1Char('\n') + QString(indent, QLatin1Char(' ')) + line;
    return block;
}

/// Whitespace and comments are kept: a string of the query may hold the one, and the other ends at its line only.
QString compared(const RuleDraft& draft)
{
    const QString expr = draft.expr.trimmed();
    if (draft.records || draft.threshold.trimmed().isEmpty())
        return expr;
    const QString close = expr.contains(QLatin1Char('#')) ? QStringLiteral("\n)") : QStringLiteral(")");
    return QLatin1Char('(') + expr + close + QStringLiteral(" %1 %2").arg(draft.comparison, draft.threshold.trimmed());
}

}  // namespace

QString ruleProblem(const RuleDraft& draft)
{
    static const QRegularExpression alertName(QStringLiteral("^[a-zA-Z_][a-zA-Z0-9_]*$"));
    static const QRegularExpression seriesName(QStringLiteral("^[a-zA-Z_:][a-zA-Z0-9_:]*$"));
    if (draft.expr.trimmed().isEmpty())
        return words("There is no query.");
    if (draft.expr.contains(QLatin1String("$step")))
        return words("The query uses $step, which only a chart knows: write a duration such as 1m instead.");
    if (!(draft.records ? seriesName : alertName).match(draft.name).hasMatch())
        return draft.records ? words("A name such as job:errors:rate1m is needed: letters, digits, _ and :")
                             : words("A name such as ErrorsHigh is needed: letters, digits and _");
    if (!draft.records && !draft.threshold.trimmed().isEmpty() && !parseDouble(draft.threshold.trimmed().toStdString()))
        return words("The limit is no number.");
    return {};
}

QString ruleFileText(const RuleDraft& draft)
{
    QString text = QStringLiteral("groups:\n  - name: holdfast-explore\n    rules:\n");
    text += QStringLiteral("      - %1: %2\n")
                .arg(draft.records ? QStringLiteral("record") : QStringLiteral("alert"), draft.name);
    text += QStringLiteral("        expr: %1\n").arg(scalar(compared(draft), 10));
    if (draft.records)
        return text;
    if (draft.forMs > 0)
        text += QStringLiteral("        for: %1\n").arg(QString::fromStdString(formatDuration(draft.forMs)));
    text += QStringLiteral("        labels:\n          severity: %1\n").arg(draft.severity);
    if (!draft.summary.trimmed().isEmpty())
        text +=
            QStringLiteral("        annotations:\n          summary: %1\n").arg(scalar(draft.summary.simplified(), 12));
    return text;
}

}  // namespace holdfast::widgets
