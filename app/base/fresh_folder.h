#pragma once

#include "app/base/result.h"

#include <string>
#include <string_view>

namespace holdfast {

/// A new empty folder that only this user may read, among the temporary files: "/tmp/holdfast-replay-X1y2Z3".
/// Who asks for it removes it. purpose  goes into its name
[[nodiscard]] Result<std::string> freshFolder(std::string_view purpose);

}  // namespace holdfast
