#include "widgets/charts/lane_data.h"

#include <algorithm>
#include <cmath>

namespace holdfast::widgets {

namespace {

constexpr double shrinkBelow = 0.4;
constexpr std::int64_t gapSteps = 3;
constexpr std::int64_t edgeMayBeMs = 60'000;  // an older value is not that of the edge
constexpr std::int64_t edgeSteps = 3;
constexpr std::int64_t edgePatienceMs = 15'000;  // guessed: a scrape or two may be late

double roundUp(double value)
{
    if (value <= 0)
        return 1;
    const double magnitude = std::pow(10.0, std::floor(std::log10(value)));
    for (const double factor : {1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0}) {
        if (value <= factor * magnitude * 1.0000001)
            return factor * magnitude;
    }
    return 10 * magnitude;
}

double leastTop(LaneUnit unit)
{
    switch (unit) {
    case LaneUnit::Seconds: return 0.01;
    case LaneUnit::Ratio: return 0.02;
    case LaneUnit::PerSecond: return 1;
    case LaneUnit::Count: return 10;
    case LaneUnit::Multiple: return 1.5;
    }
    return 1;
}

bool anySampleAt(const LaneData& data, std::int64_t ms)
{
    return std::any_of(data.lines.begin(), data.lines.end(),
                       [ms](const LaneLine& line) { return line.shiftMs == 0 && !std::isnan(valueAt(line, ms)); });
}

QString lineName(QString name, const GridSeries& series)
{
    for (auto label = series.labels.begin(); label != series.labels.end(); ++label)
        name.replace(QStringLiteral("{{%1}}").arg(label.key()), label.value());
    return name;
}

}  // namespace

std::vector<LaneLine> linesOf(const LaneQuery& query, const std::shared_ptr<const Matrix>& matrix, std::size_t most)
{
    std::vector<LaneLine> lines;
    for (std::size_t i = 0; matrix && i < matrix->series.size() && i < most; ++i)
        lines.push_back({lineName(query.name, matrix->series[i]), i == 0 ? query.role : LineRole::Third, matrix, i});
    return lines;
}

double valueAt(const LaneLine& line, std::int64_t ms)
{
    const std::vector<double>* values = line.values();
    if (!values)
        return noSample;
    const Matrix& matrix = *line.matrix;
    const std::int64_t offset = ms - line.startMs() + matrix.stepMs / 2;
    if (offset < 0 || offset / matrix.stepMs >= matrix.points)
        return noSample;
    return (*values)[static_cast<std::size_t>(offset / matrix.stepMs)];
}

double edgeValue(const LaneLine& line, std::int64_t endMs)
{
    const std::vector<double>* values = line.values();
    if (!values)
        return noSample;
    const Matrix& matrix = *line.matrix;
    const std::int64_t notBeforeMs = endMs - std::max(edgeMayBeMs, edgeSteps * matrix.stepMs);
    // From the edge on backwards: of a pan far into the past most of the values lie behind it.
    const std::int64_t reach = endMs < line.startMs() ? -1 : (endMs - line.startMs()) / matrix.stepMs;
    for (std::int64_t i = std::min(matrix.points - 1, reach); i >= 0; --i) {
        const std::int64_t ms = line.startMs() + i * matrix.stepMs;
        if (ms < notBeforeMs)
            break;
        if (const double value = (*values)[static_cast<std::size_t>(i)]; !std::isnan(value))
            return value;
    }
    return noSample;
}

double largestOf(const LaneData& data)
{
    double largest = 0;
    for (const LaneLine& line : data.lines) {
        if (!line.values())
            continue;
        for (const double value : *line.values()) {
            if (std::isfinite(value))
                largest = std::max(largest, value);
        }
    }
    return largest;
}

ValueRange axisRange(const LaneData& data, ValueRange previous)
{
    return axisRange(data, largestOf(data), previous);
}

ValueRange axisRange(const LaneData& data, double largest, ValueRange previous)
{
    if (data.unit == LaneUnit::Ratio && data.limit && data.limit->badBelow)
        return {0, 1};
    // The limit belongs on the axis unless it would press the line to the bottom.
    if (data.limit && data.limit->value < largest * 4)
        largest = std::max(largest, data.limit->value * 1.1);
    double top = std::max(roundUp(largest * 1.05), leastTop(data.unit));
    if (data.unit == LaneUnit::Ratio && largest <= 1)
        top = std::min(top, 1.0);
    if (previous.high >= largest && largest > previous.high * shrinkBelow && previous.high > top)
        return {0, previous.high};
    return {0, top};
}

std::optional<std::int64_t> gapPatienceMs(const LaneData& data)
{
    const auto first = std::find_if(data.lines.begin(), data.lines.end(),
                                    [](const LaneLine& line) { return line.values() != nullptr && line.shiftMs == 0; });
    if (first == data.lines.end())
        return std::nullopt;
    return std::max(gapSteps * first->matrix->stepMs, edgePatienceMs);
}

std::vector<Gap> gapsOf(const LaneData& data, std::int64_t untilMs)
{
    const auto first = std::find_if(data.lines.begin(), data.lines.end(),
                                    [](const LaneLine& line) { return line.values() != nullptr && line.shiftMs == 0; });
    if (first == data.lines.end())
        return {};
    const Matrix& grid = *first->matrix;
    std::vector<Gap> gaps;
    std::optional<std::int64_t> lastSample;
    for (std::int64_t i = 0; i < grid.points; ++i) {
        const std::int64_t ms = grid.startMs + i * grid.stepMs;
        if (!anySampleAt(data, ms))
            continue;
        if (lastSample && ms - *lastSample > gapSteps * grid.stepMs)
            gaps.push_back({*lastSample, ms});
        lastSample = ms;
    }
    if (lastSample && untilMs > *lastSample + *gapPatienceMs(data))
        gaps.push_back({*lastSample, untilMs});
    return gaps;
}

}  // namespace holdfast::widgets
