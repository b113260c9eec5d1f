#include "collectors/discovery/relabel.h"

#include "collectors/discovery/md5.h"

#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <string>

namespace holdfast::discovery {

struct Relabeling::Step {
    explicit Step(config::RelabelConfig c) : config(std::move(c)), regex(pattern(config.regex), options())
    {
        groups = static_cast<std::size_t>(std::max(0, regex.NumberOfCapturingGroups())) + 1;
        names = regex.NamedCapturingGroups();
    }

    static std::string pattern(const std::string& text) { return "(?:" + text + ")"; }
    static RE2::Options options()
    {
        RE2::Options options(RE2::Quiet);
        options.set_dot_nl(true);
        return options;
    }

    config::RelabelConfig config;
    RE2 regex;
    std::size_t groups = 1;
    std::map<std::string, int> names;
};

namespace {

/// Labels that are being changed: few, so a plain vector in any order.
class Work {
public:
    explicit Work(const LabelSet& labels) : m_labels(labels.begin(), labels.end()) {}

    [[nodiscard]] std::string_view get(std::string_view name) const
    {
        const auto it = std::ranges::find(m_labels, name, &Label::name);
        return it == m_labels.end() ? std::string_view{} : std::string_view(it->value);
    }
    void set(std::string_view name, std::string value)
    {
        const auto it = std::ranges::find(m_labels, name, &Label::name);
        if (value.empty()) {
            if (it != m_labels.end())
                m_labels.erase(it);
        } else if (it != m_labels.end()) {
            it->value = std::move(value);
        } else {
            m_labels.push_back({std::string(name), std::move(value)});
        }
    }
    template <typename Condition>
    void removeIf(Condition condition)
    {
        std::erase_if(m_labels, [&](const Label& label) { return condition(label.name); });
    }
    [[nodiscard]] const std::vector<Label>& all() const { return m_labels; }
    [[nodiscard]] LabelSet take() && { return LabelSet(std::move(m_labels)); }

private:
    std::vector<Label> m_labels;
};

bool isWordByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Source: Go regexp, Regexp.Expand.
std::string expand(std::string_view text, const std::vector<re2::StringPiece>& groups,
                   const std::map<std::string, int>& names)
{
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] != '$' || i + 1 == text.size()) {
            out += text[i++];
            continue;
        }
        if (text[i + 1] == '$') {
            out += '$';
            i += 2;
            continue;
        }
        const bool brace = text[i + 1] == '{';
        const std::size_t begin = i + (brace ? 2 : 1);
        std::size_t end = begin;
        while (end < text.size() && isWordByte(text[end]))
            ++end;
        if (end == begin || (brace && (end == text.size() || text[end] != '}'))) {
            out += text[i++];
            continue;
        }
        const std::string name(text.substr(begin, end - begin));
        i = brace ? end + 1 : end;
        std::size_t group = groups.size();
        if (name.find_first_not_of("0123456789") == std::string::npos) {
            if (name.size() < 6)
                group = static_cast<std::size_t>(std::stoi(name));
        } else if (const auto it = names.find(name); it != names.end()) {
            group = static_cast<std::size_t>(it->second);
        }
        if (group < groups.size())
            out.append(groups[group].data() != nullptr ? groups[group].data() : "", groups[group].size());
    }
    return out;
}

std::string recased(std::string text, char from, char to)
{
    for (char& c : text) {
        if (c >= from && c <= from + 25)
            c = static_cast<char>(c - from + to);
    }
    return text;
}

std::string hashed(const std::string& value, std::uint64_t modulus)
{
    const auto digest = md5(value);
    std::uint64_t number = 0;
    for (std::size_t i = 8; i < 16; ++i)
        number = number << 8U | digest[i];
    return std::to_string(number % modulus);
}

}  // namespace

Relabeling::Relabeling(std::span<const config::RelabelConfig> configs)
{
    for (const config::RelabelConfig& config : configs)
        m_steps.push_back(std::make_unique<const Step>(config));
}

Relabeling::~Relabeling() = default;
Relabeling::Relabeling(Relabeling&&) noexcept = default;
Relabeling& Relabeling::operator=(Relabeling&&) noexcept = default;

std::optional<LabelSet> Relabeling::apply(const LabelSet& labels) const
{
    using config::RelabelAction;
    if (m_steps.empty())
        return labels;
    Work work(labels);
    for (const auto& step : m_steps) {
        const config::RelabelConfig& config = step->config;
        std::string value;
        for (std::size_t i = 0; i < config.sourceLabels.size(); ++i) {
            if (i > 0)
                value += config.separator;
            value += work.get(config.sourceLabels[i]);
        }
        const auto matches = [&](const std::string& text) { return RE2::FullMatch(text, step->regex); };
        switch (config.action) {
        case RelabelAction::Keep:
            if (!matches(value))
                return std::nullopt;
            break;
        case RelabelAction::Drop:
            if (matches(value))
                return std::nullopt;
            break;
        case RelabelAction::KeepEqual:
            if (work.get(config.targetLabel) != value)
                return std::nullopt;
            break;
        case RelabelAction::DropEqual:
            if (work.get(config.targetLabel) == value)
                return std::nullopt;
            break;
        case RelabelAction::Replace: {
            std::vector<re2::StringPiece> groups(step->groups);
            if (!step->regex.Match(value, 0, value.size(), RE2::ANCHOR_BOTH, groups.data(),
                                   static_cast<int>(groups.size())))
                break;
            const std::string target = expand(config.targetLabel, groups, step->names);
            if (!target.empty())
                work.set(target, expand(config.replacement, groups, step->names));
            break;
        }
        case RelabelAction::HashMod: work.set(config.targetLabel, hashed(value, config.modulus)); break;
        case RelabelAction::Lowercase: work.set(config.targetLabel, recased(value, 'A', 'a')); break;
        case RelabelAction::Uppercase: work.set(config.targetLabel, recased(value, 'a', 'A')); break;
        case RelabelAction::LabelMap: {
            const std::vector<Label> before = work.all();
            for (const Label& label : before) {
                std::vector<re2::StringPiece> groups(step->groups);
                if (step->regex.Match(label.name, 0, label.name.size(), RE2::ANCHOR_BOTH, groups.data(),
                                      static_cast<int>(groups.size())))
                    work.set(expand(config.replacement, groups, step->names), label.value);
            }
            break;
        }
        case RelabelAction::LabelDrop: work.removeIf(matches); break;
        case RelabelAction::LabelKeep: work.removeIf([&](const std::string& name) { return !matches(name); }); break;
        }
    }
    return std::move(work).take();
}

}  // namespace holdfast::discovery
