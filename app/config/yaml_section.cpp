#include "app/config/yaml_section.h"

#include "app/base/duration.h"
#include "app/base/number_text.h"
#include "app/config/size_text.h"

#include <yaml-cpp/binary.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace holdfast::config {

namespace {

std::string place(const std::string& file, const YAML::Mark& at)
{
    return file + ":" + std::to_string(at.line + 1) + ":" + std::to_string(at.column + 1) + ": ";
}

std::string kindOf(const YAML::Node& node)
{
    if (node.IsMap())
        return "a mapping";
    if (node.IsSequence())
        return "a list";
    if (node.IsNull())
        return "nothing";
    return "\"" + node.Scalar() + "\"";
}

/// Edit distance, for "did you mean": small texts only.
std::size_t distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)});
            diagonal = above;
        }
    }
    return row[b.size()];
}

}  // namespace

void Findings::fail(const YAML::Mark& at, std::string_view what)
{
    if (!m_error)
        m_error = Error{place(m_file, at) + std::string(what), ErrorKind::BadInput};
}

void Findings::warn(const YAML::Mark& at, std::string_view what)
{
    m_warnings.push_back({m_file, at.line + 1, at.column + 1, std::string(what)});
}

std::optional<std::string> scalarText(const YAML::Node& node)
{
    if (node.IsNull())
        return std::string();
    if (!node.IsScalar())
        return std::nullopt;
    if (node.Tag() == "tag:yaml.org,2002:binary") {
        // yaml-cpp 0.7 takes a byte from 0x80 on for an index below its table.
        if (std::ranges::any_of(node.Scalar(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
            return std::nullopt;
        const std::vector<unsigned char> bytes = YAML::DecodeBase64(node.Scalar());
        return std::string(bytes.begin(), bytes.end());
    }
    return node.Scalar();
}

Section::Section(Findings& findings, const YAML::Node& node, std::string name, const YAML::Mark& mark)
    : m_findings(findings), m_name(std::move(name)), m_mark(mark)
{
    if (!node.IsDefined() || node.IsNull())
        return;
    if (!node.IsMap()) {
        fail("expected a mapping (key: value), found " + kindOf(node));
        return;
    }
    for (const auto& pair : node) {
        const std::optional<std::string> key = scalarText(pair.first);
        if (!key) {
            m_findings.fail(pair.first.Mark(), "a key of " + m_name + " must be a word");
            return;
        }
        if (*key == "<<")
            continue;
        if (find(*key) != nullptr) {
            m_findings.fail(pair.first.Mark(),
                            "key \"" + *key + "\" stands twice in " + (m_name.empty() ? "the file" : m_name));
            return;
        }
        m_entries.push_back({*key, pair.first.Mark(), pair.second, false});
    }
    for (const auto& pair : node) {
        if (pair.first.IsScalar() && pair.first.Scalar() == "<<")
            merge(pair.second, pair.first.Mark());
    }
}

void Section::merge(const YAML::Node& value, const YAML::Mark& mark)
{
    if (value.IsSequence()) {
        for (const YAML::Node& part : value)
            merge(part, mark);
        return;
    }
    if (!value.IsMap()) {
        m_findings.fail(mark, "a merge key (<<) needs a mapping");
        return;
    }
    for (const auto& pair : value) {
        const std::optional<std::string> key = scalarText(pair.first);
        if (key && find(*key) == nullptr)
            m_entries.push_back({*key, mark, pair.second, false});
    }
}

Section::Entry* Section::find(std::string_view key)
{
    const auto it = std::ranges::find(m_entries, key, &Entry::key);
    return it == m_entries.end() ? nullptr : &*it;
}

Section::Entry* Section::take(std::string_view key)
{
    m_known.emplace_back(key);
    Entry* entry = find(key);
    if (entry != nullptr)
        entry->taken = true;
    return entry;
}

const Section::Entry* Section::find(std::string_view key) const
{
    const auto it = std::ranges::find(m_entries, key, &Entry::key);
    return it == m_entries.end() ? nullptr : &*it;
}

bool Section::has(std::string_view key) const
{
    return find(key) != nullptr;
}

bool Section::hasValue(std::string_view key) const
{
    const Entry* entry = find(key);
    return entry != nullptr && !entry->value.IsNull() && !(entry->value.IsScalar() && entry->value.Scalar().empty());
}

YAML::Mark Section::markOf(std::string_view key) const
{
    const Entry* entry = find(key);
    return entry != nullptr ? entry->mark : m_mark;
}

std::string Section::path(std::string_view key) const
{
    return m_name.empty() ? std::string(key) : m_name + "." + std::string(key);
}

void Section::failAt(std::string_view key, std::string_view what) const
{
    m_findings.fail(markOf(key), path(key) + ": " + std::string(what));
}

void Section::fail(std::string_view what) const
{
    m_findings.fail(m_mark, (m_name.empty() ? "" : m_name + ": ") + std::string(what));
}

std::optional<std::string> Section::scalar(std::string_view key, std::string_view expected)
{
    Entry* entry = take(key);
    if (entry == nullptr)
        return std::nullopt;
    std::optional<std::string> text = scalarText(entry->value);
    if (!text)
        failAt(key, "expected " + std::string(expected) + ", found " + kindOf(entry->value));
    return text;
}

void Section::text(std::string_view key, std::string& value)
{
    if (auto text = scalar(key, "a text"))
        value = std::move(*text);
}

void Section::flag(std::string_view key, bool& value)
{
    const auto text = scalar(key, "true or false");
    if (!text || text->empty())
        return;
    std::string lower(*text);
    std::ranges::transform(lower, lower.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (lower == "true" || lower == "yes" || lower == "on" || lower == "y")
        value = true;
    else if (lower == "false" || lower == "no" || lower == "off" || lower == "n")
        value = false;
    else
        failAt(key, "expected true or false, found \"" + *text + "\"");
}

template <typename T>
void Section::parsed(std::string_view key, std::string_view expected, Result<T> (*parse)(std::string_view), T& value)
{
    const auto text = scalar(key, expected);
    if (!text || (text->empty() && find(key)->value.IsNull()))
        return;
    if (auto read = parse(*text); read)
        value = *read;
    else
        failAt(key, read.error().message);
}

void Section::duration(std::string_view key, std::int64_t& ms)
{
    parsed(key, "a duration like 30s or 5m", parseDuration, ms);
}

void Section::size(std::string_view key, std::uint64_t& bytes)
{
    parsed(key, "a size like 64MB", parseSize, bytes);
}

void Section::count(std::string_view key, std::uint64_t& value)
{
    const auto text = scalar(key, "a whole number");
    if (!text || text->empty())
        return;
    std::uint64_t number = 0;
    const auto [end, code] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (code != std::errc() || end != text->data() + text->size())
        failAt(key, "expected a whole number from 0 on, found \"" + *text + "\"");
    else
        value = number;
}

void Section::number(std::string_view key, double& value)
{
    const auto text = scalar(key, "a number");
    if (!text || text->empty())
        return;
    if (const auto number = parseDouble(*text); number && std::isfinite(*number))
        value = *number;
    else
        failAt(key, "expected a number, found \"" + *text + "\"");
}

void Section::word(std::string_view key, std::string& value, std::initializer_list<std::string_view> words)
{
    const auto text = scalar(key, "a word");
    if (!text)
        return;
    if (std::ranges::find(words, std::string_view(*text)) != words.end()) {
        value = *text;
        return;
    }
    std::string list;
    for (const std::string_view word : words)
        list += (list.empty() ? "" : ", ") + std::string(word.empty() ? "\"\"" : word);
    failAt(key, "expected one of " + list + ", found \"" + *text + "\"");
}

void Section::texts(std::string_view key, std::vector<std::string>& values)
{
    Entry* entry = take(key);
    if (entry == nullptr || entry->value.IsNull())
        return;
    if (!entry->value.IsSequence()) {
        // As Go's YAML does: one scalar is a list of one.
        if (auto one = scalarText(entry->value))
            values = {*one};
        else
            failAt(key, "expected a list, found " + kindOf(entry->value));
        return;
    }
    values.clear();
    for (const YAML::Node& element : entry->value) {
        if (auto text = scalarText(element))
            values.push_back(std::move(*text));
        else
            m_findings.fail(element.Mark(), path(key) + ": expected a text, found " + kindOf(element));
    }
}

void Section::pairs(std::string_view key,
                    const std::function<void(const std::string&, const YAML::Node&, const YAML::Mark&)>& use)
{
    Entry* entry = take(key);
    if (entry == nullptr)
        return;
    Section inner(m_findings, entry->value, path(key), entry->mark);
    inner.eachOther(use);
}

void Section::eachOther(const std::function<void(const std::string&, const YAML::Node&, const YAML::Mark&)>& use)
{
    for (Entry& entry : m_entries) {
        if (m_findings.failed())
            return;
        if (!entry.taken) {
            entry.taken = true;
            use(entry.key, entry.value, entry.mark);
        }
    }
}

void Section::each(std::string_view key,
                   const std::function<void(const YAML::Node&, const std::string&, const YAML::Mark&)>& use)
{
    Entry* entry = take(key);
    if (entry == nullptr || entry->value.IsNull())
        return;
    if (!entry->value.IsSequence()) {
        failAt(key, "expected a list, found " + kindOf(entry->value));
        return;
    }
    std::size_t index = 0;
    for (const YAML::Node& element : entry->value) {
        if (m_findings.failed())
            return;
        const std::string name = path(key) + "[" + std::to_string(index++) + "]";
        if (element.IsNull()) {
            m_findings.fail(element.Mark().is_null() ? entry->mark : element.Mark(), name + " is empty or null");
            return;
        }
        use(element, name, element.Mark());
    }
}

std::optional<Section> Section::section(std::string_view key)
{
    Entry* entry = take(key);
    if (entry == nullptr || entry->value.IsNull())
        return std::nullopt;
    return Section(m_findings, entry->value, path(key), entry->mark);
}

void Section::accept(std::initializer_list<std::string_view> keys)
{
    for (const std::string_view key : keys)
        take(key);
}

void Section::notDone(std::initializer_list<std::string_view> keys, std::string_view why)
{
    for (const std::string_view key : keys) {
        m_known.emplace_back(key);
        if (Entry* entry = find(key)) {
            if (!entry->taken)
                m_findings.warn(entry->mark, path(key) + ": " + std::string(why));
            entry->taken = true;
        }
    }
}

void Section::finish()
{
    for (const Entry& entry : m_entries) {
        if (entry.taken)
            continue;
        std::string what = "unknown key \"" + entry.key + "\"" + (m_name.empty() ? "" : " in " + m_name);
        std::size_t best = 3;
        std::string_view nearest;
        for (const std::string& known : m_known) {
            if (const std::size_t d = distance(entry.key, known); d < best) {
                best = d;
                nearest = known;
            }
        }
        if (!nearest.empty())
            what += "; did you mean \"" + std::string(nearest) + "\"?";
        m_findings.fail(entry.mark, what);
        return;
    }
}

}  // namespace holdfast::config
