#include "app/promql/exec/aggregate_select.h"

#include "app/base/number_text.h"

#include <algorithm>
#include <cmath>

namespace holdfast::promql {

namespace {

Result<void> checkCount(const ScalarColumn& k)
{
    if (std::ranges::any_of(k, [](double v) { return std::isnan(v); }))
        return Error{"Parameter value is NaN"};
    const auto [least, most] = std::ranges::minmax(k);
    if (least <= -9223372036854775808.0)
        return Error{"Scalar value " + numberText(least) + " underflows int64"};
    if (most >= 9223372036854775808.0)
        return Error{"Scalar value " + numberText(most) + " overflows int64"};
    return {};
}

Result<void> checkRatio(QueryRun& run, ScalarColumn& ratio, PositionRange position)
{
    if (std::ranges::any_of(ratio, [](double v) { return std::isnan(v); }))
        return Error{"Ratio value is NaN"};
    const auto [least, most] = std::ranges::minmax(ratio);
    const auto note = [&](double got, const char* cap) {
        run.warn("ratio value should be between -1 and 1, got " + numberText(got) + ", capping to " + cap, position);
    };
    if (most > 1)
        note(most, "1");
    if (least < -1)
        note(least, "-1");
    for (double& v : ratio)
        v = std::clamp(v, -1.0, 1.0);
    return {};
}

/// Every series has a fixed place in [0, 1): a ratio and its negative complement share them out.
bool ratioTakes(double ratio, const LabelSet& labels)
{
    const double place = static_cast<double>(labels.hash()) / 18446744073709551616.0;
    return ratio >= 0 ? place < ratio : place >= 1 + ratio;
}

/// Larger (topk) or smaller (bottomk) first; NaN last.
struct ByRank {
    bool largestFirst;
    bool operator()(double a, double b) const
    {
        if (std::isnan(a) || std::isnan(b))
            return !std::isnan(a) && std::isnan(b);
        return largestFirst ? a > b : a < b;
    }
};

struct Candidate {
    double value;
    std::size_t column;
};

}  // namespace

Result<Table> selectSeries(Evaluator& evaluator, const Aggregate& node, const Table& input, const LabelChoice& choice,
                           const Grid& grid)
{
    HF_TRY(ScalarColumn param, evaluator.scalar(*node.param, grid));
    const bool ratio = node.op == AggregateOp::LimitRatio;
    const bool ranked = node.op == AggregateOp::TopK || node.op == AggregateOp::BottomK;
    if (ratio)
        HF_CHECK(checkRatio(evaluator.run(), param, node.param->position));
    else
        HF_CHECK(checkCount(param));
    GroupIndex groups(choice);
    std::vector<std::vector<std::size_t>> members;
    for (std::size_t c = 0; c < input.columns.size(); ++c) {
        const std::size_t group = groups.add(*input.columns[c].labels);
        members.resize(std::max(members.size(), group + 1));
        members[group].push_back(c);
    }
    HF_CHECK(evaluator.run().reserve(input.columns.size(), grid.count));
    Table out;
    for (const Column& column : input.columns)
        out.columns.push_back({column.labels, std::vector<double>(grid.count, absentValue())});
    std::vector<std::size_t> order;
    std::vector<Candidate> candidates;
    const ByRank rank{node.op == AggregateOp::TopK};
    for (const std::vector<std::size_t>& group : members) {
        HF_CHECK(evaluator.run().check());
        for (std::size_t i = 0; i < grid.count; ++i) {
            candidates.clear();
            for (const std::size_t c : group) {
                if (!isAbsent(input.columns[c].values[i]))
                    candidates.push_back({input.columns[c].values[i], c});
            }
            if (ratio) {
                std::erase_if(candidates, [&](const Candidate& candidate) {
                    return !ratioTakes(param[i], *input.columns[candidate.column].labels);
                });
            } else {
                const double k = std::clamp(std::trunc(param[i]), 0.0, static_cast<double>(candidates.size()));
                const auto kept = static_cast<std::ptrdiff_t>(k);
                if (ranked)
                    std::ranges::partial_sort(candidates, candidates.begin() + kept,
                                              [&](const Candidate& a, const Candidate& b) {
                                                  if (rank(a.value, b.value) || rank(b.value, a.value))
                                                      return rank(a.value, b.value);
                                                  return a.column < b.column;
                                              });
                candidates.resize(static_cast<std::size_t>(kept));
            }
            for (const Candidate& candidate : candidates) {
                out.columns[candidate.column].values[i] = candidate.value;
                if (grid.count == 1)
                    order.push_back(candidate.column);
            }
        }
    }
    if (grid.count == 1) {
        Table ordered;
        for (const std::size_t c : order)
            ordered.columns.push_back(std::move(out.columns[c]));
        return ordered;
    }
    dropEmptyColumns(out);
    return out;
}

}  // namespace holdfast::promql
