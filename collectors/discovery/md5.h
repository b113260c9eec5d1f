#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace holdfast::discovery {

/// MD5, because relabeling's hashmod is defined by it; not for anything secret. Source: RFC 1321.
[[nodiscard]] std::array<std::uint8_t, 16> md5(std::string_view text);

}  // namespace holdfast::discovery
