#include "app/signals/saturation.h"

#include <algorithm>
#include <vector>

namespace holdfast::signals {

namespace {

// Guessed: 60 points make 1770 pairs, some 20 µs, and more do not change the median of 15 minutes visibly.
constexpr std::size_t kMostPoints = 60;
constexpr std::size_t kLeastPoints = 5;
constexpr double kMinute = 60;
constexpr std::int64_t kMinuteMs = 60'000;
constexpr double kFarthestMinutes = 360;
constexpr std::int64_t kLeastHistoryMs = 10 * kMinuteMs;
// Far from its ceiling a resource wanders, and a forecast of that is none; guessed.
constexpr double kMostHeadroom = 0.6;

std::span<const Sample> since(std::span<const Sample> samples, std::int64_t from)
{
    const auto first = std::ranges::lower_bound(samples, from, {}, &Sample::t);
    return samples.subspan(static_cast<std::size_t>(first - samples.begin()));
}

}  // namespace

std::optional<double> theilSenSlope(std::span<const Sample> samples)
{
    if (samples.size() < kLeastPoints)
        return std::nullopt;
    std::vector<Sample> chosen;
    const std::size_t count = std::min(samples.size(), kMostPoints);
    for (std::size_t i = 0; i < count; ++i)
        chosen.push_back(samples[i * (samples.size() - 1) / (count - 1)]);
    std::vector<double> slopes;
    slopes.reserve(count * (count - 1) / 2);
    for (std::size_t i = 0; i < chosen.size(); ++i)
        for (std::size_t j = i + 1; j < chosen.size(); ++j)
            slopes.push_back((chosen[j].v - chosen[i].v) * 1000 / static_cast<double>(chosen[j].t - chosen[i].t));
    const auto middle = slopes.begin() + static_cast<std::ptrdiff_t>(slopes.size() / 2);
    std::ranges::nth_element(slopes, middle);
    return *middle;
}

std::optional<Saturation> timeToSaturation(std::span<const Sample> samples, double current, double ceiling,
                                           std::int64_t now)
{
    if (current >= ceiling)
        return Saturation{};
    if (samples.empty() || samples.back().t - samples.front().t < kLeastHistoryMs
        || 1 - current / ceiling >= kMostHeadroom)
        return std::nullopt;
    const auto minutes = [&](std::int64_t span) -> std::optional<double> {
        const auto slope = theilSenSlope(since(samples, now - span * kMinuteMs));
        if (!slope || !(*slope > 0))
            return std::nullopt;
        return (ceiling - current) / *slope / kMinute;
    };
    const auto middle = minutes(15);
    const auto quick = minutes(10);
    const auto slow = minutes(30);
    if (!middle || !quick || !slow || *middle > kFarthestMinutes)
        return std::nullopt;
    return Saturation{
        .minutes = *middle, .low = std::min({*middle, *quick, *slow}), .high = std::max({*middle, *quick, *slow})};
}

}  // namespace holdfast::signals
