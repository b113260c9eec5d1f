#pragma once

#include "app/base/result.h"
#include "app/config/config.h"

#include <string>
#include <string_view>

namespace holdfast::config {

/// Reads a configuration: a prometheus.yml as it is, plus the key `holdfast:`.
///
/// text  YAML
/// file  name for messages; relative paths in it (file_sd, certificates, secrets) are resolved against its folder,
///       except `rule_files`, which stay as written (see Config::ruleFiles)
/// Returns  the configuration with defaults filled in. What Prometheus knows and Holdfast does not do is in
///          Config::warnings, with its line. Anything else unknown, missing or malformed is an error:
///          "FILE:LINE:COLUMN: what, and what was expected".
/// Source   Prometheus config/config.go and discovery/*/: UnmarshalYAML of each section.
[[nodiscard]] Result<Config> parseConfig(std::string_view text, const std::string& file);

/// The same from a file. NotFound where there is none.
[[nodiscard]] Result<Config> loadConfig(const std::string& path);

/// The text of a Secret: what it holds, or the content of its file without the line end, read now.
[[nodiscard]] Result<std::string> secretText(const Secret& secret);

}  // namespace holdfast::config
