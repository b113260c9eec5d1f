#pragma once

#include "app/promql/exec/evaluator.h"

namespace holdfast::promql {

/// info(): adds data labels of info series (target_info by default) that share the identifying labels instance and
/// job. Experimental. Source: Prometheus promql/info.go.
[[nodiscard]] Result<Table> evaluateInfo(Evaluator& evaluator, const Call& call, const Grid& grid);

}  // namespace holdfast::promql
