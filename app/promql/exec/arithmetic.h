#pragma once

#include "app/promql/exec/table.h"
#include "app/promql/syntax/ast.h"

namespace holdfast::promql {

/// `left op right` of two scalars; comparisons give 1 or 0.
/// Source: Prometheus promql/engine.go, scalarBinop; fmod, pow and atan2 as in IEEE 754 and Go's math.
[[nodiscard]] double scalarResult(BinaryOp op, double left, double right);

/// </ and >/ cut native histograms; between floats they give nothing.
[[nodiscard]] inline bool isTrim(BinaryOp op)
{
    return op == BinaryOp::TrimUpper || op == BinaryOp::TrimLower;
}

/// Whether a comparison holds.
[[nodiscard]] bool compares(BinaryOp op, double left, double right);

}  // namespace holdfast::promql
