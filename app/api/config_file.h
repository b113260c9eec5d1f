#pragma once

#include "app/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::api {

/// The configuration's text on the disk, as an editor needs it.
struct ConfigText {
    std::string text;
    std::string revision;  ///< of these bytes
    bool writable = false;
};

[[nodiscard]] Result<ConfigText> readConfigFile(const std::string& path);

/// Tells texts apart; no seal against forgery. FNV-1a over the bytes. Source: Fowler, Noll, Vo; 64-bit parameters.
[[nodiscard]] std::string configRevision(std::string_view text);

/// Warnings with their line, "holdfast.yml:12:3: …"; the error says the same of what is wrong.
[[nodiscard]] Result<std::vector<std::string>> checkConfig(std::string_view text, const std::string& file);

/// Keeps the file as FILE.YYYYMMDDTHHMMSSZ.bak beside it, where the five newest stay. Returns where.
[[nodiscard]] Result<std::string> keepConfigFile(const std::string& path, std::int64_t nowMs);

}  // namespace holdfast::api
