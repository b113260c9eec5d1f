#pragma once

#include "app/base/result.h"
#include "app/model/label_set.h"

#include <optional>
#include <string_view>
#include <vector>

namespace holdfast::rules {

/// `up{job="a"}` as labels, the name as __name__; also `{job="a"}` and quoted names. BadInput with the column.
/// Source: Prometheus promql/parser, ParseMetric.
[[nodiscard]] Result<LabelSet> parseMetric(std::string_view text);

/// The values of one series in the notation of Prometheus's unit tests, one element a step; nothing for a step
/// without a sample, the staleness marker for "stale": `1 _ 2+3x4 _x2 5-1x3 7x2 stale`.
/// `a+bxn` gives n+1 values, each the one before plus b; `axn` n+1 times a.
/// Source: Prometheus promql/parser/generated_parser.y, series_item.
[[nodiscard]] Result<std::vector<std::optional<double>>> parseSeriesValues(std::string_view text);

}  // namespace holdfast::rules
