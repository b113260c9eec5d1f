#include "app/promql/functions/classic_histogram.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace holdfast::promql {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
/// Relative difference up to which neighbouring counts are the same. Source: promql/quantile.go, smallDeltaTolerance.
constexpr double kTolerance = 1e-12;

/// Source: Prometheus util/almost, Equal.
bool almostEqual(double a, double b)
{
    if (a == b)
        return true;
    const double sum = std::fabs(a) + std::fabs(b);
    const double difference = std::fabs(a - b);
    constexpr double minNormal = std::numeric_limits<double>::min();
    if (a == 0 || b == 0 || sum < minNormal)
        return difference < kTolerance * minNormal;
    return difference / std::fmin(sum, std::numeric_limits<double>::max()) < kTolerance;
}

/// Buckets with the same bound are one.
void coalesce(std::vector<Bucket>& buckets)
{
    std::size_t kept = 0;
    for (std::size_t i = 1; i < buckets.size(); ++i) {
        if (buckets[i].upperBound == buckets[kept].upperBound)
            buckets[kept].count += buckets[i].count;
        else
            buckets[++kept] = buckets[i];
    }
    buckets.resize(kept + 1);
}

void evenOut(std::vector<Bucket>& buckets, BucketQuantile& out)
{
    double before = buckets.front().count;
    for (Bucket& bucket : buckets) {
        if (bucket.count == before)
            continue;
        if (almostEqual(before, bucket.count)) {
            bucket.count = before;
        } else if (bucket.count < before) {
            const double difference = before - bucket.count;
            if (!out.forcedMonotonic)
                out.minBucket = bucket.upperBound;
            out.maxBucket = bucket.upperBound;
            out.maxDifference = std::fmax(out.maxDifference, difference);
            out.forcedMonotonic = true;
            bucket.count = before;
        } else {
            before = bucket.count;
        }
    }
}

bool prepareBuckets(std::vector<Bucket>& buckets)
{
    std::ranges::stable_sort(buckets, {}, &Bucket::upperBound);
    if (buckets.empty() || buckets.back().upperBound != kInfinity)
        return false;
    coalesce(buckets);
    return true;
}

}  // namespace

BucketQuantile bucketQuantile(double phi, std::vector<Bucket> buckets)
{
    BucketQuantile out;
    out.value = kNaN;
    if (std::isnan(phi))
        return out;
    if (phi < 0 || phi > 1) {
        out.value = phi < 0 ? -kInfinity : kInfinity;
        return out;
    }
    if (!prepareBuckets(buckets))
        return out;
    evenOut(buckets, out);
    if (buckets.size() < 2 || buckets.back().count == 0)
        return out;
    double rank = phi * buckets.back().count;
    // The last bucket is where the search ends when no other holds the rank (also for NaN counts).
    const auto last = buckets.size() - 1;
    const auto at = static_cast<std::size_t>(
        std::partition_point(buckets.begin(), buckets.begin() + static_cast<std::ptrdiff_t>(last),
                             [&](const Bucket& bucket) { return !(bucket.count >= rank); })
        - buckets.begin());
    if (at == last) {
        out.value = buckets[last - 1].upperBound;
        return out;
    }
    if (at == 0 && buckets[0].upperBound <= 0) {
        out.value = buckets[0].upperBound;
        return out;
    }
    double start = 0;
    const double end = buckets[at].upperBound;
    double count = buckets[at].count;
    if (at > 0) {
        start = buckets[at - 1].upperBound;
        count -= buckets[at - 1].count;
        rank -= buckets[at - 1].count;
    }
    out.value = start + (end - start) * (rank / count);
    return out;
}

double bucketFraction(double lower, double upper, std::vector<Bucket> buckets)
{
    if (!prepareBuckets(buckets))
        return kNaN;
    const double count = buckets.back().count;
    if (count == 0 || std::isnan(lower) || std::isnan(upper))
        return kNaN;
    if (lower >= upper)
        return 0;
    double rank = 0;
    double lowerRank = 0;
    double upperRank = 0;
    bool lowerSet = false;
    bool upperSet = false;
    for (std::size_t i = 0; i < buckets.size() && !(lowerSet && upperSet); ++i) {
        const Bucket& bucket = buckets[i];
        double start = 0;
        if (i > 0)
            start = buckets[i - 1].upperBound;
        else if (bucket.upperBound <= 0)
            start = -kInfinity;
        const auto within = [&](double v) {
            if (start == -kInfinity)
                return bucket.count;
            if (bucket.upperBound == kInfinity)
                return rank;
            return rank + (bucket.count - rank) * (v - start) / (bucket.upperBound - start);
        };
        const auto settle = [&](double bound, double& result, bool& set) {
            if (set)
                return;
            if (start >= bound) {
                result = rank;
                set = true;
            } else if (bucket.upperBound > bound) {
                result = within(bound);
                set = true;
            }
        };
        settle(lower, lowerRank, lowerSet);
        settle(upper, upperRank, upperSet);
        rank = bucket.count;
    }
    if (!lowerSet || lowerRank > count)
        lowerRank = count;
    if (!upperSet || upperRank > count)
        upperRank = count;
    return (upperRank - lowerRank) / count;
}

}  // namespace holdfast::promql
