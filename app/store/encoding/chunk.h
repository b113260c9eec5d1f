#pragma once

#include "app/base/result.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::store {

/// How the bytes of a chunk are wrapped. Numbers are in the file: add, never change.
enum class ChunkCodec : std::uint8_t { Packed = 1, PackedZstd = 2 };

/// One series' part of a chunk to be: its place in the group and columns of equal length, ascending by time.
struct ChunkMember {
    std::uint16_t slot = 0;
    std::span<const std::int64_t> times;
    std::span<const double> values;
};

/// What a chunk row holds besides its key.
struct EncodedChunk {
    std::int64_t t0 = 0;  ///< first and last time of any sample
    std::int64_t t1 = 0;
    std::uint64_t samples = 0;
    ChunkCodec codec = ChunkCodec::Packed;
    std::string data;

    /// Over the key, all of the above and the bytes: a flipped bit anywhere in the row is found.
    [[nodiscard]] std::uint64_t checksum(std::int64_t id) const;
};

struct DecodedMember {
    std::uint16_t slot = 0;
    std::size_t timeColumn = 0;  ///< index into DecodedChunk::times
    std::vector<double> values;  ///< empty for a member nobody asked for
};

struct DecodedChunk {
    std::vector<std::vector<std::int64_t>> times;  ///< distinct time columns
    std::vector<DecodedMember> members;            ///< ascending by slot
    [[nodiscard]] const DecodedMember* find(std::uint16_t slot) const;
};

/// Members ascending by slot, none empty. Times that several members share are stored once.
[[nodiscard]] EncodedChunk encodeChunk(std::span<const ChunkMember> members);

/// The columns of the slots for which `wanted` is true (all, when `wanted` is empty). Corrupt when the bytes make
/// no sense; the checksum is the caller's to compare first.
[[nodiscard]] Result<DecodedChunk> decodeChunk(ChunkCodec codec, std::string_view data,
                                               const std::vector<bool>& wanted = {});

}  // namespace holdfast::store
