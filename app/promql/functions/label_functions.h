#pragma once

#include "app/promql/exec/table.h"

#include <string>
#include <vector>

namespace holdfast::promql {

/// label_replace: where `source` matches the whole regular expression, `destination` becomes the expanded
/// replacement ($1, ${name}, $$). Source: Prometheus promql/functions.go, evalLabelReplace; Go regexp, Expand.
[[nodiscard]] Result<void> replaceLabel(Table& table, const std::string& destination, const std::string& replacement,
                                        const std::string& source, const std::string& regex);

/// label_join: the values of `sources` with `separator` between them. Source: evalLabelJoin.
[[nodiscard]] Result<void> joinLabels(Table& table, const std::string& destination, const std::string& separator,
                                      const std::vector<std::string>& sources);

enum class SortOrder { Ascending, Descending };
/// sort_by_label: by the labels named, numbers within text by their value, then by all labels.
/// Source: Prometheus promql/functions.go, funcSortByLabel (natural order).
void sortByLabels(Table& table, const std::vector<std::string>& labels, SortOrder order);

/// Digits compare by value, all else by bytes: "a2" before "a10".
[[nodiscard]] bool naturalLess(std::string_view a, std::string_view b);

}  // namespace holdfast::promql
