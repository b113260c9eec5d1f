#include "app/control/adapters/adapter_settings.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace holdfast::control {

namespace {

std::string_view trimmed(std::string_view text)
{
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

}  // namespace

std::string AdapterSettings::text(const std::string& key, std::string fallback)
{
    m_asked.insert(key);
    const auto found = m_group.settings.find(key);
    return found == m_group.settings.end() ? fallback : found->second;
}

std::string AdapterSettings::oneOf(const std::string& key, const std::vector<std::string>& words)
{
    const std::string given = text(key, words.front());
    if (std::ranges::find(words, given) != words.end())
        return given;
    std::string all;
    for (const std::string& word : words)
        all += (all.empty() ? "" : ", ") + word;
    complain(key, "expected one of " + all + ", found \"" + given + "\"");
    return words.front();
}

std::int64_t AdapterSettings::number(const std::string& key, std::int64_t fallback, std::int64_t least,
                                     std::int64_t most)
{
    const std::string given = text(key);
    if (given.empty())
        return fallback;
    std::int64_t value = 0;
    const auto [end, problem] = std::from_chars(given.data(), given.data() + given.size(), value);
    if (problem == std::errc() && end == given.data() + given.size() && value >= least && value <= most)
        return value;
    complain(key, "expected " + std::to_string(least) + " to " + std::to_string(most) + ", found \"" + given + "\"");
    return fallback;
}

std::vector<std::string> AdapterSettings::list(const std::string& key)
{
    const std::string given = text(key);
    std::vector<std::string> items;
    std::string_view rest = trimmed(given);
    if (rest.starts_with("[")) {
        const auto parsed = nlohmann::json::parse(rest, nullptr, false);
        if (!parsed.is_array())
            complain(key, "expected a list like [\"a\", \"b\"]");
        for (const auto& item : parsed) {
            if (item.is_string())
                items.push_back(item.get<std::string>());
            else if (parsed.is_array())
                complain(key, "every entry of the list is a text in quotes");
        }
        return items;
    }
    while (!rest.empty()) {
        const auto comma = rest.find(',');
        if (const auto item = trimmed(rest.substr(0, comma)); !item.empty())
            items.emplace_back(item);
        if (comma == std::string_view::npos)
            break;
        rest.remove_prefix(comma + 1);
    }
    return items;
}

void AdapterSettings::complain(const std::string& key, const std::string& words)
{
    m_problems += (m_problems.empty() ? "" : "; ") + ("setting " + key + ": " + words);
}

Result<void> AdapterSettings::finish() const
{
    std::string problems = m_problems;
    for (const auto& [key, value] : m_group.settings) {
        if (m_asked.contains(key) || key == "verify" || key.starts_with("verify_"))
            continue;
        problems += (problems.empty() ? "" : "; ") + ("setting " + key + " is not known to adapter " + m_group.adapter);
    }
    if (problems.empty())
        return {};
    return Error{problems, ErrorKind::BadInput};
}

}  // namespace holdfast::control
