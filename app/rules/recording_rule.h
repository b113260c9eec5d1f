#pragma once

#include "app/rules/rule_file.h"
#include "app/rules/rule_output.h"

namespace holdfast::rules {

/// One evaluation of a recording rule at t (ms since the epoch).
/// Errors: the query's; BadInput when two results get the same labels; Limit over `limit` series (0: any number).
/// Source: Prometheus rules/recording.go, Eval.
[[nodiscard]] Result<std::vector<OutputSample>> evaluateRecording(const Rule& rule, const EvaluationContext& context,
                                                                  std::int64_t t, std::size_t limit);

}  // namespace holdfast::rules
