#include "app/promql/exec/query_run.h"

#include "app/promql/syntax/parser.h"

#include <algorithm>

namespace holdfast::promql {

namespace {

Error tooManySamples()
{
    return {"query processing would load too many samples into memory in query execution", ErrorKind::Limit};
}

std::int64_t deadline(const Clock& clock, const EngineOptions& options, const QueryContext& context)
{
    const std::int64_t timeout =
        context.timeoutMs > 0 ? std::min(context.timeoutMs, options.timeoutMs) : options.timeoutMs;
    return clock.monotonicNs() + timeout * 1'000'000;
}

}  // namespace

QueryRun::QueryRun(const store::Querier& querier, const Clock& clock, const EngineOptions& options,
                   const QueryContext& context, std::string_view expression)
    : m_querier(querier),
      m_clock(clock),
      m_options(options),
      m_expression(expression),
      m_cancelled(context.cancelled),
      m_lookbackMs(context.lookbackMs > 0 ? context.lookbackMs : options.lookbackMs),
      m_deadlineNs(deadline(clock, options, context))
{
}

Result<void> QueryRun::check()
{
    if (m_cancelled.stop_requested())
        return Error{"query was canceled in query execution", ErrorKind::Cancelled};
    // Reading a clock costs as much as a few hundred samples: not every time.
    if (m_checks++ % 16 == 0 && m_clock.monotonicNs() > m_deadlineNs)
        return Error{"query timed out in query execution", ErrorKind::Timeout};
    return {};
}

Result<void> QueryRun::worked(std::size_t samples)
{
    // About a millisecond of sums; sorting takes ten times as long. Guessed.
    constexpr std::size_t enough = 500'000;
    m_unchecked += samples + 1;
    if (m_unchecked < enough)
        return {};
    m_unchecked = 0;
    m_checks = 0;  // this time the clock is read
    return check();
}

Result<void> QueryRun::reserve(std::size_t columns, std::size_t steps)
{
    HF_CHECK(check());
    if (steps != 0 && columns > m_options.maxSamples / steps)
        return tooManySamples();
    return {};
}

Result<store::SeriesSet> QueryRun::select(const std::vector<LabelMatcher>& matchers, TimeRange range,
                                          const store::SelectHints& hints)
{
    HF_CHECK(check());
    if (m_stats.samplesRead >= m_options.maxSamples)
        return tooManySamples();
    store::ReadLimits limits;
    limits.cancelled = m_cancelled;
    limits.deadlineNs = m_deadlineNs;
    limits.maxSamples = m_options.maxSamples - m_stats.samplesRead;
    auto set = m_querier.select(matchers, range, hints, limits);
    if (!set)
        return set.error().kind == ErrorKind::Limit ? tooManySamples() : std::move(set).error();
    m_stats.seriesRead += set->series.size();
    for (const store::SeriesView& view : set->series)
        m_stats.samplesRead += view.times.size();
    return set;
}

void QueryRun::note(std::vector<std::string>& notes, std::string text, PositionRange position) const
{
    text += " (" + lineAndColumn(m_expression, position.start) + ")";
    if (std::ranges::find(notes, text) == notes.end())
        notes.push_back(std::move(text));
}

void QueryRun::warn(std::string_view message, PositionRange position)
{
    note(m_warnings, "PromQL warning: " + std::string(message), position);
}

void QueryRun::inform(std::string_view message, PositionRange position)
{
    note(m_infos, "PromQL info: " + std::string(message), position);
}

}  // namespace holdfast::promql
