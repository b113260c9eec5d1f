#pragma once

#include <string>
#include <string_view>

namespace holdfast::control {

/// SHA-256 of the bytes, as 64 lower-case hexadecimal digits. Source: FIPS 180-4.
[[nodiscard]] std::string sha256Hex(std::string_view bytes);

}  // namespace holdfast::control
