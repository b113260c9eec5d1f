#pragma once

#include "app/base/result.h"
#include "app/store/encoding/chunk.h"
#include "app/store/head.h"
#include "app/store/sqlite/connection.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace holdfast::store {

inline constexpr unsigned kChunkNumberBits = 24;

[[nodiscard]] constexpr std::int64_t chunkId(std::uint32_t group, std::uint32_t number)
{
    return static_cast<std::int64_t>(group) << kChunkNumberBits | number;
}

/// Hands out a group's chunks that overlap a range, in the order in which they were written. A chunk that its
/// checksum refuses is not handed out but named in `damaged`; the others are. `visit` ends the reading by an error.
/// Errors are SQLite's, or those of `visit`.
[[nodiscard]] Result<void> readChunks(Connection& db, std::uint32_t group, TimeRange range,
                                      const std::vector<bool>& wantedSlots, std::vector<std::string>& damaged,
                                      const std::function<Result<void>(const DecodedChunk&)>& visit);

/// One chunk row as it lies, with its checksum compared. Columns: id, t0, t1, n, codec, sum, data.
[[nodiscard]] Result<DecodedChunk> decodeChunkRow(const Statement& row, const std::vector<bool>& wantedSlots);

/// Looks single stored samples up when one comes behind its series. Keeps what it decoded, up to a bound, because late
/// samples come in runs: a whole import that is run again asks for every one. One thread at a time.
class ChunkJudge final : public ChunkLookup {
public:
    /// `db` must outlive the judge; null: nothing is found.
    explicit ChunkJudge(Connection* db) : m_db(db) {}
    std::optional<double> at(std::uint32_t group, std::uint16_t slot, std::int64_t t) override;
    /// Chunks were written or removed: what is remembered of them is void.
    void forget();

private:
    struct Bounds {
        std::int64_t id;
        Span span;
    };
    void loadBounds(std::uint32_t group);
    [[nodiscard]] std::optional<double> valueIn(const Bounds& bounds, std::uint16_t slot, std::int64_t t);
    [[nodiscard]] const DecodedChunk* load(std::int64_t id);

    Connection* m_db;
    std::uint32_t m_group = 0;
    std::vector<Bounds> m_bounds;
    std::size_t m_lastHit = 0;  ///< index into m_bounds; the next sample is mostly in the same chunk
    std::unordered_map<std::int64_t, std::optional<DecodedChunk>> m_decoded;  ///< nothing: damaged
    std::size_t m_decodedValues = 0;
};

}  // namespace holdfast::store
