#pragma once

#include "app/base/result.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace holdfast::widgets {

/// The same expression, a series for each value of `label` more: every aggregation keeps the label, every match on
/// labels matches on it too. `$step` survives. The error is the parser's sentence.
[[nodiscard]] Result<QString> splitBy(const QString& expr, const QString& label);

/// The same expression for one value of `label`: every selector asks for it. The error says so where a selector reads a
/// recorded series, which stands for all of them.
[[nodiscard]] Result<QString> onlyWhere(const QString& expr, const QString& label, const QString& value);

/// Selectors of the expression, as `match[]` takes them; to find out which labels there are to split by.
[[nodiscard]] QStringList selectorsOf(const QString& expr);

/// Of the labels that exist, those a lane can sensibly be split by, with the word for each: instance, route, code.
struct SplitChoice {
    QString label;
    QString word;
};
[[nodiscard]] std::vector<SplitChoice> splitChoices(const QStringList& labels);

}  // namespace holdfast::widgets
