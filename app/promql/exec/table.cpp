#include "app/promql/exec/table.h"

#include <algorithm>
#include <unordered_map>

namespace holdfast::promql {

namespace {

struct PointeeHash {
    std::size_t operator()(const LabelSet* labels) const { return labels->hash(); }
};
struct PointeeEqual {
    bool operator()(const LabelSet* a, const LabelSet* b) const { return *a == *b; }
};

bool isEmptyColumn(const Column& column)
{
    return std::ranges::all_of(column.values, isAbsent);
}

/// False when both have a value at one step.
bool overlay(Column& into, const Column& from)
{
    for (std::size_t i = 0; i < into.values.size(); ++i) {
        if (isAbsent(from.values[i]))
            continue;
        if (!isAbsent(into.values[i]))
            return false;
        into.values[i] = from.values[i];
    }
    return true;
}

}  // namespace

LabelSetPtr withoutName(const LabelSetPtr& labels)
{
    const auto identity = [](const Label& label) { return isMetricIdentity(label.name); };
    if (std::none_of(labels->begin(), labels->end(), identity))
        return labels;
    std::vector<Label> rest(labels->begin(), labels->end());
    std::erase_if(rest, identity);
    return std::make_shared<const LabelSet>(std::move(rest));
}

void dropEmptyColumns(Table& table)
{
    std::erase_if(table.columns, isEmptyColumn);
}

Result<void> joinEqualLabels(Table& table, Overlap allowed)
{
    std::unordered_map<const LabelSet*, std::size_t, PointeeHash, PointeeEqual> seen;
    seen.reserve(table.columns.size());
    std::vector<std::size_t> joined;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        Column& column = table.columns[i];
        const auto [it, fresh] = seen.try_emplace(column.labels.get(), i);
        if (fresh)
            continue;
        Column& first = table.columns[it->second];
        const bool bothUsed = allowed == Overlap::AtDifferentSteps || (!isEmptyColumn(first) && !isEmptyColumn(column));
        if ((allowed == Overlap::Never && bothUsed) || !overlay(first, column))
            return Error{"vector cannot contain metrics with the same labelset"};
        joined.push_back(i);
    }
    for (auto i = joined.rbegin(); i != joined.rend(); ++i)
        table.columns.erase(table.columns.begin() + static_cast<std::ptrdiff_t>(*i));
    return {};
}

bool namesDiffer(const Table& table)
{
    return !table.columns.empty() && std::ranges::any_of(table.columns, [&](const Column& column) {
        return column.labels->metricName() != table.columns.front().labels->metricName();
    });
}

}  // namespace holdfast::promql
