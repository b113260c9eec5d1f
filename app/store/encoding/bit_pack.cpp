#include "app/store/encoding/bit_pack.h"

#include <algorithm>
#include <array>

namespace holdfast::store {

namespace {

__extension__ using Wide = unsigned __int128;

unsigned widthOf(std::span<const std::uint64_t> block)
{
    std::uint64_t all = 0;
    for (const std::uint64_t v : block)
        all |= v;
    return static_cast<unsigned>(std::bit_width(all));
}

std::size_t bytesOf(std::size_t values, unsigned width)
{
    return (values * width + 7) / 8;
}

void packBlock(std::span<const std::uint64_t> block, unsigned width, std::string& out)
{
    Wide pending = 0;
    unsigned bits = 0;
    for (const std::uint64_t v : block) {
        pending |= static_cast<Wide>(v) << bits;
        bits += width;
        for (; bits >= 8; bits -= 8, pending >>= 8)
            out.push_back(static_cast<char>(pending & 0xff));
    }
    if (bits > 0)
        out.push_back(static_cast<char>(pending & 0xff));
}

void unpackBlock(std::string_view bytes, unsigned width, std::span<std::uint64_t> block)
{
    // Copied behind padding so that an 8-byte load at any value's first byte stays inside.
    std::array<char, kBlock * 8 + 16> padded{};
    std::memcpy(padded.data(), bytes.data(), bytes.size());
    const std::uint64_t mask = width == 64 ? ~0ULL : (1ULL << width) - 1;
    std::size_t bit = 0;
    for (std::uint64_t& v : block) {
        const char* at = padded.data() + bit / 8;
        const unsigned skip = bit % 8;
        std::uint64_t low = 0;
        std::memcpy(&low, at, 8);
        low >>= skip;
        if (skip + width > 64)
            low |= static_cast<std::uint64_t>(static_cast<unsigned char>(at[8])) << (64 - skip);
        v = low & mask;
        bit += width;
    }
}

}  // namespace

void packBlocks(std::span<const std::uint64_t> values, std::string& out)
{
    for (std::size_t i = 0; i < values.size(); i += kBlock) {
        const auto block = values.subspan(i, std::min(kBlock, values.size() - i));
        const unsigned width = widthOf(block);
        out.push_back(static_cast<char>(width));
        packBlock(block, width, out);
    }
}

std::size_t packedSize(std::span<const std::uint64_t> values)
{
    std::size_t size = 0;
    for (std::size_t i = 0; i < values.size(); i += kBlock) {
        const auto block = values.subspan(i, std::min(kBlock, values.size() - i));
        size += 1 + bytesOf(block.size(), widthOf(block));
    }
    return size;
}

void unpackBlocks(ByteReader& in, std::span<std::uint64_t> values)
{
    for (std::size_t i = 0; i < values.size(); i += kBlock) {
        const auto block = values.subspan(i, std::min(kBlock, values.size() - i));
        const unsigned width = in.byte();
        if (width > 64) {
            in.fail();
            return;
        }
        const std::string_view bytes = in.bytes(bytesOf(block.size(), width));
        if (in.failed())
            return;
        if (width == 0)
            std::ranges::fill(block, 0);
        else
            unpackBlock(bytes, width, block);
    }
}

}  // namespace holdfast::store
