#pragma once

#include "app/base/result.h"

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace holdfast::engine {

/// How others find a running engine: `<database>.engine`, JSON, mode 0600, written whole or not at all, removed at a
/// clean stop. One whose process is gone is stale. Value type.
struct EngineFile {
    pid_t pid = 0;
    std::string privateUrl;
    std::string publicUrl;
    std::string token;
    std::string version;
    std::int64_t startedMs = 0;
    std::string program;
    std::vector<std::string> arguments;

    [[nodiscard]] static std::string pathFor(const std::string& databaseFile) { return databaseFile + ".engine"; }
};

/// Replaces the file.
[[nodiscard]] Result<void> writeEngineFile(const std::string& path, const EngineFile& file);

/// NotFound where there is none or its process is gone; BadInput where it is not such a file.
[[nodiscard]] Result<EngineFile> readEngineFile(const std::string& path);

/// Removes the file if it is this process's.
void removeOwnEngineFile(const std::string& path);

}  // namespace holdfast::engine
