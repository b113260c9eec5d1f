#include "widgets/charts/time_scale.h"

#include "widgets/time/zone.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace holdfast::widgets {

namespace {

constexpr std::int64_t second = 1000;
constexpr std::int64_t minute = 60 * second;
constexpr std::int64_t hour = 60 * minute;
constexpr std::int64_t day = 24 * hour;
constexpr std::array roundSteps{second,  2 * second, 5 * second, 10 * second, 15 * second, 30 * second,
                                minute,  2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute,
                                hour,    2 * hour,   3 * hour,   6 * hour,    12 * hour,   day,
                                2 * day, 7 * day,    14 * day,   30 * day,    90 * day};

QString tickText(std::int64_t ms, std::int64_t step)
{
    const QDateTime time = shownTime(ms);
    const QLocale english(QLocale::English);
    if ((ms + shownOffsetMs(ms)) % day == 0)
        return english.toString(time, QStringLiteral("d MMM"));
    return english.toString(time, step < minute ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm"));
}

}  // namespace

double TimeScale::x(std::int64_t ms) const
{
    const auto span = static_cast<double>(std::max<std::int64_t>(1, endMs - startMs));
    return left + static_cast<double>(ms - startMs) / span * width;
}

std::int64_t TimeScale::at(double px) const
{
    return startMs + std::llround((px - left) / std::max(1.0, width) * static_cast<double>(endMs - startMs));
}

std::int64_t roundStepMs(std::int64_t spanMs, std::int64_t columns, std::int64_t leastMs)
{
    const std::int64_t least = std::max(leastMs, spanMs / std::max<std::int64_t>(1, columns));
    const auto step = std::lower_bound(roundSteps.begin(), roundSteps.end(), least);
    return step == roundSteps.end() ? roundSteps.back() : *step;
}

Grid alignedGrid(std::int64_t startMs, std::int64_t endMs, std::int64_t columns, std::int64_t leastMs)
{
    const std::int64_t step = roundStepMs(endMs - startMs, columns, leastMs);
    return {startMs / step * step, endMs / step * step, step};
}

std::vector<std::int64_t> tickTimes(std::int64_t startMs, std::int64_t endMs, int most)
{
    const std::int64_t step = roundStepMs(endMs - startMs, std::max(1, most), second);
    const std::int64_t ahead = shownOffsetMs(startMs);  // round is what a clock of the shown zone calls round
    std::vector<std::int64_t> times;
    for (std::int64_t ms = (startMs + ahead + step - 1) / step * step - ahead; ms <= endMs; ms += step)
        times.push_back(ms);
    return times;
}

std::vector<TimeTick> timeTicks(std::int64_t startMs, std::int64_t endMs, int most)
{
    const std::int64_t step = roundStepMs(endMs - startMs, std::max(1, most), second);
    std::vector<TimeTick> ticks;
    for (const std::int64_t ms : tickTimes(startMs, endMs, most))
        ticks.push_back({ms, tickText(ms, step)});
    return ticks;
}

}  // namespace holdfast::widgets
