#include "collectors/discovery/file_discovery.h"

#include "app/config/label_name.h"

#include <glob.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace holdfast::discovery {

namespace {

constexpr std::uint64_t largestFile = 64U << 20U;

Error wrong(const std::string& what)
{
    return {what, ErrorKind::BadInput};
}

Result<config::TargetGroup> groupFromJson(const nlohmann::json& entry)
{
    if (!entry.is_object())
        return wrong("expected a list of {\"targets\": [...], \"labels\": {...}}");
    config::TargetGroup group;
    std::vector<Label> labels;
    for (const auto& [key, value] : entry.items()) {
        if (key == "targets" && value.is_array()) {
            for (const auto& target : value) {
                if (!target.is_string())
                    return wrong("a target must be a text");
                group.targets.push_back(target.get<std::string>());
            }
        } else if (key == "labels" && value.is_object()) {
            for (const auto& [name, text] : value.items()) {
                if (!text.is_string())
                    return wrong("label \"" + name + "\" must be a text");
                labels.push_back({name, text.get<std::string>()});
            }
        } else if (!value.is_null()) {
            return wrong("unexpected key \"" + key + "\"; expected targets (a list) and labels (an object)");
        }
    }
    group.labels = LabelSet(std::move(labels));
    return group;
}

Result<config::TargetGroup> groupFromYaml(const YAML::Node& entry)
{
    const std::string line = "line " + std::to_string(entry.Mark().line + 1) + ": ";
    if (!entry.IsMap())
        return wrong(line + "expected a list of mappings with targets and labels");
    config::TargetGroup group;
    std::vector<Label> labels;
    for (const auto& pair : entry) {
        const std::string key = pair.first.IsScalar() ? pair.first.Scalar() : std::string();
        const YAML::Node& value = pair.second;
        if (key == "targets" && value.IsSequence()) {
            for (const YAML::Node& target : value) {
                if (!target.IsScalar())
                    return wrong(line + "a target must be a text");
                group.targets.push_back(target.Scalar());
            }
        } else if (key == "labels" && value.IsMap()) {
            for (const auto& label : value) {
                if (!label.first.IsScalar() || !label.second.IsScalar())
                    return wrong(line + "labels must be texts");
                labels.push_back({label.first.Scalar(), label.second.Scalar()});
            }
        } else if (!value.IsNull()) {
            return wrong(line + "unexpected key \"" + key + "\"; expected targets (a list) and labels (a mapping)");
        }
    }
    group.labels = LabelSet(std::move(labels));
    return group;
}

Result<std::vector<config::TargetGroup>> fromJson(std::string_view text)
{
    const nlohmann::json document = nlohmann::json::parse(text, nullptr, false);
    if (document.is_discarded())
        return wrong("not readable as JSON");
    if (!document.is_array())
        return wrong("expected a list of {\"targets\": [...], \"labels\": {...}}");
    std::vector<config::TargetGroup> groups;
    for (const auto& entry : document) {
        HF_TRY(auto group, groupFromJson(entry));
        groups.push_back(std::move(group));
    }
    return groups;
}

Result<std::vector<config::TargetGroup>> fromYaml(std::string_view text)
{
    std::vector<config::TargetGroup> groups;
    try {
        const YAML::Node document = YAML::Load(std::string(text));
        if (document.IsNull())
            return groups;
        if (!document.IsSequence())
            return wrong("expected a list of mappings with targets and labels");
        for (const YAML::Node& entry : document) {
            HF_TRY(auto group, groupFromYaml(entry));
            groups.push_back(std::move(group));
        }
    } catch (const YAML::Exception& e) {
        return wrong("line " + std::to_string(e.mark.line + 1) + ": not readable as YAML: " + e.msg);
    }
    return groups;
}

std::vector<std::string> filesOf(const config::FileSdConfig& config)
{
    std::set<std::string> files;
    for (const std::string& pattern : config.files) {
        glob_t found{};
        if (::glob(pattern.c_str(), GLOB_NOSORT, nullptr, &found) == 0) {
            for (std::size_t i = 0; i < found.gl_pathc; ++i)
                files.emplace(found.gl_pathv[i]);
        }
        ::globfree(&found);
    }
    return {files.begin(), files.end()};
}

}  // namespace

Result<std::vector<config::TargetGroup>> parseTargetFile(std::string_view text, const std::string& file)
{
    const bool json = std::filesystem::path(file).extension() == ".json";
    HF_TRY(auto groups, (json ? fromJson(text) : fromYaml(text)).in(file));
    std::size_t index = 0;
    for (config::TargetGroup& group : groups) {
        for (const Label& label : group.labels) {
            if (!config::isLabelName(label.name) || !config::isUtf8Text(label.value))
                return wrong(file + ": a label of a target group has an empty name or is no valid UTF-8");
        }
        group.source = file + ":" + std::to_string(index++);
        group.labels = group.labels.with("__meta_filepath", file);
    }
    return groups;
}

bool FileDiscovery::refresh()
{
    bool changed = false;
    const std::vector<std::string> present = filesOf(m_config);
    changed =
        std::erase_if(m_files, [&](const auto& known) { return !std::ranges::binary_search(present, known.first); })
        > 0;
    for (const std::string& path : present) {
        struct ::stat info {};
        if (::stat(path.c_str(), &info) != 0)
            continue;
        const Stamp stamp{info.st_mtim.tv_sec * 1'000'000'000LL + info.st_mtim.tv_nsec,
                          static_cast<std::uint64_t>(info.st_size), info.st_ino};
        const bool fresh = !m_files.contains(path);
        File& file = m_files[path];
        if (!fresh && file.stamp == stamp)
            continue;
        file.stamp = stamp;
        std::ifstream stream(path, std::ios::binary);
        std::ostringstream text;
        if (stamp.size <= largestFile)
            text << stream.rdbuf();
        if (!stream || stamp.size > largestFile) {
            // An empty file makes the insertion fail too: that is a list of nothing.
            if (stamp.size > 0) {
                file.error = path + ": cannot be read";
                continue;
            }
        }
        auto groups = parseTargetFile(text.str(), path);
        if (!groups) {
            file.error = groups.error().message;
            continue;
        }
        file.error.clear();
        file.groups = std::move(*groups);
        changed = true;
    }
    return changed;
}

std::vector<config::TargetGroup> FileDiscovery::groups() const
{
    std::vector<config::TargetGroup> all;
    for (const auto& [path, file] : m_files)
        all.insert(all.end(), file.groups.begin(), file.groups.end());
    return all;
}

std::vector<std::string> FileDiscovery::errors() const
{
    std::vector<std::string> all;
    for (const auto& [path, file] : m_files) {
        if (!file.error.empty())
            all.push_back("file_sd: " + file.error);
    }
    return all;
}

}  // namespace holdfast::discovery
