#include "widgets/charts/state_data.h"

#include <algorithm>
#include <cmath>

namespace holdfast::widgets {

namespace {

constexpr std::int64_t gapSteps = 3;

double at(const std::shared_ptr<const Matrix>& matrix, std::int64_t ms)
{
    if (!matrix || matrix->series.empty())
        return noSample;
    const std::int64_t index = (ms - matrix->startMs + matrix->stepMs / 2) / matrix->stepMs;
    if (ms < matrix->startMs || index >= matrix->points)
        return noSample;
    return matrix->series.front().values[static_cast<std::size_t>(index)];
}

/// A flag's numbers: 0 off, 1 on by itself, 2 forced off, 3 forced on.
LaneState flagState(int number)
{
    switch (number) {
    case 0: return LaneState::Closed;
    case 1: return LaneState::Open;
    case 2: return LaneState::ForcedClosed;
    case 3: return LaneState::ForcedOpen;
    default: return LaneState::Unknown;
    }
}

LaneState stateOf(double value, bool flag)
{
    const auto number = static_cast<int>(std::lround(value));
    if (flag)
        return flagState(number);
    return number < 0 || number > 5 ? LaneState::Unknown : static_cast<LaneState>(number);
}

}  // namespace

std::vector<StateSpan> stateSpans(const StateRow& row, std::int64_t untilMs)
{
    std::vector<StateSpan> spans;
    if (!row.state || row.state->series.empty())
        return spans;
    const Matrix& grid = *row.state;
    const std::vector<double>& values = grid.series.front().values;
    for (std::int64_t i = 0; i < grid.points; ++i) {
        const double value = values[static_cast<std::size_t>(i)];
        if (std::isnan(value))
            continue;
        const std::int64_t ms = grid.startMs + i * grid.stepMs;
        const LaneState state = stateOf(value, row.flag);
        if (!spans.empty() && ms - spans.back().endMs > (gapSteps - 1) * grid.stepMs)
            spans.push_back({spans.back().endMs, ms, LaneState::Unknown, 0, 0});
        if (spans.empty() || spans.back().state != state)
            spans.push_back({spans.empty() ? ms : spans.back().endMs, ms, state, 0, 0});
        StateSpan& span = spans.back();
        span.endMs = ms + grid.stepMs;
        const double k = at(row.open, ms);
        const double n = at(row.instances, ms);
        if (!std::isnan(n))
            span.n = std::max(span.n, static_cast<std::int64_t>(std::lround(n)));
        if (!std::isnan(k))
            span.k = std::max(span.k, static_cast<std::int64_t>(std::lround(k)));
    }
    constexpr std::int64_t patienceMs = 15'000;
    if (!spans.empty() && untilMs - spans.back().endMs > std::max(patienceMs, gapSteps * grid.stepMs))
        spans.push_back({spans.back().endMs, untilMs, LaneState::Unknown, 0, 0});
    else if (!spans.empty())
        spans.back().endMs = std::max(spans.back().endMs, untilMs);
    return spans;
}

}  // namespace holdfast::widgets
