#include "app/control/adapters/preset_template.h"

#include "app/base/number_text.h"
#include "app/base/percent_encoding.h"
#include "app/base/time_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace holdfast::control {

namespace {

constexpr std::array<std::string_view, 9> kFilters{"base64",  "after",    "url",    "lower", "rfc3339",
                                                   "slashes", "optional", "number", "json"};
constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The first key behind all keys that begin with `prefix`: its last byte plus one. Source: etcd clientv3
/// GetPrefixRangeEnd.
std::string keyAfter(std::string prefix)
{
    while (!prefix.empty() && static_cast<unsigned char>(prefix.back()) == 0xFF)
        prefix.pop_back();
    if (prefix.empty())
        return std::string(1, '\0');
    prefix.back() = static_cast<char>(static_cast<unsigned char>(prefix.back()) + 1);
    return prefix;
}

Result<std::string> filtered(const std::string& filter, std::string text)
{
    if (filter == "base64")
        return base64(text);
    if (filter == "after")
        return keyAfter(std::move(text));
    if (filter == "url")
        return percentEncoded(text);
    if (filter == "lower") {
        std::ranges::transform(text, text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c; });
        return text;
    }
    if (filter == "rfc3339") {
        std::int64_t ms = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), ms);
        if (error != std::errc() || end != text.data() + text.size())
            return Error{"\"" + text + "\" is no time in milliseconds", ErrorKind::BadInput};
        return rfc3339(ms);
    }
    return text;
}

Result<std::string> escaped(std::string text, Escape escape, bool slashes)
{
    switch (escape) {
    case Escape::None: return text;
    case Escape::Url: return percentEncoded(text, slashes ? "/" : "");
    case Escape::Header:
        if (std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }))
            return Error{"a value with control characters cannot stand in a header", ErrorKind::BadInput};
        return text;
    case Escape::Promql: {
        std::string out;
        for (const char c : text) {
            if (c == '"' || c == '\\')
                out += '\\';
            out += c == '\n' ? std::string("\\n") : std::string(1, c);
        }
        return out;
    }
    }
    return text;
}

}  // namespace

std::string base64(std::string_view bytes)
{
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
        for (std::size_t j = 0; j < 3; ++j)
            group = (group << 8U) | (j < count ? static_cast<unsigned char>(bytes[i + j]) : 0U);
        for (std::size_t j = 0; j < 4; ++j)
            out += j <= count ? kAlphabet[(group >> (18U - 6U * j)) & 0x3FU] : '=';
    }
    return out;
}

std::optional<std::string> fromBase64(std::string_view text)
{
    while (!text.empty() && text.back() == '=')
        text.remove_suffix(1);
    std::string out;
    std::uint32_t group = 0;
    unsigned bits = 0;
    for (const char c : text) {
        const auto at = kAlphabet.find(c);
        if (at == std::string_view::npos)
            return std::nullopt;
        group = (group << 6U) | static_cast<std::uint32_t>(at);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out += static_cast<char>((group >> bits) & 0xFFU);
        }
    }
    return out;
}

bool PresetTemplate::Part::has(std::string_view filter) const
{
    return std::ranges::find(filters, filter) != filters.end();
}

Result<PresetTemplate> PresetTemplate::parse(std::string_view text)
{
    PresetTemplate made;
    made.m_source = std::string(text);
    std::string literal;
    const auto flush = [&] {
        if (!literal.empty())
            made.m_parts.push_back({std::move(literal), {}, {}});
        literal.clear();
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool doubled = i + 1 < text.size() && text[i + 1] == c;
        if ((c == '{' || c == '}') && doubled) {
            literal += c;
            ++i;
            continue;
        }
        if (c == '}')
            return Error{"a } without its {; write }} for a brace", ErrorKind::BadInput};
        if (c != '{') {
            literal += c;
            continue;
        }
        const auto end = text.find('}', i);
        if (end == std::string_view::npos)
            return Error{"a { without its }; write {{ for a brace", ErrorKind::BadInput};
        flush();
        Part part;
        std::string_view inside = text.substr(i + 1, end - i - 1);
        for (bool first = true; first || !inside.empty(); first = false) {
            const auto bar = inside.find('|');
            const std::string word(inside.substr(0, bar));
            inside = bar == std::string_view::npos ? std::string_view() : inside.substr(bar + 1);
            if (word.empty())
                return Error{"{" + std::string(text.substr(i + 1, end - i - 1)) + "} lacks a name",
                             ErrorKind::BadInput};
            if (first)
                part.variable = word;
            else if (std::ranges::find(kFilters, word) == kFilters.end())
                return Error{"unknown filter \"" + word + "\" in {" + std::string(text.substr(i + 1, end - i - 1))
                                 + "}",
                             ErrorKind::BadInput};
            else
                part.filters.push_back(word);
        }
        made.m_parts.push_back(std::move(part));
        i = end;
    }
    flush();
    return made;
}

Result<std::string> PresetTemplate::valueOf(const Part& part, const PresetValues& values, Escape escape)
{
    std::string text;
    if (const auto known = values.texts.find(part.variable); known != values.texts.end()) {
        text = known->second;
    } else if (const auto taken = values.captures.find(part.variable); taken != values.captures.end()) {
        text = taken->second.is_string() ? taken->second.get<std::string>() : taken->second.dump();
    } else if (values.sketch) {
        return "<" + part.variable + ">";
    } else if (!part.has("optional")) {
        return Error{"{" + part.variable + "} has no value here", ErrorKind::BadInput};
    }
    if (values.sketch && text.starts_with('<') && text.ends_with('>'))
        return text;
    if (text.empty() && part.has("optional"))
        return text;
    if (text.empty() && escape == Escape::Url && part.variable != "value")
        return Error{"{" + part.variable + "} is empty, so the request would go somewhere else", ErrorKind::BadInput};
    for (const std::string& filter : part.filters) {
        HF_TRY(text, filtered(filter, std::move(text)));
    }
    return escaped(std::move(text), escape, part.has("slashes"));
}

Result<std::string> PresetTemplate::expand(const PresetValues& values, Escape escape) const
{
    std::string out;
    for (const Part& part : m_parts) {
        if (part.variable.empty()) {
            out += part.literal;
            continue;
        }
        HF_TRY(const std::string text, valueOf(part, values, escape));
        out += text;
    }
    return out;
}

Result<std::optional<nlohmann::json>> PresetTemplate::expandJson(const PresetValues& values) const
{
    HF_TRY(std::string text, expand(values, Escape::None));
    if (m_parts.size() != 1 || m_parts.front().variable.empty())
        return std::optional<nlohmann::json>(std::move(text));
    const Part& only = m_parts.front();
    if (text.empty() && only.has("optional"))
        return std::optional<nlohmann::json>();
    if (values.sketch && text.starts_with('<'))
        return std::optional<nlohmann::json>(std::move(text));
    if (only.has("number") && !parseDouble(text))
        return Error{"{" + only.variable + "} is \"" + text + "\", which is no number", ErrorKind::BadInput};
    if (only.has("number") || only.has("json")) {
        nlohmann::json value = nlohmann::json::parse(text, nullptr, false);
        if (value.is_discarded())
            return Error{"{" + only.variable + "} is \"" + text + "\", which is no JSON value", ErrorKind::BadInput};
        return std::optional<nlohmann::json>(std::move(value));
    }
    return std::optional<nlohmann::json>(std::move(text));
}

std::set<std::string> PresetTemplate::variables() const
{
    std::set<std::string> names;
    for (const Part& part : m_parts)
        if (!part.variable.empty())
            names.insert(part.variable);
    return names;
}

}  // namespace holdfast::control
