#include "widgets/controls/outcome.h"

#include "widgets/client/action.h"
#include "widgets/theme/number_format.h"

#include <QCoreApplication>

#include <algorithm>
#include <initializer_list>

namespace holdfast::widgets {

namespace {

bool isOneOf(const QString& state, std::initializer_list<const char*> words)
{
    return std::any_of(words.begin(), words.end(), [&](const char* word) { return state == QLatin1String(word); });
}

/// "API ✓ metrics ✗" in plain words; empty for what was not heard yet.
QString proofWords(const QString& proof)
{
    const auto say = [](const char* words) { return QCoreApplication::translate("Outcome", words); };
    if (proof.contains(QStringLiteral("metrics ✓")))
        return say("its metrics agree");
    if (proof.contains(QStringLiteral("metrics ✗")))
        return say("but its metrics say otherwise");
    if (proof.contains(QStringLiteral("metrics –")))
        return say("its metrics say nothing of it");
    return proof.isEmpty() ? QString() : say("its metrics follow with the next scrape");
}

bool succeeded(const Action& action)
{
    return isOneOf(action.state, {"verified", "reverted", "extended", "released"});
}

}  // namespace

QString outcomeText(const Action& action)
{
    const auto say = [](const char* words) { return QCoreApplication::translate("Outcome", words); };
    if (action.state == QLatin1String("waiting_approval"))
        return say("WAITING for a second person to agree")
               + (action.message.isEmpty() ? QString() : QStringLiteral(" – ") + action.message);
    if (action.state == QLatin1String("scheduled"))
        return say("SCHEDULED for %1").arg(timeText(action.startMs, action.createdMs));
    const bool givenBack =
        action.state == QLatin1String("reverted") || (succeeded(action) && action.to == QLatin1String("auto"));
    QString text =
        givenBack ? say("RELEASED") : QString(action.state).replace(QLatin1Char('_'), QLatin1Char(' ')).toUpper();
    if (action.n > 0)
        text += QStringLiteral(" %1/%2").arg(action.k).arg(action.n);
    if (succeeded(action))
        text += QStringLiteral(" ✓");
    if (!action.message.isEmpty())
        text += QStringLiteral(" – ") + action.message;
    if (const QString proof = proofWords(action.proof); !proof.isEmpty())
        text += QStringLiteral("; ") + proof;
    return text;
}

TextRole outcomeRole(const Action& action)
{
    if (isOneOf(action.state, {"partial", "contradicted", "failed", "revert_failed", "refused"}))
        return TextRole::Critical;
    return action.settled() ? TextRole::Strong : TextRole::Small;
}

}  // namespace holdfast::widgets
