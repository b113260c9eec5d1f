#include "widgets/controls/effect_rows.h"

#include "widgets/theme/number_format.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace holdfast::widgets {

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("Effect", text);
}

QString valueOf(const QString& signal, const std::optional<double>& value)
{
    if (!value)
        return QStringLiteral("–");
    if (signal.endsWith(QLatin1String("errors")) || signal.endsWith(QLatin1String("headroom")))
        return ratioText(*value);
    return signal.endsWith(QLatin1String("p99")) ? latencyText(*value) : rateText(*value);
}

QString verdictOf(const EffectLine& line)
{
    const bool down = line.before && line.now && *line.now < *line.before;
    const QString arrow = down ? QStringLiteral("↓ ") : QStringLiteral("↑ ");
    if (line.verdict == QLatin1String("improved"))
        return arrow + words("improved");
    if (line.verdict == QLatin1String("worse"))
        return arrow + words("worse");
    return line.verdict == QLatin1String("no_clear_change") ? words("= no clear change") : words("… too early");
}

}  // namespace

std::vector<EffectRow> effectRows(const Action& action)
{
    std::vector<EffectRow> rows;
    for (const EffectLine& line : action.effect) {
        // "payments errors": of another service than the one that was acted on.
        const int space = static_cast<int>(line.signal.lastIndexOf(QLatin1Char(' ')));
        EffectRow row{.service = line.signal.left(std::max(0, space)),
                      .signal = line.signal.mid(space + 1),
                      .before = valueOf(line.signal, line.before),
                      .now = valueOf(line.signal, line.now),
                      .verdict = verdictOf(line),
                      .because = {},
                      .worse = line.verdict == QLatin1String("worse")};
        if (line.z)
            row.because = QStringLiteral("z = %1").arg(std::lround(*line.z));
        rows.push_back(row);
    }
    return rows;
}

QString effectCaution(const Action& action)
{
    if (action.effectState == QLatin1String("confounded"))
        return words("Something else changed at the same time – the effect may not be yours");
    if (action.effectState != QLatin1String("ready"))
        return words("Too early, or too little traffic, to tell");
    return {};
}

QString effectCaution(const EffectView& view)
{
    if (view.state == QLatin1String("confounded"))
        return words("Something else changed at the same time – the effect may not be yours");
    const bool compared =
        std::ranges::any_of(view.lines, [](const EffectLine& line) { return line.before.has_value(); });
    if (!compared && !view.lines.empty())
        return words("Nothing was measured before it: there is nothing to compare with");
    if (view.atMs < view.judgedMs)
        return view.endedMs > 0 ? words("It did not hold long enough to judge it")
                                : words("Numbers yes, a verdict not yet: the first half minute settles");
    if (view.state != QLatin1String("ready"))
        return words("Too little traffic to tell");
    return {};
}

QString effectSpan(const EffectView& view)
{
    const std::int64_t measuredS = std::max<std::int64_t>(0, view.atMs - view.sentMs) / 1000;
    const std::int64_t neededS = (view.judgedMs - view.sentMs) / 1000;
    if (view.endedMs > 0)
        return words("held for %1").arg(durationText((view.endedMs - view.sentMs) / 1000 * 1000));
    if (measuredS < neededS)
        return words("too early to judge (%1 of %2 s)").arg(measuredS).arg(neededS);
    constexpr std::int64_t watchedS = 300;  // cockpit.md §4.5.4: five minutes say what it did
    return measuredS < watchedS ? words("after %1 of 5 min").arg(durationText(measuredS * 1000)) : words("after 5 min");
}

QString effectOf(const Action& action)
{
    return QString(action.to).replace(QLatin1Char('_'), QLatin1Char(' ')).toUpper();
}

QString effectSentence(const Action& action, const QString& control)
{
    QStringList parts;
    for (const EffectRow& row : effectRows(action))
        parts << QStringLiteral("%1 %2 → %3 %4").arg(row.name(), row.before, row.now, row.verdict);
    QString text = words("Effect of %1 %2: %3").arg(effectOf(action), control, parts.join(QStringLiteral("; ")));
    if (const QString caution = effectCaution(action); !caution.isEmpty())
        text += QStringLiteral(". ") + caution;
    return text;
}

}  // namespace holdfast::widgets
