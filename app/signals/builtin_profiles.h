#pragma once

#include <string_view>
#include <vector>

namespace holdfast::signals {

struct BuiltinProfile {
    std::string_view file;  ///< name below resources/profiles, without its ending
    std::string_view text;  ///< YAML
};

/// The profiles compiled into the program, by file name.
[[nodiscard]] std::vector<BuiltinProfile> builtinProfiles();

}  // namespace holdfast::signals
