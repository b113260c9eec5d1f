#include "app/resilience/headroom.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace holdfast::resilience {

Headroom headroom(std::span<const Resource> resources)
{
    double worst = -1;
    Headroom result;
    for (const Resource& resource : resources) {
        const double load = resource.used / resource.ceiling;
        if (load <= worst)
            continue;
        worst = load;
        result.limiting = resource.name;
    }
    result.ratio = std::clamp(1 - std::max(0.0, worst), 0.0, 1.0);
    result.multiple = worst > 0 ? 1 / worst : 0;
    return result;
}

std::optional<double> theilSenPerMinute(std::span<const UsePoint> points)
{
    if (points.size() < 3)
        return std::nullopt;
    std::vector<double> slopes;
    slopes.reserve(points.size() * (points.size() - 1) / 2);
    for (std::size_t i = 0; i < points.size(); ++i)
        for (std::size_t j = i + 1; j < points.size(); ++j)
            if (points[j].atMs != points[i].atMs)
                slopes.push_back((points[j].used - points[i].used) * 60'000
                                 / static_cast<double>(points[j].atMs - points[i].atMs));
    if (slopes.size() < 3)
        return std::nullopt;
    const auto middle = slopes.begin() + static_cast<std::ptrdiff_t>(slopes.size() / 2);
    std::nth_element(slopes.begin(), middle, slopes.end());
    if (slopes.size() % 2 == 1)
        return *middle;
    return (*middle + *std::max_element(slopes.begin(), middle)) / 2;
}

std::optional<Forecast> minutesToSaturation(std::span<const UsePoint> points, double ceiling)
{
    if (points.empty())
        return std::nullopt;
    const UsePoint& last = points.back();
    const double left = ceiling - last.used;
    if (left <= 0)
        return Forecast{};
    const auto minutes = [&](std::int64_t stretchMs) -> std::optional<double> {
        const auto first = std::ranges::lower_bound(points, last.atMs - stretchMs, {}, &UsePoint::atMs);
        const auto slope = theilSenPerMinute(points.subspan(static_cast<std::size_t>(first - points.begin())));
        return slope && *slope > 0 ? std::optional(left / *slope) : std::nullopt;
    };
    constexpr double sixHours = 360;
    const auto longer = minutes(30 * 60'000);
    const auto shorter = minutes(10 * 60'000);
    if (!longer || !shorter || *longer > sixHours)
        return std::nullopt;
    return Forecast{*longer, std::min(*longer, *shorter), std::max(*longer, *shorter)};
}

}  // namespace holdfast::resilience
