#pragma once

#include <QString>
#include <QStringList>

#include <optional>
#include <utility>

namespace holdfast::widgets {

/// Lines of a configuration that belong to one key, as they are written, with the comment right above.
struct YamlPart {
    int line = 0;  ///< of the key, from 1
    QString text;
};

/// Lines [first, second) of `key` and what belongs to it, among the lines [from, to), where it stands at the least
/// indent of them; without the remarks above and below it.
[[nodiscard]] std::optional<std::pair<qsizetype, qsizetype>> yamlBlock(const QStringList& lines, qsizetype from,
                                                                       qsizetype to, const QString& key);
/// Spaces before the first letter.
[[nodiscard]] qsizetype yamlIndent(const QString& line);
/// Nothing, or only a comment.
[[nodiscard]] bool isYamlRemark(const QString& line);

/// The part of "global" or "holdfast.services": found by indentation, which is all that is needed to show it. Nothing
/// where the key is not written as a line of its own (flow style): the file itself shows it then.
[[nodiscard]] std::optional<YamlPart> yamlPart(const QString& yaml, const QString& path);

/// What changed, line by line: "  same", "- old", "+ new"; three lines around each change. Longest common subsequence;
/// texts of more than 3000 lines are only said to differ.
[[nodiscard]] QString lineDiff(const QString& before, const QString& after);

/// The line in "holdfast.yml:12:3: expected …", or 0.
[[nodiscard]] int lineOfProblem(const QString& message);

}  // namespace holdfast::widgets
