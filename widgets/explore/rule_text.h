#pragma once

#include <QString>

#include <cstdint>

namespace holdfast::widgets {

/// What a rule made of a query says.
struct RuleDraft {
    QString name;  ///< of the alert, or of the recorded series
    QString expr;
    bool records = false;  ///< stores the result instead of alerting on it
    QString comparison = QStringLiteral(">");
    QString threshold;       ///< empty: the expression compares already
    std::int64_t forMs = 0;  ///< how long it must hold
    QString severity;        ///< page or ticket
    QString summary;
};

/// A Prometheus rule file with that one rule, as `holdfast check rules` and promtool take it.
[[nodiscard]] QString ruleFileText(const RuleDraft& draft);

/// What is wrong with the draft, in words; empty: nothing. Names: letters, digits and underscores, for a recorded
/// series also colons. Source: Prometheus, recording and alerting rules.
[[nodiscard]] QString ruleProblem(const RuleDraft& draft);

}  // namespace holdfast::widgets
