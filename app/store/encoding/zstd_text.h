#pragma once

#include "app/base/result.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace holdfast::store {

/// zstd frames that carry their content size. Level 1 for what is written once a second, 3 for what stays.
[[nodiscard]] std::string compress(std::string_view bytes, int level);
/// Corrupt when the frame is damaged or says it holds more than `most` bytes.
[[nodiscard]] Result<std::string> decompress(std::string_view frame, std::size_t most);

}  // namespace holdfast::store
