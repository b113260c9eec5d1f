#include "app/store/chunk_reader.h"

#include <algorithm>

namespace holdfast::store {

namespace {

// Decoded columns the judge keeps: 32 MB at most.
constexpr std::size_t kMostDecodedValues = 4'000'000;

std::string chunkName(std::int64_t id)
{
    return "chunk " + std::to_string(id & ((1 << kChunkNumberBits) - 1)) + " of group "
           + std::to_string(id >> kChunkNumberBits);
}

}  // namespace

Result<DecodedChunk> decodeChunkRow(const Statement& row, const std::vector<bool>& wantedSlots)
{
    EncodedChunk chunk;
    const std::int64_t id = row.integer(0);
    chunk.t0 = row.integer(1);
    chunk.t1 = row.integer(2);
    chunk.samples = static_cast<std::uint64_t>(row.integer(3));
    chunk.codec = static_cast<ChunkCodec>(row.integer(4));
    chunk.data = row.bytes(6);
    if (chunk.checksum(id) != static_cast<std::uint64_t>(row.integer(5)))
        return Error{chunkName(id) + " is damaged: its checksum differs", ErrorKind::Corrupt};
    return decodeChunk(chunk.codec, chunk.data, wantedSlots).in(chunkName(id));
}

Result<void> readChunks(Connection& db, std::uint32_t group, TimeRange range, const std::vector<bool>& wantedSlots,
                        std::vector<std::string>& damaged,
                        const std::function<Result<void>(const DecodedChunk&)>& visit)
{
    HF_TRY(Statement * rows, db.cached("SELECT id, t0, t1, n, codec, sum, data FROM chunk "
                                       "WHERE id BETWEEN ? AND ? AND t1 >= ? AND t0 <= ? ORDER BY id"));
    rows->bind(1, chunkId(group, 0));
    rows->bind(2, chunkId(group + 1, 0) - 1);
    rows->bind(3, range.start);
    rows->bind(4, range.end);
    Result<void> outcome;
    while (outcome.ok()) {
        const Result<bool> more = rows->step();
        if (!more.ok()) {
            outcome = more.error();
            break;
        }
        if (!*more)
            break;
        const Result<DecodedChunk> chunk = decodeChunkRow(*rows, wantedSlots);
        if (chunk.ok())
            outcome = visit(*chunk);
        else
            damaged.push_back(chunk.error().message);
    }
    rows->reset();
    return outcome;
}

void ChunkJudge::forget()
{
    m_group = 0;
    m_bounds.clear();
    m_lastHit = 0;
    m_decoded.clear();
    m_decodedValues = 0;
}

void ChunkJudge::loadBounds(std::uint32_t group)
{
    forget();
    m_group = group;
    auto rows = m_db->cached("SELECT id, t0, t1 FROM chunk WHERE id BETWEEN ? AND ?");
    if (!rows.ok())
        return;
    (*rows)->bind(1, chunkId(group, 0));
    (*rows)->bind(2, chunkId(group + 1, 0) - 1);
    for (auto more = (*rows)->step(); more.ok() && *more; more = (*rows)->step())
        m_bounds.push_back({(*rows)->integer(0), {(*rows)->integer(1), (*rows)->integer(2)}});
    (*rows)->reset();
}

const DecodedChunk* ChunkJudge::load(std::int64_t id)
{
    const auto known = m_decoded.find(id);
    if (known != m_decoded.end())
        return known->second ? &*known->second : nullptr;
    if (m_decodedValues > kMostDecodedValues) {
        m_decoded.clear();
        m_decodedValues = 0;
    }
    std::optional<DecodedChunk>& chunk = m_decoded[id];
    auto row = m_db->cached("SELECT id, t0, t1, n, codec, sum, data FROM chunk WHERE id = ?");
    if (!row.ok())
        return nullptr;
    (*row)->bind(1, id);
    const auto found = (*row)->step();
    if (found.ok() && *found) {
        auto decoded = decodeChunkRow(**row, {});
        if (decoded.ok())
            chunk = std::move(decoded).value();
    }
    (*row)->reset();
    if (!chunk)
        return nullptr;
    for (const DecodedMember& member : chunk->members)
        m_decodedValues += member.values.size();
    return &*chunk;
}

std::optional<double> ChunkJudge::valueIn(const Bounds& bounds, std::uint16_t slot, std::int64_t t)
{
    if (t < bounds.span.first || t > bounds.span.last)
        return std::nullopt;
    const DecodedChunk* chunk = load(bounds.id);
    const DecodedMember* member = chunk ? chunk->find(slot) : nullptr;
    if (!member)
        return std::nullopt;
    const auto& times = chunk->times[member->timeColumn];
    const auto found = std::ranges::lower_bound(times, t);
    if (found == times.end() || *found != t)
        return std::nullopt;
    return member->values[static_cast<std::size_t>(found - times.begin())];
}

std::optional<double> ChunkJudge::at(std::uint32_t group, std::uint16_t slot, std::int64_t t)
{
    if (!m_db)
        return std::nullopt;
    if (m_group != group)
        loadBounds(group);
    if (m_lastHit < m_bounds.size()) {
        if (const auto value = valueIn(m_bounds[m_lastHit], slot, t))
            return value;
    }
    for (std::size_t i = 0; i < m_bounds.size(); ++i) {
        if (const auto value = valueIn(m_bounds[i], slot, t)) {
            m_lastHit = i;
            return value;
        }
    }
    return std::nullopt;
}

}  // namespace holdfast::store
