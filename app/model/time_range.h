#pragma once

#include <cstdint>

namespace holdfast {

/// Milliseconds since the epoch, both ends inclusive; empty when start > end.
struct TimeRange {
    std::int64_t start = 0;
    std::int64_t end = 0;
    [[nodiscard]] bool contains(std::int64_t t) const { return t >= start && t <= end; }
    [[nodiscard]] bool overlaps(const TimeRange& other) const { return start <= other.end && other.start <= end; }
    bool operator==(const TimeRange&) const = default;
};

}  // namespace holdfast
