#include "app/signals/series_reader.h"

#include <cmath>
#include <string>
#include <utility>

namespace holdfast::signals {

namespace {

// Guessed: an evaluation that takes longer than this is of no use to a person who looks every second.
constexpr std::int64_t kTimeoutMs = 5'000;

promql::QueryContext within(std::int64_t lookbackMs = 0)
{
    promql::QueryContext context;
    context.timeoutMs = kTimeoutMs;
    context.lookbackMs = lookbackMs;
    return context;
}

template <typename T>
Result<T> only(Result<promql::QueryResult> answer, std::string_view expression)
{
    if (!answer.ok())
        return std::move(answer).error();
    if (auto* value = std::get_if<T>(&answer.value().value))
        return std::move(*value);
    return Error{"\"" + std::string(expression) + "\" gives another type than a signal needs", ErrorKind::BadInput};
}

}  // namespace

Result<promql::InstantVector> SeriesReader::vector(std::string_view expression) const
{
    HF_TRY(auto rows, only<promql::InstantVector>(m_engine.instant(expression, m_t, within()), expression));
    std::erase_if(rows, [](const promql::VectorSample& row) { return !std::isfinite(row.sample.v); });
    return rows;
}

Result<promql::Matrix> SeriesReader::samples(std::string_view expression) const
{
    return only<promql::Matrix>(m_engine.instant(expression, m_t, within()), expression);
}

Result<promql::Matrix> SeriesReader::range(std::string_view expression, std::int64_t start, std::int64_t step,
                                           std::int64_t lookbackMs) const
{
    return only<promql::Matrix>(m_engine.range(expression, start, m_t, step, within(lookbackMs)), expression);
}

}  // namespace holdfast::signals
