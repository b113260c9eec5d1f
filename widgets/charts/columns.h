#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace holdfast::widgets {

/// What falls into one pixel column: the ends of the stroke, and what it must join to. Values; NaN samples are skipped.
struct Column {
    bool empty = true;
    double least = 0;
    double most = 0;
    double first = 0;
    double last = 0;
};

/// `values` at startMs + i · stepMs, drawn over [fromMs, toMs) into `count` columns. The picture of the columns is the
/// picture of all samples: nothing that stuck out is lost. O(values in range + count).
[[nodiscard]] std::vector<Column> toColumns(std::span<const double> values, std::int64_t startMs, std::int64_t stepMs,
                                            std::int64_t fromMs, std::int64_t toMs, std::size_t count);

}  // namespace holdfast::widgets
