#pragma once

#include "widgets/client/matrix.h"
#include "widgets/theme/tokens.h"

#include <QImage>

#include <optional>
#include <vector>

namespace holdfast::widgets {

/// Requests per latency bucket and time column. Value.
struct HeatData {
    std::int64_t startMs = 0;
    std::int64_t stepMs = 1;
    std::int64_t columns = 0;
    std::vector<double> bounds;  ///< upper bounds in seconds, ascending; the last may be +Inf
    std::vector<double> counts;  ///< column-major: counts[column · bounds.size() + bucket]; noSample where unknown

    [[nodiscard]] double count(std::int64_t column, std::size_t bucket) const
    {
        return counts[static_cast<std::size_t>(column) * bounds.size() + bucket];
    }
};

/// From cumulative increases by `le` to counts a bucket; a negative difference counts as 0. Buckets that are empty
/// throughout at either end are left out, but for one.
[[nodiscard]] HeatData heatFrom(const Matrix& cumulative);

/// One pixel a bucket and column, the largest bucket on top; colour by the square root of the share of the largest
/// count, so that one request is still seen. Buckets that lie wholly above `slo` have their own ramp.
[[nodiscard]] QImage heatImage(const HeatData& heat, std::optional<double> slo, const Tokens& tokens);

/// The share of requests in buckets above `slo`, over the columns from `fromMs` on; nothing without requests.
[[nodiscard]] std::optional<double> shareOver(const HeatData& heat, double slo, std::int64_t fromMs);

}  // namespace holdfast::widgets
