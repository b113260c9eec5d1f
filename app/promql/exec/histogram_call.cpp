#include "app/promql/exec/histogram_call.h"

#include "app/base/number_text.h"
#include "app/base/time_text.h"
#include "app/promql/functions/classic_histogram.h"
#include "app/promql/functions/quantile.h"
#include "app/promql/syntax/function_signature.h"
#include "app/promql/syntax/literal.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <string_view>
#include <unordered_map>

namespace holdfast::promql {

namespace {

struct BoundedColumn {
    double upperBound;
    const Column* column;
};

struct Histograms {
    std::vector<LabelSetPtr> labels;
    std::vector<std::string> names;  ///< metric name of each, for annotations
    std::vector<std::vector<BoundedColumn>> buckets;
};

/// Go's %.2g.
std::string shortNumber(double v)
{
    char text[64];
    const auto end = std::to_chars(text, text + sizeof text, v, std::chars_format::general, 2).ptr;
    return {text, end};
}

Histograms collect(QueryRun& run, const Table& table, PositionRange position)
{
    Histograms out;
    // Two metrics are two histograms, even where dropping the name makes their results equal (and the query fail).
    std::unordered_map<LabelSet, std::size_t> groups;
    for (const Column& column : table.columns) {
        const std::string_view le = column.labels->get("le");
        const auto bound = parseNumberLiteral(le);
        if (!bound) {
            std::string text = "bucket label \"le\" is missing or has a malformed value of " + goQuoted(le);
            if (const auto name = column.labels->metricName(); !name.empty())
                text += " for metric name " + goQuoted(name);
            run.warn(text, position);
            continue;
        }
        const auto [it, fresh] = groups.try_emplace(column.labels->without("le"), out.labels.size());
        const std::size_t group = it->second;
        if (fresh) {
            out.labels.push_back(withoutName(std::make_shared<const LabelSet>(it->first)));
            out.names.emplace_back(column.labels->metricName());
            out.buckets.emplace_back();
        }
        out.buckets[group].push_back({*bound, &column});
    }
    return out;
}

/// The buckets that have a value at a step.
void bucketsAt(const std::vector<BoundedColumn>& columns, std::size_t step, std::vector<Bucket>& out)
{
    out.clear();
    for (const BoundedColumn& column : columns) {
        if (!isAbsent(column.column->values[step]))
            out.push_back({column.upperBound, column.column->values[step]});
    }
}

/// What was evened out in one histogram, over all steps.
struct Unevenness {
    double minBucket = std::numeric_limits<double>::infinity();
    double maxBucket = -std::numeric_limits<double>::infinity();
    double maxDifference = 0;
    std::size_t samples = 0;
    std::int64_t first = 0;
    std::int64_t last = 0;

    void add(const BucketQuantile& quantile, std::int64_t t)
    {
        if (!quantile.forcedMonotonic)
            return;
        minBucket = std::fmin(minBucket, quantile.minBucket);
        maxBucket = std::fmax(maxBucket, quantile.maxBucket);
        maxDifference = std::fmax(maxDifference, quantile.maxDifference);
        if (samples++ == 0)
            first = t;
        last = t;
    }
    void note(QueryRun& run, std::string_view function, std::string_view metric, PositionRange position) const
    {
        if (samples == 0)
            return;
        std::string text = "input to " + std::string(function)
                           + " needed to be fixed for monotonicity (see https://prometheus.io/docs/prometheus/latest/"
                             "querying/functions/#histogram_quantile)";
        if (!metric.empty())
            text += " for metric name " + goQuoted(metric);
        text += ", from buckets " + numberText(minBucket) + " to " + numberText(maxBucket) + ", with a max diff of "
                + shortNumber(maxDifference) + ", over " + std::to_string(samples) + " samples from " + rfc3339(first)
                + " to " + rfc3339(last);
        run.inform(text, position);
    }
};

Result<Table> quantiles(Evaluator& evaluator, const Histograms& input, const ScalarColumn& phi, const Grid& grid,
                        std::string_view function, PositionRange position)
{
    Table out;
    HF_CHECK(evaluator.run().reserve(input.labels.size(), grid.count));
    std::vector<Bucket> buckets;
    for (std::size_t h = 0; h < input.labels.size(); ++h) {
        HF_CHECK(evaluator.run().check());
        Column column{input.labels[h], std::vector<double>(grid.count, absentValue())};
        Unevenness unevenness;
        for (std::size_t i = 0; i < grid.count; ++i) {
            bucketsAt(input.buckets[h], i, buckets);
            if (buckets.empty())
                continue;
            const BucketQuantile quantile = bucketQuantile(phi[i], buckets);
            unevenness.add(quantile, grid.at(i));
            column.values[i] = quantile.value;
        }
        unevenness.note(evaluator.run(), function, input.names[h], position);
        out.columns.push_back(std::move(column));
    }
    dropEmptyColumns(out);
    HF_CHECK(joinEqualLabels(out, Overlap::AtDifferentSteps));
    return out;
}

Result<Table> fraction(Evaluator& evaluator, const Call& call, const Grid& grid)
{
    HF_TRY(const ScalarColumn lower, evaluator.scalar(*call.args[0], grid));
    HF_TRY(const ScalarColumn upper, evaluator.scalar(*call.args[1], grid));
    HF_TRY(const Table table, evaluator.vector(*call.args[2], grid));
    const Histograms input = collect(evaluator.run(), table, call.args[2]->position);
    Table out;
    std::vector<Bucket> buckets;
    for (std::size_t h = 0; h < input.labels.size(); ++h) {
        HF_CHECK(evaluator.run().check());
        Column column{input.labels[h], std::vector<double>(grid.count, absentValue())};
        for (std::size_t i = 0; i < grid.count; ++i) {
            bucketsAt(input.buckets[h], i, buckets);
            if (!buckets.empty())
                column.values[i] = bucketFraction(lower[i], upper[i], buckets);
        }
        out.columns.push_back(std::move(column));
    }
    dropEmptyColumns(out);
    HF_CHECK(joinEqualLabels(out, Overlap::AtDifferentSteps));
    return out;
}

/// One series a quantile, told apart by a label that holds φ.
Result<Table> manyQuantiles(Evaluator& evaluator, const Call& call, const Grid& grid)
{
    const std::string& label = Evaluator::text(*call.args[1]);
    if (label.empty() || !isValidUtf8(label))
        return Error{"invalid label name " + goQuoted(label)};
    HF_TRY(const Table table, evaluator.vector(*call.args[0], grid));
    const Histograms input = collect(evaluator.run(), table, call.args[0]->position);
    Table out;
    for (std::size_t a = 2; a < call.args.size(); ++a) {
        HF_TRY(const ScalarColumn phi, evaluator.scalar(*call.args[a], grid));
        noteQuantileRange(evaluator.run(), phi, call.args[a]->position);
        HF_TRY(Table one, quantiles(evaluator, input, phi, grid, "histogram_quantiles", call.args[0]->position));
        for (Column& column : one.columns) {
            column.labels = std::make_shared<const LabelSet>(column.labels->with(label, numberText(phi.front())));
            out.columns.push_back(std::move(column));
        }
    }
    HF_CHECK(joinEqualLabels(out, Overlap::AtDifferentSteps));
    return out;
}

}  // namespace

Result<Table> evaluateHistogramCall(Evaluator& evaluator, const Call& call, const Grid& grid)
{
    if (call.function->name == "histogram_fraction")
        return fraction(evaluator, call, grid);
    if (call.function->name == "histogram_quantiles")
        return manyQuantiles(evaluator, call, grid);
    HF_TRY(const ScalarColumn phi, evaluator.scalar(*call.args[0], grid));
    noteQuantileRange(evaluator.run(), phi, call.args[0]->position);
    HF_TRY(const Table table, evaluator.vector(*call.args[1], grid));
    const Histograms input = collect(evaluator.run(), table, call.args[1]->position);
    return quantiles(evaluator, input, phi, grid, "histogram_quantile", call.args[1]->position);
}

}  // namespace holdfast::promql
