#pragma once

#include "app/store/encoding/bytes.h"

#include <cstdint>
#include <span>
#include <string>

namespace holdfast::store {

/// Values that share one bit width: small enough that one large value widens few, large enough that the width
/// byte is cheap. Measured on busy and quiet fleets: 32.
inline constexpr std::size_t kBlock = 32;

/// Unsigned integers in blocks of kBlock: one byte with the width (0..64), then the values, lowest bit first; the
/// last block holds what is left and ends on a whole byte.
void packBlocks(std::span<const std::uint64_t> values, std::string& out);
/// Bytes packBlocks() would write.
[[nodiscard]] std::size_t packedSize(std::span<const std::uint64_t> values);
/// Fills `values`; marks the reader as failed when the bytes end early or a width is impossible.
void unpackBlocks(ByteReader& in, std::span<std::uint64_t> values);

[[nodiscard]] inline std::uint64_t toZigzag(std::uint64_t v)
{
    return (v << 1) ^ static_cast<std::uint64_t>(static_cast<std::int64_t>(v) >> 63);
}
[[nodiscard]] inline std::uint64_t fromZigzag(std::uint64_t v)
{
    return (v >> 1) ^ (~(v & 1) + 1);
}

}  // namespace holdfast::store
