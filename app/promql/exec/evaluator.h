#pragma once

#include "app/promql/exec/query_run.h"
#include "app/promql/exec/selector.h"
#include "app/promql/exec/table.h"

#include <string>
#include <variant>
#include <vector>

namespace holdfast::promql {

/// A scalar over all steps.
using ScalarColumn = std::vector<double>;

/// Evaluates a prepared tree series by series over a whole grid. Results are columns, so a selector is read once and
/// windows slide; nothing is looked at again for each step. One thread at a time.
class Evaluator {
public:
    explicit Evaluator(QueryRun& run) : m_run(run) {}

    [[nodiscard]] Result<Table> vector(const Expr& expr, const Grid& grid);
    [[nodiscard]] Result<ScalarColumn> scalar(const Expr& expr, const Grid& grid);
    [[nodiscard]] Result<RangeInput> range(const Expr& expr, const Grid& grid, std::string_view function);
    /// The text of a string expression: a literal, maybe in parentheses.
    [[nodiscard]] static const std::string& text(const Expr& expr);

    [[nodiscard]] QueryRun& run() { return m_run; }

private:
    [[nodiscard]] Result<Table> vectorOnce(const Expr& expr, const Grid& grid);
    [[nodiscard]] Result<ScalarColumn> scalarOnce(const Expr& expr, const Grid& grid);
    [[nodiscard]] Result<RangeInput> subquery(const Subquery& subquery, const Grid& grid);

    QueryRun& m_run;
};

// The parts, each in a file of its own. --------------------------------------------------------------------------

[[nodiscard]] Result<Table> evaluateCall(Evaluator& evaluator, const Call& call, const Grid& grid);
[[nodiscard]] Result<ScalarColumn> evaluateScalarCall(Evaluator& evaluator, const Call& call, const Grid& grid);
[[nodiscard]] Result<Table> evaluateAggregate(Evaluator& evaluator, const Aggregate& aggregate, const Grid& grid);
[[nodiscard]] Result<Table> evaluateBinary(Evaluator& evaluator, const Binary& binary, const Grid& grid);

}  // namespace holdfast::promql
