#pragma once

#include <QString>

#include <vector>

namespace holdfast::widgets {

/// Something that can stand at the cursor.
struct CompletionWord {
    QString text;  ///< "rate("
    QString help;  ///< "rate(range vector) – per-second increase of a counter"
};

/// Functions, aggregations and keywords of PromQL with one line of help each.
[[nodiscard]] std::vector<CompletionWord> languageWords();
/// One line for a function or aggregation; empty for an unknown name.
[[nodiscard]] QString helpFor(const QString& name);

/// What of an expression lies at the cursor: a name being typed, a label name or value inside braces, or a label that
/// groups, as in `by (…)`.
struct CompletionPlace {
    enum class Kind { Name, LabelName, LabelValue, GroupLabel, None };
    Kind kind = Kind::None;
    QString prefix;  ///< what is typed of it so far
    QString metric;  ///< in braces: the metric before them
    QString label;   ///< for LabelValue: whose value
};

[[nodiscard]] CompletionPlace completionPlace(const QString& text, int cursor);

}  // namespace holdfast::widgets
