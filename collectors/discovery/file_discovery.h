#pragma once

#include "app/base/result.h"
#include "app/config/config.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::discovery {

/// Target groups of a JSON or YAML file: a list of {targets: [...], labels: {...}}; nothing else is allowed.
/// Every group gets `__meta_filepath`. Source: Prometheus discovery/file/file.go.
[[nodiscard]] Result<std::vector<config::TargetGroup>> parseTargetFile(std::string_view text, const std::string& file);

/// The files of one file_sd_configs entry, read again when they change (time, size or inode: an atomic replace is
/// seen). A file that cannot be read keeps its old groups and is named in errors(); one that is gone has none.
/// One thread at a time.
class FileDiscovery {
public:
    explicit FileDiscovery(config::FileSdConfig config) : m_config(std::move(config)) {}

    /// Looks at the files; true when groups changed. Cheap when nothing did: one glob and a stat a file.
    bool refresh();

    [[nodiscard]] std::vector<config::TargetGroup> groups() const;
    [[nodiscard]] std::vector<std::string> errors() const;

private:
    struct Stamp {
        std::int64_t ns = 0;
        std::uint64_t size = 0;
        std::uint64_t inode = 0;
        bool operator==(const Stamp&) const = default;
    };
    struct File {
        Stamp stamp;
        std::vector<config::TargetGroup> groups;
        std::string error;
    };

    config::FileSdConfig m_config;
    std::map<std::string, File> m_files;
};

}  // namespace holdfast::discovery
