#pragma once

#include <bit>
#include <cstdint>

namespace holdfast {

/// One value of one series. t: milliseconds since 1970-01-01T00:00Z.
struct Sample {
    std::int64_t t = 0;
    double v = 0;
};

/// The NaN whose bits mean "this series ended here". Every other NaN is a value.
/// Source: Prometheus model/value/value.go, StaleNaN.
inline constexpr std::uint64_t kStaleBits = 0x7ff0000000000002ULL;

[[nodiscard]] inline double staleMarker()
{
    return std::bit_cast<double>(kStaleBits);
}
[[nodiscard]] inline bool isStaleMarker(double v)
{
    return std::bit_cast<std::uint64_t>(v) == kStaleBits;
}

}  // namespace holdfast
