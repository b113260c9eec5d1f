#pragma once

#include "app/base/result.h"
#include "app/promql/engine.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace holdfast::signals {

/// Runs expressions at one time and unpacks the answers. One thread at a time.
class SeriesReader {
public:
    SeriesReader(const promql::Engine& engine, std::int64_t t) : m_engine(engine), m_t(t) {}

    [[nodiscard]] std::int64_t t() const { return m_t; }

    /// An instant vector; series whose value is no finite number are left out.
    [[nodiscard]] Result<promql::InstantVector> vector(std::string_view expression) const;
    /// A range selector: the samples themselves.
    [[nodiscard]] Result<promql::Matrix> samples(std::string_view expression) const;
    /// Evaluated at start, start + step … up to t; values older than `lookbackMs` are gaps.
    [[nodiscard]] Result<promql::Matrix> range(std::string_view expression, std::int64_t start, std::int64_t step,
                                               std::int64_t lookbackMs) const;

private:
    const promql::Engine& m_engine;
    const std::int64_t m_t;
};

}  // namespace holdfast::signals
