#include "app/engine/deploy_file.h"

#include "app/base/time_text.h"

#include <nlohmann/json.hpp>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <utility>

namespace holdfast::engine {

namespace {

using nlohmann::json;

constexpr std::int64_t kMostBytes = 1 << 20;

std::string settingKey(const std::string& path)
{
    return "deploys/" + path;
}

incident::Event deployOf(const std::string& service, const std::string& before, const DeployedTag& now,
                         std::int64_t fileMs, std::int64_t nowMs)
{
    incident::Event out;
    out.kind = "deploy";
    out.service = service;
    out.subject = now.tag;
    out.actor = "tag file";
    out.atMs = std::min(now.atMs > 0 ? now.atMs : fileMs, nowMs);
    out.knownMs = nowMs;
    out.text = (service.empty() ? "all services" : service) + " " + (before.empty() ? "" : before + " → ") + now.tag;
    out.dataJson = json{{"source", "git_tag_file"}, {"version", now.tag}, {"before", before}}.dump();
    return out;
}

}  // namespace

std::map<std::string, DeployedTag> parseTagFile(std::string_view text)
{
    std::map<std::string, DeployedTag> out;
    std::istringstream lines{std::string(text)};
    for (std::string line; std::getline(lines, line);) {
        line = line.substr(0, line.find('#'));
        std::istringstream words(line);
        std::vector<std::string> tokens;
        for (std::string word; words >> word;)
            tokens.push_back(std::move(word));
        if (tokens.empty())
            continue;
        DeployedTag tag;
        if (const auto at = parseRfc3339(tokens.back()); at && tokens.size() > 1) {
            tag.atMs = *at;
            tokens.pop_back();
        }
        if (tokens.size() == 1)
            if (const auto cut = tokens[0].find_last_of("/@"); cut != std::string::npos && cut > 0)
                tokens = {tokens[0].substr(0, cut), tokens[0].substr(cut + 1)};
        tag.tag = tokens.back();
        out[tokens.size() == 1 ? std::string() : tokens.front()] = std::move(tag);
    }
    return out;
}

void DeployFile::open(const std::string& path)
{
    m_path = path;
    m_stampNs = 0;
    m_size = -1;
    m_known = false;
    m_missing = false;
    m_tags.clear();
    const auto rows =
        m_journal.read({.sql = "SELECT value_json FROM setting WHERE key = ?", .values = {settingKey(path)}});
    if (!rows.ok() || rows->empty())
        return;
    const json kept = json::parse(rows->front().text(0), nullptr, false);
    m_known = kept.is_object();
    if (m_known)
        for (const auto& [service, tag] : kept.items())
            if (tag.is_string())
                m_tags[service].tag = tag.get<std::string>();
}

void DeployFile::keep()
{
    json kept = json::object();
    for (const auto& [service, tag] : m_tags)
        kept[service] = tag.tag;
    const auto written =
        m_journal.write({{.sql = "INSERT OR REPLACE INTO setting(key, value_json, updated_ms) VALUES(?, ?, ?)",
                          .values = {settingKey(m_path), kept.dump(-1, ' ', false, json::error_handler_t::replace),
                                     m_stampNs / 1'000'000}}});
    if (!written.ok())
        m_log.warning("deploys", "what was read is not kept: " + written.error().message);
}

std::vector<incident::Event> DeployFile::look(const std::string& path, std::int64_t nowMs)
{
    if (path.empty())
        return {};
    if (path != m_path)
        open(path);
    struct stat found = {};
    if (::stat(path.c_str(), &found) != 0 || found.st_size > kMostBytes) {
        if (!std::exchange(m_missing, true))
            m_log.warning("deploys", path + (found.st_size > kMostBytes ? " is larger than 1 MiB" : " is not there")
                                         + ": no deploys are read from it");
        return {};
    }
    m_missing = false;
    const std::int64_t stamp = std::int64_t{found.st_mtim.tv_sec} * 1'000'000'000 + found.st_mtim.tv_nsec;
    if (stamp == m_stampNs && found.st_size == m_size)
        return {};
    m_stampNs = stamp;
    m_size = found.st_size;
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    auto now = parseTagFile(text.str());
    std::vector<incident::Event> out;
    for (const auto& [service, tag] : now) {
        const std::string before = m_tags.contains(service) ? m_tags[service].tag : std::string();
        if (m_known && before != tag.tag)
            out.push_back(deployOf(service, before, tag, stamp / 1'000'000, nowMs));
    }
    m_known = true;
    m_tags = std::move(now);
    keep();
    return out;
}

}  // namespace holdfast::engine
