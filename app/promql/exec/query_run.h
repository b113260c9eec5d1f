#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/promql/engine.h"
#include "app/promql/syntax/ast.h"
#include "app/store/querier.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::promql {

/// What belongs to one running query: its limits, what it says besides the answer, what it cost.
/// One thread at a time.
class QueryRun {
public:
    QueryRun(const store::Querier& querier, const Clock& clock, const EngineOptions& options,
             const QueryContext& context, std::string_view expression);

    /// Cancelled or Timeout, when it is so. Cheap enough to be asked once a series.
    [[nodiscard]] Result<void> check();
    /// The same at intervals of work: `samples` is what has been looked at since the last call.
    [[nodiscard]] Result<void> worked(std::size_t samples);
    /// Limit, when so many values cannot be held; counts towards the query's samples.
    [[nodiscard]] Result<void> reserve(std::size_t columns, std::size_t steps);

    [[nodiscard]] Result<store::SeriesSet> select(const std::vector<LabelMatcher>& matchers, TimeRange range,
                                                  const store::SelectHints& hints);

    /// Adds "PromQL warning: … (line:column)" once.
    void warn(std::string_view message, PositionRange position);
    void inform(std::string_view message, PositionRange position);

    [[nodiscard]] std::int64_t lookbackMs() const { return m_lookbackMs; }
    [[nodiscard]] const EngineOptions& options() const { return m_options; }
    [[nodiscard]] QueryStats& stats() { return m_stats; }
    [[nodiscard]] std::vector<std::string>& warnings() { return m_warnings; }
    [[nodiscard]] std::vector<std::string>& infos() { return m_infos; }

    std::int64_t queryStart = 0;  ///< ms; what start(), end(), step() and range() mean
    std::int64_t queryEnd = 0;
    std::int64_t queryStep = 0;  ///< 0 for an instant

private:
    void note(std::vector<std::string>& notes, std::string text, PositionRange position) const;

    const store::Querier& m_querier;
    const Clock& m_clock;
    const EngineOptions& m_options;
    const std::string m_expression;
    const std::stop_token m_cancelled;
    const std::int64_t m_lookbackMs;
    const std::int64_t m_deadlineNs;
    std::uint32_t m_checks = 0;
    std::size_t m_unchecked = 0;
    QueryStats m_stats;
    std::vector<std::string> m_warnings;
    std::vector<std::string> m_infos;
};

}  // namespace holdfast::promql
