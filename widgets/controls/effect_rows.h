#pragma once

#include "widgets/client/action.h"
#include "widgets/client/effect_view.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace holdfast::widgets {

/// One line of an effect card, in words.
struct EffectRow {
    QString service;  ///< another one than that which was acted on, or empty
    QString signal;
    QString before;
    QString now;
    QString verdict;  ///< "↓ improved"
    QString because;  ///< "z = 14", or empty
    bool worse = false;

    /// "payments errors"
    [[nodiscard]] QString name() const { return service.isEmpty() ? signal : service + QLatin1Char(' ') + signal; }
};

/// Numbers with their units, and a verdict with its direction: never a tick. A line without numbers is told, too.
[[nodiscard]] std::vector<EffectRow> effectRows(const Action& action);
/// What to know before one believes it: too early, or something else changed too. Empty when it may be read as it is.
[[nodiscard]] QString effectCaution(const Action& action);
/// The same of an effect that is still measured: how far it is, or how long it held.
[[nodiscard]] QString effectCaution(const EffectView& view);
/// "too early to judge (12 of 90 s)", "after 2 min of 5 min", "held for 40 s": of which time the numbers are.
[[nodiscard]] QString effectSpan(const EffectView& view);
/// "FORCED OPEN": what was done.
[[nodiscard]] QString effectOf(const Action& action);
/// All of it in one line, for a note.
[[nodiscard]] QString effectSentence(const Action& action, const QString& control);

}  // namespace holdfast::widgets
