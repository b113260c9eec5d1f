#include "app/promql/exec/arithmetic.h"
#include "app/promql/exec/evaluator.h"
#include "app/promql/exec/vector_match.h"

namespace holdfast::promql {

namespace {

enum class ScalarSide { Left, Right };

/// A vector with a scalar on one side. Comparisons without bool keep the vector's value and name.
/// Source: Prometheus promql/engine.go, VectorscalarBinop.
Result<Table> withScalar(Evaluator& evaluator, const Binary& node, Table table, const ScalarColumn& scalar,
                         ScalarSide side, const Grid& grid)
{
    const bool filter = isComparison(node.op) && !node.returnBool;
    const bool mayCollide = !filter && namesDiffer(table);
    for (Column& column : table.columns) {
        HF_CHECK(evaluator.run().check());
        if (!filter)
            column.labels = withoutName(column.labels);
        for (std::size_t i = 0; i < grid.count; ++i) {
            double& v = column.values[i];
            if (isAbsent(v))
                continue;
            const double left = side == ScalarSide::Left ? scalar[i] : v;
            const double right = side == ScalarSide::Left ? v : scalar[i];
            if (!filter)
                v = scalarResult(node.op, left, right);
            else if (!compares(node.op, left, right))
                v = absentValue();
        }
    }
    if (filter)
        dropEmptyColumns(table);
    if (mayCollide)
        HF_CHECK(joinEqualLabels(table, Overlap::AtDifferentSteps));
    return table;
}

/// Source: Prometheus promql/engine.go, vectorElemBinop: floats are left out with an annotation.
Result<Table> trimmed(Evaluator& evaluator, const Binary& node, const Grid& grid)
{
    bool any = false;
    for (const ExprPtr* side : {&node.lhs, &node.rhs}) {
        if (typeOf(**side) == ValueType::Vector) {
            HF_TRY(const Table table, evaluator.vector(**side, grid));
            any = any || !table.columns.empty();
        }
    }
    if (any)
        evaluator.run().inform("incompatible sample types encountered for binary operator \""
                                   + std::string(operatorText(node.op)) + "\": float " + operatorText(node.op)
                                   + " float",
                               node.position);
    return Table{};
}

}  // namespace

Result<Table> evaluateBinary(Evaluator& evaluator, const Binary& node, const Grid& grid)
{
    if (isTrim(node.op))
        return trimmed(evaluator, node, grid);
    const bool leftScalar = typeOf(*node.lhs) == ValueType::Scalar;
    const bool rightScalar = typeOf(*node.rhs) == ValueType::Scalar;
    if (leftScalar) {
        HF_TRY(const ScalarColumn scalar, evaluator.scalar(*node.lhs, grid));
        HF_TRY(Table table, evaluator.vector(*node.rhs, grid));
        return withScalar(evaluator, node, std::move(table), scalar, ScalarSide::Left, grid);
    }
    HF_TRY(Table left, evaluator.vector(*node.lhs, grid));
    if (rightScalar) {
        HF_TRY(const ScalarColumn scalar, evaluator.scalar(*node.rhs, grid));
        return withScalar(evaluator, node, std::move(left), scalar, ScalarSide::Right, grid);
    }
    HF_TRY(Table right, evaluator.vector(*node.rhs, grid));
    if (isSetOperator(node.op))
        return combineSets(evaluator.run(), node, std::move(left), std::move(right), grid);
    return matchVectors(evaluator.run(), node, left, right, grid);
}

}  // namespace holdfast::promql
