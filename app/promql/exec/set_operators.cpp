#include "app/promql/exec/grouping.h"
#include "app/promql/exec/vector_match.h"

namespace holdfast::promql {

namespace {

/// For each group of labels, the steps at which a table has a member of it.
std::vector<std::vector<bool>> presence(GroupIndex& groups, const Table& table, const Grid& grid)
{
    std::vector<std::vector<bool>> out;
    for (const Column& column : table.columns) {
        const std::size_t group = groups.add(*column.labels);
        if (group >= out.size())
            out.resize(group + 1, std::vector<bool>(grid.count));
        for (std::size_t i = 0; i < grid.count; ++i) {
            if (!isAbsent(column.values[i]))
                out[group][i] = true;
        }
    }
    return out;
}

enum class Keep { WherePresent, WhereAbsent };

/// Keeps the values of `table` at steps where the other side has, or has not, a member of the same group.
Result<void> filter(QueryRun& run, Table& table, GroupIndex& groups, const std::vector<std::vector<bool>>& other,
                    Keep keep, const Grid& grid)
{
    for (Column& column : table.columns) {
        HF_CHECK(run.check());
        const std::size_t group = groups.add(*column.labels);
        for (std::size_t i = 0; i < grid.count; ++i) {
            const bool present = group < other.size() && other[group][i];
            if (present != (keep == Keep::WherePresent))
                column.values[i] = absentValue();
        }
    }
    dropEmptyColumns(table);
    return {};
}

}  // namespace

Result<Table> combineSets(QueryRun& run, const Binary& node, Table left, Table right, const Grid& grid)
{
    GroupIndex groups(labelChoice(node.matching->labels, node.matching->on));
    if (node.op == BinaryOp::Or) {
        const auto present = presence(groups, left, grid);
        HF_CHECK(filter(run, right, groups, present, Keep::WhereAbsent, grid));
        const bool joinable = !left.columns.empty() && !right.columns.empty();
        for (Column& column : right.columns)
            left.columns.push_back(std::move(column));
        if (joinable)
            HF_CHECK(joinEqualLabels(left, Overlap::AtDifferentSteps));
        return left;
    }
    const auto present = presence(groups, right, grid);
    HF_CHECK(
        filter(run, left, groups, present, node.op == BinaryOp::And ? Keep::WherePresent : Keep::WhereAbsent, grid));
    return left;
}

}  // namespace holdfast::promql
