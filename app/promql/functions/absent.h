#pragma once

#include "app/model/label_set.h"
#include "app/promql/syntax/ast.h"

namespace holdfast::promql {

/// The labels absent() can be sure of: those that a selector compares with `=` exactly once.
/// Source: Prometheus promql/functions.go, createLabelsForAbsentFunction.
[[nodiscard]] LabelSetPtr absentLabels(const Expr& argument);

}  // namespace holdfast::promql
