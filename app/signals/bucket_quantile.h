#pragma once

#include <map>
#include <optional>

namespace holdfast::signals {

/// Cumulative rates or counts by upper bound; +Inf is the last.
using Buckets = std::map<double, double>;

struct Quantile {
    double value = 0;
    double lower = 0;  ///< bounds of the bucket the quantile lies in
    double upper = 0;
    bool above = false;  ///< it lies above the last finite bound; value is that bound
};

/// The q-quantile by linear interpolation within its bucket. Nothing without a +Inf bucket, without a finite one, or
/// without observations. Small inversions that rates of many series leave are flattened.
/// q  0 < q < 1
/// Source: Prometheus promql/quantile.go, bucketQuantile and ensureMonotonicAndIgnoreSmallDeltas.
[[nodiscard]] std::optional<Quantile> bucketQuantile(double q, const Buckets& buckets);

/// Share of observations above `bound`: 1 - bucket(le = bound) / count, interpolated where bound is no bucket's.
[[nodiscard]] std::optional<double> shareAbove(double bound, const Buckets& buckets);

}  // namespace holdfast::signals
