#pragma once

#include "app/base/result.h"
#include "app/model/label_set.h"
#include "app/model/sample.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::promql {

/// The evaluation times: start, start + step, … ; milliseconds since the epoch. An instant is a grid of one.
struct Grid {
    std::int64_t start = 0;
    std::int64_t step = 1;
    std::size_t count = 1;
    [[nodiscard]] std::int64_t at(std::size_t i) const { return start + step * static_cast<std::int64_t>(i); }
    [[nodiscard]] std::int64_t end() const { return at(count - 1); }
};

/// "No value at this step". The staleness marker's bits never are a value of an instant vector, so they are free to
/// say this; every comparison is by bits.
[[nodiscard]] inline double absentValue()
{
    return staleMarker();
}
[[nodiscard]] inline bool isAbsent(double v)
{
    return isStaleMarker(v);
}

/// One series of an instant vector over all steps of a grid.
struct Column {
    LabelSetPtr labels;
    std::vector<double> values;  ///< shape: (grid.count), absentValue() where there is none
};

/// An instant vector over all steps. The order of columns is the order of the vector.
struct Table {
    std::vector<Column> columns;
};

/// Samples of one series for range functions: no staleness markers, ascending by time.
struct RangeSeries {
    LabelSetPtr labels;
    std::span<const std::int64_t> times;
    std::span<const double> values;
};

[[nodiscard]] inline const LabelSetPtr& noLabels()
{
    static const LabelSetPtr empty = std::make_shared<const LabelSet>();
    return empty;
}

/// Labels that say what the metric is: its name, and type and unit where a store keeps them as labels. All go together.
/// Source: Prometheus model/labels and schema, IsMetadataLabel.
[[nodiscard]] inline bool isMetricIdentity(std::string_view label)
{
    return label == kMetricName || label == "__type__" || label == "__unit__";
}

/// The labels without the metric name; the same pointer when there is none.
[[nodiscard]] LabelSetPtr withoutName(const LabelSetPtr& labels);

/// Removes columns without any value.
void dropEmptyColumns(Table& table);

enum class Overlap { Never, AtDifferentSteps };

/// Joins columns with equal labels. Overlap::Never refuses any two of them; AtDifferentSteps only two with a value at
/// the same step. Source: Prometheus promql/engine.go, rangeEval and ContainsSameLabelset.
[[nodiscard]] Result<void> joinEqualLabels(Table& table, Overlap allowed);

/// joinEqualLabels() is needed only if dropping the name can make two label sets equal.
[[nodiscard]] bool namesDiffer(const Table& table);

}  // namespace holdfast::promql
