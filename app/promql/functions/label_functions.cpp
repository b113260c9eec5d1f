#include "app/promql/functions/label_functions.h"

#include "app/promql/syntax/literal.h"

#include <re2/re2.h>

#include <algorithm>

namespace holdfast::promql {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
bool isWord(char c)
{
    return isDigit(c) || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Which group a reference means; -1 for none: a name that is unknown, a number too large.
int groupOf(std::string_view name, const RE2& regex)
{
    if (!name.empty() && std::ranges::all_of(name, isDigit)) {
        if (name.size() > 8 || (name.size() > 1 && name.front() == '0'))
            return -1;
        return std::stoi(std::string(name));
    }
    const auto& named = regex.NamedCapturingGroups();
    const auto at = named.find(std::string(name));
    return at == named.end() ? -1 : at->second;
}

/// Source: Go regexp, (*Regexp).expand: "$name" takes the longest run of word characters.
std::string expand(std::string_view text, const RE2& regex, const std::vector<re2::StringPiece>& groups)
{
    std::string out;
    while (!text.empty()) {
        const std::size_t dollar = text.find('$');
        out += text.substr(0, dollar);
        if (dollar == std::string_view::npos)
            break;
        text.remove_prefix(dollar + 1);
        if (text.starts_with('$')) {
            out += '$';
            text.remove_prefix(1);
            continue;
        }
        const bool brace = text.starts_with('{');
        std::size_t n = brace ? 1 : 0;
        while (n < text.size() && isWord(text[n]))
            ++n;
        const std::string_view name = text.substr(brace ? 1 : 0, n - (brace ? 1 : 0));
        if (name.empty() || (brace && (n >= text.size() || text[n] != '}'))) {
            out += '$';  // malformed: the dollar stands for itself
            continue;
        }
        text.remove_prefix(n + (brace ? 1 : 0));
        const int group = groupOf(name, regex);
        if (group >= 0 && static_cast<std::size_t>(group) < groups.size())
            out.append(groups[static_cast<std::size_t>(group)].data(), groups[static_cast<std::size_t>(group)].size());
    }
    return out;
}

bool isLabelName(std::string_view name)
{
    return !name.empty() && isValidUtf8(name);
}

}  // namespace

Result<void> replaceLabel(Table& table, const std::string& destination, const std::string& replacement,
                          const std::string& source, const std::string& pattern)
{
    if (!isLabelName(destination))
        return Error{"invalid destination label name in label_replace(): " + destination};
    RE2::Options options(RE2::Quiet);
    options.set_dot_nl(true);
    const RE2 regex(pattern, options);
    if (!regex.ok())
        return Error{"invalid regular expression in label_replace(): " + pattern};
    std::vector<re2::StringPiece> groups(static_cast<std::size_t>(regex.NumberOfCapturingGroups()) + 1);
    for (Column& column : table.columns) {
        const std::string value(column.labels->get(source));
        if (!regex.Match(value, 0, value.size(), RE2::ANCHOR_BOTH, groups.data(), static_cast<int>(groups.size())))
            continue;
        column.labels =
            std::make_shared<const LabelSet>(column.labels->with(destination, expand(replacement, regex, groups)));
    }
    return joinEqualLabels(table, Overlap::AtDifferentSteps);
}

Result<void> joinLabels(Table& table, const std::string& destination, const std::string& separator,
                        const std::vector<std::string>& sources)
{
    for (const std::string& source : sources) {
        if (!isLabelName(source))
            return Error{"invalid source label name in label_join(): " + source};
    }
    if (!isLabelName(destination))
        return Error{"invalid destination label name in label_join(): " + destination};
    for (Column& column : table.columns) {
        std::string joined;
        for (std::size_t i = 0; i < sources.size(); ++i) {
            if (i > 0)
                joined += separator;
            joined += column.labels->get(sources[i]);
        }
        column.labels = std::make_shared<const LabelSet>(column.labels->with(destination, joined));
    }
    return joinEqualLabels(table, Overlap::AtDifferentSteps);
}

bool naturalLess(std::string_view a, std::string_view b)
{
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < a.size() && j < b.size()) {
        if (isDigit(a[i]) && isDigit(b[j])) {
            const auto run = [](std::string_view text, std::size_t& at) {
                const std::size_t start = at;
                while (at < text.size() && isDigit(text[at]))
                    ++at;
                std::string_view digits = text.substr(start, at - start);
                while (digits.size() > 1 && digits.front() == '0')
                    digits.remove_prefix(1);
                return digits;
            };
            const std::string_view left = run(a, i);
            const std::string_view right = run(b, j);
            if (left.size() != right.size())
                return left.size() < right.size();
            if (left != right)
                return left < right;
            continue;
        }
        if (a[i] != b[j])
            return static_cast<unsigned char>(a[i]) < static_cast<unsigned char>(b[j]);
        ++i;
        ++j;
    }
    return a.size() - i < b.size() - j;
}

void sortByLabels(Table& table, const std::vector<std::string>& labels, SortOrder order)
{
    const auto less = [&](const Column& a, const Column& b) {
        for (const std::string& label : labels) {
            const auto left = a.labels->get(label);
            const auto right = b.labels->get(label);
            if (left != right)
                return naturalLess(left, right);
        }
        return *a.labels < *b.labels;
    };
    std::ranges::stable_sort(table.columns, [&](const Column& a, const Column& b) {
        return order == SortOrder::Ascending ? less(a, b) : less(b, a);
    });
}

}  // namespace holdfast::promql
