#include "app/config/job_entry.h"

#include "app/base/duration.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>
#include <vector>

namespace holdfast::config {

namespace {

constexpr std::string_view kFirstLine = "# Written by Holdfast; yours to edit. Any prometheus.yml works here.\n";

Error badInput(const std::string& what)
{
    return {what, ErrorKind::BadInput};
}

std::string inQuotes(std::string_view text)
{
    std::string out = "'";
    for (const char c : text) {
        out += c;
        if (c == '\'')
            out += c;
    }
    return out + "'";
}

std::string textOf(const YAML::Node& node)
{
    return node.IsDefined() && node.IsScalar() ? node.Scalar() : std::string();
}

std::size_t lineEnd(std::string_view text, std::size_t at)
{
    const std::size_t end = text.find('\n', at);
    return end == std::string_view::npos ? text.size() : end + 1;
}

std::size_t lineStart(std::string_view text, std::size_t at)
{
    const std::size_t before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
    return before == std::string_view::npos ? 0 : before + 1;
}

/// Where what stands in the lines from `from` on with at least `indent` blanks ends; blank lines and comments after the
/// last of them are not part of it.
std::size_t blockEnd(std::string_view text, std::size_t from, std::size_t indent)
{
    std::size_t end = from;
    for (std::size_t at = from; at < text.size(); at = lineEnd(text, at)) {
        const std::size_t stop = lineEnd(text, at);
        const std::string_view line = text.substr(at, stop - at);
        const std::size_t first = line.find_first_not_of(" \t\r\n");
        if (first == std::string_view::npos || line[first] == '#')
            continue;
        if (first < indent)
            break;
        if (first == 0 && line[0] != '-')
            break;
        end = stop;
    }
    return end;
}

std::string entryText(const NewJob& job, const std::string& indent)
{
    std::string text = indent + "- job_name: " + inQuotes(job.name) + "\n";
    const std::string inner = indent + "  ";
    text += inner + "scrape_interval: " + formatDuration(job.intervalMs) + "\n";
    if (job.intervalMs < 10'000)
        text += inner + "scrape_timeout: " + formatDuration(job.intervalMs) + "\n";
    if (job.scheme != "http")
        text += inner + "scheme: " + job.scheme + "\n";
    if (job.metricsPath != "/metrics")
        text += inner + "metrics_path: " + inQuotes(job.metricsPath) + "\n";
    if (!job.params.empty()) {
        text += inner + "params:\n";
        for (const auto& [name, value] : job.params)
            text += inner + "  " + inQuotes(name) + ": [" + inQuotes(value) + "]\n";
    }
    text += inner + "static_configs:\n";
    return text + inner + "  - targets: [" + inQuotes(job.target) + "]\n";
}

bool readsAlike(const YAML::Node& entry, const NewJob& job)
{
    const std::string path = textOf(entry["metrics_path"]);
    const std::string scheme = textOf(entry["scheme"]);
    return (path.empty() ? "/metrics" : path) == job.metricsPath && (scheme.empty() ? "http" : scheme) == job.scheme
           && entry["params"].IsDefined() == !job.params.empty();
}

bool hasTarget(const YAML::Node& entry, const std::string& target)
{
    if (!entry["static_configs"].IsSequence())
        return false;
    for (const auto& group : entry["static_configs"]) {
        if (!group.IsMap() || !group["targets"].IsSequence())
            continue;
        for (const auto& one : group["targets"])
            if (textOf(one) == target)
                return true;
    }
    return false;
}

struct FlowEnd {
    std::size_t at = 0;       ///< of the "]"
    bool afterComma = false;  ///< nothing stands between it and a comma
};

/// Where the flow sequence that begins at `open` ends.
std::optional<FlowEnd> closingBracket(std::string_view text, std::size_t open)
{
    char quote = 0;
    char last = 0;
    int depth = 0;
    for (std::size_t i = open; i < text.size(); ++i) {
        const char c = text[i];
        if (quote != 0) {
            if (quote == '"' && c == '\\')
                ++i;
            else if (c == quote)
                quote = 0;
        } else if (c == '\'' || c == '"') {
            quote = last = c;
        } else if (c == '#' && i > 0 && (text[i - 1] == ' ' || text[i - 1] == '\n')) {
            i = lineEnd(text, i) - 1;
        } else if (c == '[') {
            ++depth;
        } else if (c == ']' && --depth == 0) {
            return FlowEnd{i, last == ','};
        } else if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
            last = c;
        }
    }
    return std::nullopt;
}

Result<std::string> withTarget(std::string_view yaml, const YAML::Node& entry, const NewJob& job)
{
    const YAML::Node groups = entry["static_configs"];
    const YAML::Node targets =
        groups.IsSequence() && groups.size() > 0 && groups[0].IsMap() ? groups[0]["targets"] : YAML::Node();
    if (!targets.IsDefined() || !targets.IsSequence() || targets.size() == 0)
        return badInput("the job " + job.name + " has no list of targets that could be extended; give another name");
    std::string text(yaml);
    const auto mark = static_cast<std::size_t>(targets.Mark().pos);
    if (mark < text.size() && text[mark] == '[') {
        const auto end = closingBracket(text, mark);
        if (!end)
            return badInput("the targets of the job " + job.name + " cannot be extended; give another name");
        return text.insert(end->at, (end->afterComma ? "" : ", ") + inQuotes(job.target));
    }
    const auto last = static_cast<std::size_t>(targets[targets.size() - 1].Mark().pos);
    const std::size_t line = lineStart(text, last);
    const std::size_t dash = text.find('-', line);
    std::size_t after = lineEnd(text, last);
    std::string item = text.substr(line, dash - line) + "- " + inQuotes(job.target) + "\n";
    if (after == text.size() && text.back() != '\n')
        item.insert(0, "\n");
    return text.insert(after, item);
}

Result<std::string> withEntry(std::string_view yaml, const YAML::Node& root, const NewJob& job)
{
    std::string text(yaml);
    if (!text.empty() && text.back() != '\n')
        text += '\n';
    const YAML::Node jobs = root.IsMap() ? root["scrape_configs"] : YAML::Node();
    if (!root.IsMap() || !jobs.IsDefined()) {
        if (text.find_first_not_of(" \t\r\n") == std::string::npos)
            text = std::string(kFirstLine);
        return text + "scrape_configs:\n" + entryText(job, "  ");
    }
    // The key's own place: nothing else says where an empty list stands.
    std::size_t key = std::string::npos;
    for (const auto& entry : root)
        if (textOf(entry.first) == "scrape_configs")
            key = static_cast<std::size_t>(entry.first.Mark().pos);
    const std::size_t after = lineEnd(text, key);
    if (jobs.IsNull() || (jobs.IsSequence() && jobs.size() == 0)) {
        const std::size_t colon = text.find(':', key);
        const std::string_view rest = std::string_view(text).substr(colon + 1, after - colon - 1);
        const std::size_t word = rest.find_first_not_of(" \t\r\n");
        if (word != std::string_view::npos && rest.substr(word, 1) != "#")
            text.replace(colon + 1, after - colon - 1, "\n");
        return text.insert(lineEnd(text, key), entryText(job, "  "));
    }
    const auto first = static_cast<std::size_t>(jobs[0].Mark().pos);
    const std::size_t line = lineStart(text, first);
    const std::size_t dash = text.find('-', line);
    if (dash == std::string::npos || dash >= first
        || text.substr(line, dash - line).find_first_not_of(' ') != std::string::npos)
        return badInput("scrape_configs is written on one line; write it as a list, and it can be extended");
    const std::string indent = text.substr(line, dash - line);
    return text.insert(blockEnd(text, after, indent.size()), entryText(job, indent));
}

using Edit = std::pair<std::size_t, std::pair<std::size_t, std::string>>;  // place, (length, text)

bool isPathKey(const std::string& key)
{
    return key.ends_with("_file") && key != "title_file";
}

/// A certificate or key without a home of its own names: ca_file, cert_file, key_file, password_file …; lists: files,
/// rule_files, scrape_config_files.
void gatherPaths(const YAML::Node& node, const std::string& key, std::vector<YAML::Node>& found)
{
    if (node.IsMap()) {
        for (const auto& entry : node)
            gatherPaths(entry.second, textOf(entry.first), found);
    } else if (node.IsSequence()) {
        for (const auto& item : node)
            gatherPaths(item, key, found);
    } else if (node.IsScalar()
               && (isPathKey(key) || key == "files" || key == "rule_files" || key == "scrape_config_files")) {
        found.push_back(node);
    }
}

Result<YAML::Node> loaded(std::string_view yaml)
{
    try {
        return YAML::Load(std::string(yaml));
    } catch (const YAML::Exception& e) {
        return badInput("line " + std::to_string(e.mark.line + 1) + ", column " + std::to_string(e.mark.column + 1)
                        + ": not readable as YAML: " + e.msg);
    }
}

}  // namespace

Result<std::string> withJob(std::string_view yaml, const NewJob& job)
{
    if (job.name.empty() || job.target.empty())
        return badInput("a job needs a name and a target");
    HF_TRY(const YAML::Node root, loaded(yaml));
    if (!root.IsNull() && !root.IsMap())
        return badInput("the configuration is no mapping of keys");
    const YAML::Node jobs = root.IsMap() ? root["scrape_configs"] : YAML::Node();
    if (jobs.IsDefined() && !jobs.IsNull() && !jobs.IsSequence())
        return badInput("scrape_configs is no list");
    if (jobs.IsDefined() && jobs.IsSequence()) {
        for (const auto& entry : jobs) {
            if (!entry.IsMap())
                continue;
            const std::string name = textOf(entry["job_name"]);
            if (readsAlike(entry, job) && hasTarget(entry, job.target))
                return Error{job.target + " is scraped already, by the job " + name, ErrorKind::Conflict};
        }
        for (const auto& entry : jobs) {
            if (!entry.IsMap() || textOf(entry["job_name"]) != job.name)
                continue;
            if (!readsAlike(entry, job))
                return Error{"there is a job " + job.name + " already, with another path or scheme; give another name",
                             ErrorKind::Conflict};
            return withTarget(yaml, entry, job);
        }
    }
    return withEntry(yaml, root, job);
}

Result<std::string> withAbsolutePaths(std::string_view yaml, const std::string& folder)
{
    HF_TRY(const YAML::Node root, loaded(yaml));
    std::vector<YAML::Node> nodes;
    gatherPaths(root, {}, nodes);
    std::string text(yaml);
    std::vector<Edit> edits;
    for (const YAML::Node& node : nodes) {
        const std::string& path = node.Scalar();
        if (path.empty() || path.front() == '/')
            continue;
        auto at = static_cast<std::size_t>(node.Mark().pos);
        const char mark = at < text.size() ? text[at] : 0;
        const bool isQuoted = mark == '"' || mark == '\'';
        if (text.compare(at + (isQuoted ? 1 : 0), path.size(), path) != 0)
            return badInput("line " + std::to_string(node.Mark().line + 1) + ": the relative path " + path
                            + " is written in a way that cannot be moved; make it absolute");
        edits.push_back({at, {path.size() + (isQuoted ? 2 : 0), inQuotes(folder + "/" + path)}});
    }
    std::ranges::sort(edits, std::greater<>());
    for (const auto& [at, change] : edits)
        text.replace(at, change.first, change.second);
    return text;
}

}  // namespace holdfast::config
