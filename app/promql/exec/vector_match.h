#pragma once

#include "app/promql/exec/query_run.h"
#include "app/promql/exec/table.h"

namespace holdfast::promql {

/// Arithmetic and comparison between two vectors, matched by labels at every step.
/// Source: Prometheus promql/engine.go, VectorBinop and resultMetric; error texts too.
[[nodiscard]] Result<Table> matchVectors(QueryRun& run, const Binary& node, const Table& left, const Table& right,
                                         const Grid& grid);

/// and, or, unless. Source: Prometheus promql/engine.go, VectorAnd, VectorOr, VectorUnless.
[[nodiscard]] Result<Table> combineSets(QueryRun& run, const Binary& node, Table left, Table right, const Grid& grid);

}  // namespace holdfast::promql
