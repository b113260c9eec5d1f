#include "app/store/encoding/chunk.h"

#include "app/store/encoding/checksum.h"
#include "app/store/encoding/time_column.h"
#include "app/store/encoding/value_column.h"
#include "app/store/encoding/zstd_text.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

namespace holdfast::store {

namespace {

constexpr std::uint8_t kOwnTimes = 0;
constexpr std::uint8_t kSliceOfTimes = 1;

// Bounds that no chunk of ours comes near; foreign bytes must not make us allocate more.
constexpr std::uint64_t kMostMembers = 65'536;
constexpr std::uint64_t kMostSamples = 1 << 20;
constexpr std::size_t kMostBytes = 256U << 20U;

using Times = std::span<const std::int64_t>;

std::string_view bytesOf(Times times)
{
    return {reinterpret_cast<const char*>(times.data()), times.size_bytes()};
}

// Where `part` begins in `whole`, if it is a run of it: a series that came later or went earlier than its
// neighbours needs no times of its own.
std::optional<std::size_t> runIn(Times part, Times whole)
{
    const auto at = std::ranges::lower_bound(whole, part.front());
    const auto from = static_cast<std::size_t>(at - whole.begin());
    if (whole.size() - from < part.size() || !std::ranges::equal(part, whole.subspan(from, part.size())))
        return std::nullopt;
    return from;
}

struct TimeColumns {
    std::vector<Times> distinct;
    std::vector<std::size_t> ofMember;
};

// Longest first, so that shorter ones can be runs of them.
TimeColumns distinctTimes(std::span<const ChunkMember> members)
{
    TimeColumns out;
    std::unordered_map<std::string_view, std::size_t> seen;
    for (const ChunkMember& member : members) {
        if (seen.emplace(bytesOf(member.times), 0).second)
            out.distinct.push_back(member.times);
    }
    std::ranges::stable_sort(out.distinct, std::ranges::greater{}, [](Times t) { return t.size(); });
    for (std::size_t i = 0; i < out.distinct.size(); ++i)
        seen[bytesOf(out.distinct[i])] = i;
    for (const ChunkMember& member : members)
        out.ofMember.push_back(seen[bytesOf(member.times)]);
    return out;
}

void writeTimes(const TimeColumns& columns, std::string& out)
{
    ByteWriter w(out);
    w.varint(columns.distinct.size());
    for (std::size_t i = 0; i < columns.distinct.size(); ++i) {
        const Times times = columns.distinct[i];
        // Only the longest column is looked at: it is what a group shares; searching all would be quadratic.
        const auto from = i == 0 ? std::nullopt : runIn(times, columns.distinct[0]);
        w.byte(from ? kSliceOfTimes : kOwnTimes);
        w.varint(times.size());
        if (from)
            w.varint(*from);
        else
            encodeTimes(times, out);
    }
}

void readTimes(ByteReader& in, DecodedChunk& chunk)
{
    const std::uint64_t count = in.count(kMostMembers);
    for (std::uint64_t i = 0; i < count && !in.failed(); ++i) {
        const std::uint8_t kind = in.byte();
        std::vector<std::int64_t> times(in.count(kMostSamples));
        if (kind == kOwnTimes) {
            decodeTimes(in, times);
        } else if (kind == kSliceOfTimes && i > 0) {
            const auto& whole = chunk.times.front();
            const std::uint64_t from = in.count(whole.size());
            if (times.size() > whole.size() - from)
                return in.fail();
            std::copy_n(whole.begin() + static_cast<std::ptrdiff_t>(from), times.size(), times.begin());
        } else {
            return in.fail();
        }
        chunk.times.push_back(std::move(times));
    }
}

struct ColumnHead {
    unsigned leansOn = 0;
    std::string_view bytes;
};

std::vector<bool> neededFor(const std::vector<bool>& wanted, const DecodedChunk& chunk,
                            const std::vector<ColumnHead>& heads)
{
    std::vector<bool> needed(heads.size(), wanted.empty());
    if (wanted.empty())
        return needed;
    for (std::size_t i = heads.size(); i-- > 0;) {
        const std::uint16_t slot = chunk.members[i].slot;
        if (slot < wanted.size() && wanted[slot])
            needed[i] = true;
        if (needed[i] && heads[i].leansOn > 0)
            needed[i - heads[i].leansOn] = true;
    }
    return needed;
}

}  // namespace

std::uint64_t EncodedChunk::checksum(std::int64_t id) const
{
    std::string key;
    ByteWriter w(key);
    w.zigzag(id);
    w.zigzag(t0);
    w.zigzag(t1);
    w.varint(samples);
    w.byte(static_cast<std::uint8_t>(codec));
    return xxh64(data, xxh64(key));
}

const DecodedMember* DecodedChunk::find(std::uint16_t slot) const
{
    const auto at = std::ranges::lower_bound(members, slot, {}, &DecodedMember::slot);
    return at != members.end() && at->slot == slot ? &*at : nullptr;
}

EncodedChunk encodeChunk(std::span<const ChunkMember> members)
{
    EncodedChunk out;
    out.t0 = members.front().times.front();
    out.t1 = members.front().times.back();
    std::string body;
    ByteWriter w(body);
    const TimeColumns times = distinctTimes(members);
    writeTimes(times, body);
    w.varint(members.size());
    std::string columns;
    std::vector<IntegerColumn> integers(members.size());
    std::uint16_t nextSlot = 0;
    for (std::size_t i = 0; i < members.size(); ++i) {
        const auto neighbour = [&](std::size_t back) -> const IntegerColumn* {
            return i >= back && times.ofMember[i - back] == times.ofMember[i] ? &integers[i - back] : nullptr;
        };
        const std::size_t before = columns.size();
        const unsigned leansOn = encodeValues(members[i].values, {neighbour(1), neighbour(2)}, columns, integers[i]);
        w.varint(static_cast<std::uint64_t>(members[i].slot - nextSlot));
        w.varint(times.ofMember[i] << 2 | leansOn);
        w.varint(columns.size() - before);
        nextSlot = static_cast<std::uint16_t>(members[i].slot + 1);
        out.t0 = std::min(out.t0, members[i].times.front());
        out.t1 = std::max(out.t1, members[i].times.back());
        out.samples += members[i].times.size();
    }
    body += columns;
    std::string packed = compress(body, 3);
    // Worth its decoding time from about 3 % on.
    const bool pays = packed.size() < body.size() - body.size() / 32;
    out.codec = pays ? ChunkCodec::PackedZstd : ChunkCodec::Packed;
    out.data = pays ? std::move(packed) : std::move(body);
    return out;
}

Result<DecodedChunk> decodeChunk(ChunkCodec codec, std::string_view data, const std::vector<bool>& wanted)
{
    std::string unpacked;
    if (codec == ChunkCodec::PackedZstd) {
        HF_TRY(unpacked, decompress(data, kMostBytes));
        data = unpacked;
    } else if (codec != ChunkCodec::Packed) {
        return Error{"encoding " + std::to_string(static_cast<int>(codec)) + " is not known to this version",
                     ErrorKind::Corrupt};
    }
    DecodedChunk chunk;
    ByteReader in(data);
    readTimes(in, chunk);
    const std::uint64_t count = in.count(kMostMembers);
    std::vector<ColumnHead> heads;
    std::vector<std::uint64_t> lengths;
    std::uint64_t slot = 0;
    for (std::uint64_t i = 0; i < count && !in.failed(); ++i) {
        slot += in.count(kMostMembers);
        const std::uint64_t timeAndLean = in.varint();
        lengths.push_back(in.varint());
        heads.push_back({.leansOn = static_cast<unsigned>(timeAndLean & 3), .bytes = {}});
        chunk.members.push_back(
            {.slot = static_cast<std::uint16_t>(slot), .timeColumn = timeAndLean >> 2, .values = {}});
        if (slot >= kMostMembers || heads.back().leansOn > i || chunk.members.back().timeColumn >= chunk.times.size())
            in.fail();
        ++slot;
    }
    for (std::size_t i = 0; i < heads.size() && !in.failed(); ++i)
        heads[i].bytes = in.bytes(lengths[i]);
    if (!in.done())
        return Error{"the columns contradict each other", ErrorKind::Corrupt};

    const std::vector<bool> needed = neededFor(wanted, chunk, heads);
    std::vector<IntegerColumn> integers(heads.size());
    for (std::size_t i = 0; i < heads.size(); ++i) {
        if (!needed[i])
            continue;
        DecodedMember& member = chunk.members[i];
        const auto neighbour = [&](std::size_t back) -> const IntegerColumn* {
            return heads[i].leansOn == back && chunk.members[i - back].timeColumn == member.timeColumn
                       ? &integers[i - back]
                       : nullptr;
        };
        member.values.resize(chunk.times[member.timeColumn].size());
        ByteReader column(heads[i].bytes);
        decodeValues(column, {neighbour(1), neighbour(2)}, member.values, integers[i]);
        if (!column.done())
            return Error{"column " + std::to_string(i) + " makes no sense", ErrorKind::Corrupt};
    }
    return chunk;
}

}  // namespace holdfast::store
