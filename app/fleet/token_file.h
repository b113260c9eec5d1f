#pragma once

#include "app/base/result.h"

#include <string>

namespace holdfast::fleet {

/// The token in `path`, without the line end; where there is no such file it is made with 32 random bytes, readable
/// by this user only.
[[nodiscard]] Result<std::string> readOrMakeToken(const std::string& path);

}  // namespace holdfast::fleet
