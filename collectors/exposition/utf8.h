#pragma once

#include <string_view>

namespace holdfast::exposition {

/// True for well-formed UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
/// Source: The Unicode Standard, table 3-7.
[[nodiscard]] bool isUtf8(std::string_view text);

}  // namespace holdfast::exposition
