#include "app/store/encoding/checksum.h"

#include <array>
#include <bit>
#include <cstring>

namespace holdfast::store {

namespace {

constexpr std::uint64_t kPrime1 = 0x9E3779B185EBCA87ULL;
constexpr std::uint64_t kPrime2 = 0xC2B2AE3D27D4EB4FULL;
constexpr std::uint64_t kPrime3 = 0x165667B19E3779F9ULL;
constexpr std::uint64_t kPrime4 = 0x85EBCA77C2B2AE63ULL;
constexpr std::uint64_t kPrime5 = 0x27D4EB2F165667C5ULL;

template <typename T>
T load(const char* at)
{
    T v;
    std::memcpy(&v, at, sizeof v);
    return v;
}

std::uint64_t round(std::uint64_t lane, std::uint64_t input)
{
    return std::rotl(lane + input * kPrime2, 31) * kPrime1;
}

}  // namespace

std::uint64_t xxh64(std::string_view bytes, std::uint64_t seed)
{
    const char* at = bytes.data();
    std::size_t left = bytes.size();
    std::uint64_t h = seed + kPrime5;
    if (left >= 32) {
        std::array<std::uint64_t, 4> lanes{seed + kPrime1 + kPrime2, seed + kPrime2, seed, seed - kPrime1};
        for (; left >= 32; left -= 32) {
            for (std::uint64_t& lane : lanes) {
                lane = round(lane, load<std::uint64_t>(at));
                at += 8;
            }
        }
        h = std::rotl(lanes[0], 1) + std::rotl(lanes[1], 7) + std::rotl(lanes[2], 12) + std::rotl(lanes[3], 18);
        for (const std::uint64_t lane : lanes)
            h = (h ^ round(0, lane)) * kPrime1 + kPrime4;
    }
    h += bytes.size();
    for (; left >= 8; left -= 8, at += 8)
        h = std::rotl(h ^ round(0, load<std::uint64_t>(at)), 27) * kPrime1 + kPrime4;
    if (left >= 4) {
        h = std::rotl(h ^ (load<std::uint32_t>(at) * kPrime1), 23) * kPrime2 + kPrime3;
        at += 4;
        left -= 4;
    }
    for (; left > 0; --left, ++at)
        h = std::rotl(h ^ (static_cast<unsigned char>(*at) * kPrime5), 11) * kPrime1;
    h = (h ^ (h >> 33)) * kPrime2;
    h = (h ^ (h >> 29)) * kPrime3;
    return h ^ (h >> 32);
}

}  // namespace holdfast::store
