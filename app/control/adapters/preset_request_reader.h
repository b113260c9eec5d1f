#pragma once

#include "app/config/yaml_section.h"
#include "app/control/adapters/preset.h"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace holdfast::control {

/// Reads what a preset's requests and the places in their answers are made of. Every `names` is the variables that may
/// stand there; what is wrong goes to the findings with its place, and something harmless is returned.
class PresetRequestReader {
public:
    using Names = std::set<std::string>;

    explicit PresetRequestReader(config::Findings& findings) : m_findings(findings) {}

    [[nodiscard]] PresetTemplate words(const std::string& text, const YAML::Mark& at, const Names& names);
    [[nodiscard]] PresetPointer pointer(const std::string& text, const YAML::Mark& at, const Names& names);
    [[nodiscard]] std::optional<PresetField> field(config::Section& section, const YAML::Node& node,
                                                   const std::string& key, const Names& names);
    [[nodiscard]] std::vector<PresetCondition> conditions(config::Section& section, const std::string& key,
                                                          const Names& names);
    /// The method, URL, headers and body that stand in a section among other keys.
    [[nodiscard]] PresetRequest request(config::Section& section, const YAML::Node& node, const Names& names);
    /// list  of many controls, which tell their names; else a read of one
    [[nodiscard]] PresetSource source(const YAML::Node& node, const std::string& name, const YAML::Mark& at,
                                      const Names& names, bool list);

private:
    void regex(const std::string& text, const YAML::Mark& at);
    PresetItem item(config::Section& section, const YAML::Node& node, const Names& names);
    PresetBody body(const YAML::Node& node, const Names& names);
    PresetBody edit(const YAML::Node& node, const Names& names);

    config::Findings& m_findings;
};

}  // namespace holdfast::control
