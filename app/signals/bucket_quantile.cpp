#include "app/signals/bucket_quantile.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace holdfast::signals {

namespace {

/// The buckets made monotonic; nothing where no quantile can be had of them.
std::optional<Buckets> usable(const Buckets& buckets)
{
    if (buckets.size() < 2 || !std::isinf(buckets.rbegin()->first))
        return std::nullopt;
    Buckets monotonic;
    double highest = 0;
    for (const auto& [bound, value] : buckets) {
        highest = std::max(highest, value);
        monotonic[bound] = highest;
    }
    if (!(highest > 0))
        return std::nullopt;
    return monotonic;
}

}  // namespace

std::optional<Quantile> bucketQuantile(double q, const Buckets& buckets)
{
    const auto monotonic = usable(buckets);
    if (!monotonic)
        return std::nullopt;
    const double total = monotonic->rbegin()->second;
    const double rank = q * total;
    const auto bucket = std::ranges::find_if(*monotonic, [rank](const auto& entry) { return entry.second >= rank; });
    const auto before = bucket == monotonic->begin() ? monotonic->end() : std::prev(bucket);
    const double lower = before == monotonic->end() ? 0 : before->first;
    if (std::isinf(bucket->first))
        return Quantile{.value = lower, .lower = lower, .upper = bucket->first, .above = true};
    if (before == monotonic->end() && bucket->first <= 0)
        return Quantile{.value = bucket->first, .lower = bucket->first, .upper = bucket->first};
    const double below = before == monotonic->end() ? 0 : before->second;
    const double inside = bucket->second - below;
    const double share = inside > 0 ? (rank - below) / inside : 1;
    return Quantile{.value = lower + (bucket->first - lower) * share, .lower = lower, .upper = bucket->first};
}

std::optional<double> shareAbove(double bound, const Buckets& buckets)
{
    const auto monotonic = usable(buckets);
    if (!monotonic)
        return std::nullopt;
    const double total = monotonic->rbegin()->second;
    const auto next = monotonic->lower_bound(bound);
    if (std::isinf(next->first)) {
        const double below = next == monotonic->begin() ? 0 : std::prev(next)->second;
        return 1 - below / total;
    }
    if (next->first == bound)
        return 1 - next->second / total;
    const double lowerBound = next == monotonic->begin() ? 0 : std::prev(next)->first;
    const double below = next == monotonic->begin() ? 0 : std::prev(next)->second;
    const double share = (bound - lowerBound) / (next->first - lowerBound);
    return 1 - (below + (next->second - below) * share) / total;
}

}  // namespace holdfast::signals
