#pragma once

#include "app/base/result.h"

#include <cstdint>
#include <string_view>

namespace holdfast::config {

/// Bytes of "10MB", "64MiB", "1.5GB", "512B" or "0"; all units are powers of 1024, a bare number is refused.
/// Source: alecthomas/units ParseBase2Bytes, which Prometheus uses for body_size_limit.
[[nodiscard]] Result<std::uint64_t> parseSize(std::string_view text);

}  // namespace holdfast::config
