#include "app/base/number_text.h"
#include "app/promql/exec/aggregate_select.h"
#include "app/promql/exec/evaluator.h"
#include "app/promql/exec/grouping.h"
#include "app/promql/exec/kahan.h"
#include "app/promql/functions/quantile.h"
#include "app/promql/syntax/literal.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <map>

namespace holdfast::promql {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// Each kind of aggregation as the state of one group at one step.
struct SumState {
    KahanSum sum;
    bool any = false;
    void add(double v)
    {
        sum.add(v);
        any = true;
    }
    [[nodiscard]] double value() const { return any ? sum.value() : absentValue(); }
};

struct AvgState {
    KahanMean mean;
    void add(double v) { mean.add(v); }
    [[nodiscard]] double value() const { return mean.count() > 0 ? mean.value() : absentValue(); }
};

struct CountState {
    double count = 0;
    void add(double) { count += 1; }
    [[nodiscard]] double value() const { return count > 0 ? count : absentValue(); }
};

struct GroupState {
    bool any = false;
    void add(double) { any = true; }
    [[nodiscard]] double value() const { return any ? 1 : absentValue(); }
};

/// NaN gives way to any number. Source: Prometheus promql/engine.go, aggregation (MIN, MAX).
struct MinState {
    double least = absentValue();
    void add(double v)
    {
        if (isAbsent(least) || std::isnan(least) || v < least)
            least = v;
    }
    [[nodiscard]] double value() const { return least; }
};

struct MaxState {
    double greatest = absentValue();
    void add(double v)
    {
        if (isAbsent(greatest) || std::isnan(greatest) || v > greatest)
            greatest = v;
    }
    [[nodiscard]] double value() const { return greatest; }
};

/// Source: Prometheus promql/engine.go, aggregation (STDVAR): Welford; anything not finite gives NaN.
struct VarianceState {
    double count = 0;
    double mean = 0;
    double squares = 0;
    void add(double v)
    {
        count += 1;
        if (count == 1) {
            mean = v;
            squares = std::isfinite(v) ? 0 : kNaN;
            return;
        }
        const double delta = v - mean;
        mean += delta / count;
        squares += delta * (v - mean);
    }
    [[nodiscard]] double value() const { return count > 0 ? squares / count : absentValue(); }
};

struct DeviationState : VarianceState {
    [[nodiscard]] double value() const { return count > 0 ? std::sqrt(squares / count) : absentValue(); }
};

template <typename State>
Result<Table> fold(Evaluator& evaluator, const Table& input, const LabelChoice& choice, const Grid& grid)
{
    GroupIndex groups(choice);
    std::vector<std::vector<State>> states;
    for (const Column& column : input.columns) {
        HF_CHECK(evaluator.run().check());
        const std::size_t group = groups.add(*column.labels);
        if (group == states.size()) {
            HF_CHECK(evaluator.run().reserve(states.size() + 1, grid.count));
            states.emplace_back(grid.count);
        }
        std::vector<State>& row = states[group];
        for (std::size_t i = 0; i < grid.count; ++i) {
            if (!isAbsent(column.values[i]))
                row[i].add(column.values[i]);
        }
    }
    Table out;
    out.columns.reserve(states.size());
    for (std::size_t group = 0; group < states.size(); ++group) {
        Column column{groups.key(group), std::vector<double>(grid.count)};
        for (std::size_t i = 0; i < grid.count; ++i)
            column.values[i] = states[group][i].value();
        out.columns.push_back(std::move(column));
    }
    return out;
}

Result<Table> quantile(Evaluator& evaluator, const Aggregate& node, const Table& input, const LabelChoice& choice,
                       const Grid& grid)
{
    HF_TRY(const ScalarColumn param, evaluator.scalar(*node.param, grid));
    noteQuantileRange(evaluator.run(), param, node.param->position);
    GroupIndex groups(choice);
    std::vector<std::vector<std::size_t>> members;
    for (std::size_t c = 0; c < input.columns.size(); ++c) {
        const std::size_t group = groups.add(*input.columns[c].labels);
        members.resize(std::max(members.size(), group + 1));
        members[group].push_back(c);
    }
    HF_CHECK(evaluator.run().reserve(groups.size(), grid.count));
    Table out;
    std::vector<double> values;
    for (std::size_t group = 0; group < groups.size(); ++group) {
        HF_CHECK(evaluator.run().check());
        Column column{groups.key(group), std::vector<double>(grid.count, absentValue())};
        for (std::size_t i = 0; i < grid.count; ++i) {
            values.clear();
            for (const std::size_t c : members[group]) {
                if (!isAbsent(input.columns[c].values[i]))
                    values.push_back(input.columns[c].values[i]);
            }
            if (!values.empty())
                column.values[i] = quantileOf(param[i], values);
        }
        out.columns.push_back(std::move(column));
    }
    return out;
}

/// As Go writes a float without exponent: strconv.FormatFloat(v, 'f', -1, 64).
std::string plainDigits(double v)
{
    if (!std::isfinite(v))
        return numberText(v);
    char text[400];
    const auto end = std::to_chars(text, text + sizeof text, v, std::chars_format::fixed).ptr;
    return {text, end};
}

Result<Table> countValues(Evaluator& evaluator, const Aggregate& node, const Table& input, const LabelChoice& choice,
                          const Grid& grid)
{
    const std::string& label = Evaluator::text(*node.param);
    if (label.empty() || !isValidUtf8(label))
        return Error{"invalid label name " + goQuoted(label)};
    std::unordered_map<LabelSet, std::size_t> index;
    Table out;
    for (const Column& column : input.columns) {
        HF_CHECK(evaluator.run().check());
        const LabelSet base = chosen(*column.labels, choice);
        std::map<std::string, std::size_t> known;
        for (std::size_t i = 0; i < grid.count; ++i) {
            if (isAbsent(column.values[i]))
                continue;
            const std::string text = plainDigits(column.values[i]);
            auto at = known.find(text);
            if (at == known.end()) {
                LabelSet labels = base.with(label, text);
                const auto [it, fresh] = index.try_emplace(std::move(labels), out.columns.size());
                if (fresh) {
                    HF_CHECK(evaluator.run().reserve(out.columns.size() + 1, grid.count));
                    out.columns.push_back(
                        {std::make_shared<const LabelSet>(it->first), std::vector<double>(grid.count, absentValue())});
                }
                at = known.emplace(text, it->second).first;
            }
            double& count = out.columns[at->second].values[i];
            count = isAbsent(count) ? 1 : count + 1;
        }
    }
    return out;
}

}  // namespace

Result<Table> evaluateAggregate(Evaluator& evaluator, const Aggregate& node, const Grid& grid)
{
    HF_TRY(const Table input, evaluator.vector(*node.expr, grid));
    const LabelChoice choice = labelChoice(node.grouping, !node.without);
    switch (node.op) {
    case AggregateOp::Sum: return fold<SumState>(evaluator, input, choice, grid);
    case AggregateOp::Avg: return fold<AvgState>(evaluator, input, choice, grid);
    case AggregateOp::Count: return fold<CountState>(evaluator, input, choice, grid);
    case AggregateOp::Group: return fold<GroupState>(evaluator, input, choice, grid);
    case AggregateOp::Min: return fold<MinState>(evaluator, input, choice, grid);
    case AggregateOp::Max: return fold<MaxState>(evaluator, input, choice, grid);
    case AggregateOp::Stddev: return fold<DeviationState>(evaluator, input, choice, grid);
    case AggregateOp::Stdvar: return fold<VarianceState>(evaluator, input, choice, grid);
    case AggregateOp::Quantile: return quantile(evaluator, node, input, choice, grid);
    case AggregateOp::CountValues: return countValues(evaluator, node, input, choice, grid);
    case AggregateOp::TopK:
    case AggregateOp::BottomK:
    case AggregateOp::LimitK:
    case AggregateOp::LimitRatio: return selectSeries(evaluator, node, input, choice, grid);
    }
    return Error{"unknown aggregation"};
}

}  // namespace holdfast::promql
