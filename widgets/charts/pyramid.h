#pragma once

#include "widgets/charts/columns.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace holdfast::widgets {

/// Least, most, first and last of ever longer runs of samples, so that a picture costs its pixels and not its samples:
/// a column reads at most about 50 entries, whether 600 or 100 000 samples lie behind the line.
///
/// Level 0 holds runs of `run` samples, each further level runs of `factor` of the level below. Built once an answer,
/// on the worker (one pass). Refers to `values`, which must outlive it. Immutable.
class Pyramid {
public:
    static constexpr std::size_t run = 16;
    static constexpr std::size_t factor = 4;

    explicit Pyramid(std::span<const double> values);

    /// What lies in samples [from, to); NaN samples are skipped.
    [[nodiscard]] Column over(std::size_t from, std::size_t to) const;
    /// The same columns as toColumns() makes, out of the levels. values at startMs + i · stepMs, span [fromMs, toMs).
    [[nodiscard]] std::vector<Column> columns(std::int64_t startMs, std::int64_t stepMs, std::int64_t fromMs,
                                              std::int64_t toMs, std::size_t count) const;
    [[nodiscard]] std::size_t size() const { return m_values.size(); }

private:
    std::span<const double> m_values;
    std::vector<std::vector<Column>> m_levels;
};

}  // namespace holdfast::widgets
