#pragma once

#include <cstdint>
#include <string_view>

namespace holdfast::store {

/// xxHash, 64 bit. Finds every realistic damage of stored bytes; no protection against intent.
/// Source: https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md, XXH64.
[[nodiscard]] std::uint64_t xxh64(std::string_view bytes, std::uint64_t seed = 0);

}  // namespace holdfast::store
