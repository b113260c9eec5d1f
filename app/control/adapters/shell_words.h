#pragma once

#include <string>
#include <string_view>

namespace holdfast::control {

/// A word as a POSIX shell takes it, in single quotes where it is not plain: for commands that a person may copy.
[[nodiscard]] std::string shellQuoted(std::string_view text);

}  // namespace holdfast::control
