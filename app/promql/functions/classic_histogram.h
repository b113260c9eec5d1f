#pragma once

#include <vector>

namespace holdfast::promql {

/// One bucket of a classic histogram: so many observations at or below the bound.
struct Bucket {
    double upperBound = 0;
    double count = 0;
};

struct BucketQuantile {
    double value = 0;
    bool forcedMonotonic = false;  ///< counts fell between buckets, by more than rounding
    double minBucket = 0;          ///< where they did
    double maxBucket = 0;
    double maxDifference = 0;
};

/// The φ-quantile, linear within a bucket. Buckets sorted by bound; rounding noise (1e-12 relative) and falling counts
/// are evened out. NaN without a +Inf bucket or without observations.
/// Source: Prometheus promql/quantile.go, BucketQuantile.
[[nodiscard]] BucketQuantile bucketQuantile(double phi, std::vector<Bucket> buckets);

/// The share of observations between two values. Source: Prometheus promql/quantile.go, BucketFraction.
[[nodiscard]] double bucketFraction(double lower, double upper, std::vector<Bucket> buckets);

}  // namespace holdfast::promql
