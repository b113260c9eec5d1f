#include "app/api/config_file.h"

#include "app/base/time_text.h"
#include "app/config/load_config.h"

#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <system_error>

namespace holdfast::api {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostBytes = 4 * 1024 * 1024;  // guessed: far above any configuration
constexpr std::size_t kBackups = 5;

/// The file itself where the path is a link to it: a rename over the link would cut it.
std::string behindLinks(const std::string& path)
{
    std::error_code failed;
    const fs::path real = fs::canonical(path, failed);
    return failed ? path : real.string();
}

/// "20261123T031407Z".
std::string stamp(std::int64_t ms)
{
    std::string text = rfc3339(ms / 1000 * 1000);
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    const std::size_t dot = text.find('.');
    return dot == std::string::npos ? text : text.substr(0, dot) + "Z";
}

void dropOldBackups(const fs::path& file)
{
    std::vector<fs::path> kept;
    std::error_code failed;
    const std::string begin = file.filename().string() + ".";
    for (const auto& entry : fs::directory_iterator(file.parent_path(), failed)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with(begin) && name.ends_with("Z.bak"))
            kept.push_back(entry.path());
    }
    std::ranges::sort(kept, std::greater<>());
    for (std::size_t i = kBackups; i < kept.size(); ++i)
        fs::remove(kept[i], failed);
}

}  // namespace

std::string configRevision(std::string_view text)
{
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char byte : text) {
        hash ^= static_cast<unsigned char>(byte);
        hash *= 0x100000001b3ULL;
    }
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (int shift = 60; shift >= 0; shift -= 4)
        out.push_back(digits[(hash >> shift) & 0xF]);
    return out;
}

Result<ConfigText> readConfigFile(const std::string& path)
{
    if (path.empty())
        return Error{"the engine was started without a configuration file: holdfast serve --config FILE",
                     ErrorKind::NotFound};
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return Error{path + ": cannot be read", ErrorKind::NotFound};
    ConfigText read;
    read.text.assign(std::istreambuf_iterator<char>(file), {});
    if (read.text.size() > kMostBytes)
        return Error{path + ": is larger than 4 MiB", ErrorKind::Limit};
    read.revision = configRevision(read.text);
    const fs::path real = behindLinks(path);
    read.writable = ::access(real.c_str(), W_OK) == 0 && ::access(real.parent_path().c_str(), W_OK) == 0;
    return read;
}

Result<std::vector<std::string>> checkConfig(std::string_view text, const std::string& file)
{
    if (text.size() > kMostBytes)
        return Error{"the text is larger than 4 MiB", ErrorKind::Limit};
    HF_TRY(const config::Config read, config::parseConfig(text, file));
    std::vector<std::string> warnings;
    for (const config::ConfigWarning& warning : read.warnings)
        warnings.push_back(warning.file + ":" + std::to_string(warning.line) + ":" + std::to_string(warning.column)
                           + ": " + warning.message);
    return warnings;
}

Result<std::string> keepConfigFile(const std::string& path, std::int64_t nowMs)
{
    const std::string target = behindLinks(path);
    const std::string backup = target + "." + stamp(nowMs) + ".bak";
    std::error_code failed;
    fs::copy_file(target, backup, fs::copy_options::overwrite_existing, failed);
    if (failed)
        return Error{"the text before cannot be kept as " + backup + ": " + failed.message(), ErrorKind::Failed};
    dropOldBackups(target);
    return backup;
}

}  // namespace holdfast::api
