#include "app/model/label_set.h"

#include <algorithm>
#include <functional>

namespace holdfast {

namespace {

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isClassicName(std::string_view name, bool colons)
{
    const auto allowed = [&](char c) { return isLetter(c) || (colons && c == ':'); };
    if (name.empty() || !allowed(name.front()))
        return false;
    return std::ranges::all_of(name, [&](char c) { return allowed(c) || isDigit(c); });
}

}  // namespace

LabelSet::LabelSet(std::vector<Label> labels) : m_labels(std::move(labels))
{
    // Most come in order, from a parser or another set: a sort of them costs more than the look.
    const auto outOfOrder = std::ranges::adjacent_find(m_labels, std::ranges::greater_equal{}, &Label::name);
    if (outOfOrder == m_labels.end() && std::ranges::none_of(m_labels, [](const Label& l) { return l.value.empty(); }))
        return;
    std::ranges::stable_sort(m_labels, {}, &Label::name);
    // Keep the last of equal names, then drop empty values: "absent" and "empty" are the same thing.
    auto out = m_labels.begin();
    for (auto it = m_labels.begin(); it != m_labels.end(); ++it) {
        const auto next = it + 1;
        if ((next != m_labels.end() && next->name == it->name) || it->value.empty())
            continue;
        if (out != it)
            *out = std::move(*it);
        ++out;
    }
    m_labels.erase(out, m_labels.end());
}

std::string_view LabelSet::get(std::string_view name) const
{
    // Sets are small: a scan beats a binary search.
    for (const Label& label : m_labels) {
        if (label.name == name)
            return label.value;
    }
    return {};
}

LabelSet LabelSet::with(std::string_view name, std::string_view value) const
{
    LabelSet copy(*this);
    const auto at = std::ranges::lower_bound(copy.m_labels, name, {}, &Label::name);
    const bool found = at != copy.m_labels.end() && at->name == name;
    if (value.empty()) {
        if (found)
            copy.m_labels.erase(at);
    } else if (found) {
        at->value = value;
    } else {
        copy.m_labels.insert(at, {std::string(name), std::string(value)});
    }
    return copy;
}

std::uint64_t LabelSet::hash() const
{
    // FNV-1a, 64 bit: http://www.isthe.com/chongo/tech/comp/fnv/
    std::uint64_t h = 14695981039346656037ULL;
    const auto mix = [&h](std::string_view text) {
        for (const char c : text)
            h = (h ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
        h = (h ^ 0xff) * 1099511628211ULL;  // 0xff is in no UTF-8 text: a separator
    };
    for (const Label& label : m_labels) {
        mix(label.name);
        mix(label.value);
    }
    return h;
}

std::string LabelSet::text() const
{
    const std::string_view name = metricName();
    const bool plain = isClassicMetricName(name);
    std::string out(plain ? name : std::string_view{});
    std::string inside;
    const auto add = [&inside](const std::string& part) {
        if (!inside.empty())
            inside += ", ";
        inside += part;
    };
    if (!plain && !name.empty())
        add(quotedLabelValue(name));
    for (const Label& label : m_labels) {
        if (label.name != kMetricName)
            add((isClassicLabelName(label.name) ? label.name : quotedLabelValue(label.name)) + "="
                + quotedLabelValue(label.value));
    }
    if (!inside.empty() || out.empty())
        out += "{" + inside + "}";
    return out;
}

bool isClassicLabelName(std::string_view name)
{
    return isClassicName(name, false);
}

bool isClassicMetricName(std::string_view name)
{
    return isClassicName(name, true);
}

std::string quotedLabelValue(std::string_view value)
{
    std::string out = "\"";
    for (const char c : value) {
        if (c == '\\' || c == '"')
            out += '\\';
        if (c == '\n')
            out += "\\n";
        else
            out += c;
    }
    return out + '"';
}

}  // namespace holdfast
