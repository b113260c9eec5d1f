#pragma once

#include "app/base/result.h"

#include <string>
#include <string_view>

namespace holdfast::engine {

/// The configuration that belongs to a database: "holdfast.yml" beside "holdfast.db". An engine that was started
/// without `--config` reads it where it is there, and writes it when somebody adds targets in the window.
[[nodiscard]] std::string ownConfigFile(const std::string& databaseFile);

/// The text, or an empty one where there is no such file.
[[nodiscard]] Result<std::string> readConfigText(const std::string& path);

/// Replaces the file's content as a whole, or leaves it as it was. Permissions stay; a link stays a link; what is new
/// is readable for its owner only, because a configuration may hold secrets.
[[nodiscard]] Result<void> writeConfigText(const std::string& path, std::string_view text);

}  // namespace holdfast::engine
