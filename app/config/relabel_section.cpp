#include "app/config/sections.h"

#include <re2/re2.h>

#include <array>
#include <utility>

namespace holdfast::config {

namespace {

constexpr std::array<std::pair<std::string_view, RelabelAction>, 11> actions{{{"replace", RelabelAction::Replace},
                                                                              {"keep", RelabelAction::Keep},
                                                                              {"drop", RelabelAction::Drop},
                                                                              {"keepequal", RelabelAction::KeepEqual},
                                                                              {"dropequal", RelabelAction::DropEqual},
                                                                              {"hashmod", RelabelAction::HashMod},
                                                                              {"labelmap", RelabelAction::LabelMap},
                                                                              {"labeldrop", RelabelAction::LabelDrop},
                                                                              {"labelkeep", RelabelAction::LabelKeep},
                                                                              {"lowercase", RelabelAction::Lowercase},
                                                                              {"uppercase", RelabelAction::Uppercase}}};

std::string lowered(std::string text)
{
    for (char& c : text)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return text;
}

/// What a target label may look like where the regex fills it in: `name`, `${1}_name`.
bool isTemplate(const std::string& text)
{
    static const RE2 pattern(R"((?:(?:[a-zA-Z_]|\$(?:\{\w+\}|\w+))+\w*)+)");
    return RE2::FullMatch(text, pattern);
}

/// Source: Prometheus model/relabel/relabel.go, Config.Validate.
void check(const Section& section, const RelabelConfig& config)
{
    const RelabelAction action = config.action;
    const bool needsTarget = action == RelabelAction::Replace || action == RelabelAction::HashMod
                             || action == RelabelAction::Lowercase || action == RelabelAction::Uppercase
                             || action == RelabelAction::KeepEqual || action == RelabelAction::DropEqual;
    const RelabelConfig defaults;
    if (action == RelabelAction::HashMod && config.modulus == 0)
        return section.fail("action hashmod needs modulus, a number from 1 on");
    if (needsTarget && config.targetLabel.empty())
        return section.fail("this action needs target_label");
    const bool casing = action == RelabelAction::Lowercase || action == RelabelAction::Uppercase;
    if (casing && !isClassicLabelName(config.targetLabel))
        return section.failAt("target_label", "\"" + config.targetLabel + "\" is no label name");
    if (casing && config.replacement != defaults.replacement)
        return section.failAt("replacement", "this action takes no replacement");
    if (action == RelabelAction::LabelMap && !isTemplate(config.replacement))
        return section.failAt("replacement", "\"" + config.replacement + "\" gives no label name");
    const bool plain =
        config.separator == defaults.separator && config.modulus == 0 && config.replacement == defaults.replacement;
    if ((action == RelabelAction::LabelDrop || action == RelabelAction::LabelKeep)
        && !(plain && config.sourceLabels.empty() && config.targetLabel.empty()))
        return section.fail("labeldrop and labelkeep take regex and nothing else");
    if ((action == RelabelAction::KeepEqual || action == RelabelAction::DropEqual)
        && !(plain && config.regex == defaults.regex))
        return section.fail("keepequal and dropequal take source_labels and target_label and nothing else");
}

}  // namespace

void readRelabelConfigs(Section& section, std::string_view key, std::vector<RelabelConfig>& configs)
{
    section.each(key, [&](const YAML::Node& node, const std::string& name, const YAML::Mark& mark) {
        Section entry(section.findings(), node, name, mark);
        RelabelConfig& config = configs.emplace_back();
        entry.texts("source_labels", config.sourceLabels);
        entry.text("separator", config.separator);
        entry.text("target_label", config.targetLabel);
        entry.text("regex", config.regex);
        entry.count("modulus", config.modulus);
        entry.text("replacement", config.replacement);
        std::string word = "replace";
        entry.text("action", word);
        bool known = false;
        for (const auto& [text, action] : actions) {
            if (text == lowered(word)) {
                config.action = action;
                known = true;
            }
        }
        if (!known)
            entry.failAt("action", word.empty() ? "the action is empty"
                                                : "unknown action \"" + word
                                                      + "\"; expected replace, keep, drop, keepequal, dropequal, "
                                                        "hashmod, labelmap, labeldrop, labelkeep, lowercase or "
                                                        "uppercase");
        RE2::Options options(RE2::Quiet);
        options.set_dot_nl(true);
        if (const RE2 regex("^(?:" + config.regex + ")$", options); !regex.ok())
            entry.failAt("regex", "\"" + config.regex + "\" is no regular expression: " + regex.error());
        entry.finish();
        if (!section.findings().failed())
            check(entry, config);
    });
}

}  // namespace holdfast::config
