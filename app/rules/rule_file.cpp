#include "app/rules/rule_file.h"

#include "app/promql/syntax/parser.h"
#include "app/rules/template/alert_template.h"
#include "app/rules/yaml_reader.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <tuple>

namespace holdfast::rules {

namespace {

/// Checks one rule; `where` is the begin of every message, as promtool writes it.
class RuleCheck {
public:
    RuleCheck(YamlReader& reader, const Rule& rule, std::string where)
        : m_reader(reader), m_rule(rule), m_where(std::move(where))
    {
    }

    void run()
    {
        if (!m_rule.record.empty() && !m_rule.alert.empty())
            complain("only one of 'record' and 'alert' must be set");
        if (m_rule.record.empty() && m_rule.alert.empty())
            complain("one of 'record' or 'alert' must be set");
        expression();
        if (!m_rule.record.empty())
            recording();
        for (const auto& label : m_rule.labels) {
            if (!isClassicLabelName(label.name) || label.name == kMetricName)
                complain("invalid label name: " + label.name);
        }
        for (const auto& annotation : m_rule.annotations) {
            if (!isClassicLabelName(annotation.name))
                complain("invalid annotation name: " + annotation.name);
        }
        if (m_rule.isAlert()) {
            templates("label", m_rule.labels);
            templates("annotation", m_rule.annotations);
        }
    }

private:
    void complain(const std::string& message, Place place = {})
    {
        m_reader.error(place.line ? place : m_rule.place, m_where + message);
    }

    void expression()
    {
        if (m_rule.expr.empty()) {
            complain("field 'expr' must be set in rule");
            return;
        }
        const auto parsed = promql::parseExpression(m_rule.expr);
        if (!parsed.ok())
            complain("could not parse expression: " + parsed.error().message, m_rule.exprPlace);
    }

    void recording()
    {
        if (!m_rule.annotations.empty())
            complain("invalid field 'annotations' in recording rule");
        if (m_rule.forMs != 0)
            complain("invalid field 'for' in recording rule");
        if (m_rule.keepFiringForMs != 0)
            complain("invalid field 'keep_firing_for' in recording rule");
        if (!isClassicMetricName(m_rule.record))
            complain("invalid recording rule name: " + m_rule.record);
    }

    void templates(const char* kind, const LabelSet& texts)
    {
        for (const auto& text : texts) {
            const auto parsed = AlertTemplate::parse(text.value);
            if (!parsed.ok())
                complain(std::string(kind) + " \"" + text.name
                         + "\": template does not parse: " + parsed.error().message);
        }
    }

    YamlReader& m_reader;
    const Rule& m_rule;
    const std::string m_where;
};

Rule readRule(YamlReader& reader, const YAML::Node& node)
{
    Rule rule;
    rule.place = YamlReader::place(node);
    reader.mapping(node, "rule", [&](const std::string& key, const YAML::Node& value) {
        if (key == "record") {
            rule.record = reader.text(value, key);
        } else if (key == "alert") {
            rule.alert = reader.text(value, key);
        } else if (key == "expr") {
            rule.expr = reader.text(value, key);
            rule.exprPlace = YamlReader::place(value);
        } else if (key == "for") {
            rule.forMs = reader.duration(value, key);
        } else if (key == "keep_firing_for") {
            rule.keepFiringForMs = reader.duration(value, key);
        } else if (key == "labels") {
            for (auto& label : reader.labels(value, "labels")) {
                if (label.value.empty())
                    rule.removedLabels.push_back(label.name);
                else
                    rule.labels = rule.labels.with(label.name, label.value);
            }
        } else if (key == "annotations") {
            rule.annotations = LabelSet(reader.labels(value, "annotations"));
        } else {
            return false;
        }
        return true;
    });
    return rule;
}

RuleGroup readGroup(YamlReader& reader, const YAML::Node& node, std::string_view file)
{
    RuleGroup group;
    group.file = file;
    group.place = YamlReader::place(node);
    reader.mapping(node, "rule group", [&](const std::string& key, const YAML::Node& value) {
        if (key == "name") {
            group.name = reader.text(value, key);
        } else if (key == "interval") {
            group.intervalMs = reader.duration(value, key);
        } else if (key == "query_offset") {
            group.queryOffsetMs = reader.duration(value, key);
        } else if (key == "limit") {
            const auto limit = reader.integer(value, key);
            group.limit = limit > 0 ? static_cast<std::size_t>(limit) : 0;
        } else if (key == "labels") {
            group.labels = LabelSet(reader.labels(value, "labels"));
        } else if (key == "rules") {
            reader.sequence(value, "rules",
                            [&](const YAML::Node& item) { group.rules.push_back(readRule(reader, item)); });
        } else {
            return false;
        }
        return true;
    });
    return group;
}

void checkGroup(YamlReader& reader, const RuleGroup& group)
{
    for (std::size_t i = 0; i < group.rules.size(); ++i) {
        const Rule& rule = group.rules[i];
        RuleCheck(reader, rule,
                  "group \"" + group.name + "\", rule " + std::to_string(i + 1) + ", \"" + rule.name() + "\": ")
            .run();
    }
}

/// A rule's own labels go before its group's.
void spreadGroupLabels(RuleGroup& group)
{
    for (Rule& rule : group.rules) {
        for (const auto& label : group.labels) {
            if (!rule.labels.has(label.name))
                rule.labels = rule.labels.with(label.name, label.value);
        }
    }
}

}  // namespace

std::string RuleFileError::text() const
{
    std::string out = file;
    if (place.line > 0)
        out += ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
    return out + ": " + message;
}

std::size_t RuleFile::ruleCount() const
{
    std::size_t n = 0;
    for (const auto& group : groups)
        n += group.rules.size();
    return n;
}

RuleFile parseRuleFile(std::string_view text, std::string_view file)
{
    RuleFile out;
    out.file = file;
    YamlReader reader{out.file};
    const YAML::Node root = reader.load(text);
    if (root.IsDefined() && !root.IsNull()) {
        reader.mapping(root, "rule file", [&](const std::string& key, const YAML::Node& value) {
            if (key != "groups")
                return false;
            reader.sequence(value, "groups",
                            [&](const YAML::Node& item) { out.groups.push_back(readGroup(reader, item, file)); });
            return true;
        });
    }
    std::set<std::string> names;
    for (RuleGroup& group : out.groups) {
        if (group.name.empty())
            reader.error(group.place, "Groupname must not be empty");
        else if (!names.insert(group.name).second)
            reader.error(group.place, "groupname: \"" + group.name + "\" is repeated in the same file");
        spreadGroupLabels(group);
        checkGroup(reader, group);
    }
    out.errors = std::move(reader.errors());
    std::ranges::stable_sort(out.errors, {}, [](const RuleFileError& e) { return e.place.line; });
    return out;
}

RuleFile readRuleFile(const std::string& file)
{
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    if (in)
        text << in.rdbuf();
    if (!in || text.fail()) {
        RuleFile out;
        out.file = file;
        out.errors.push_back({file, {}, "cannot be read; does it exist, and is it a file?"});
        return out;
    }
    return parseRuleFile(text.str(), file);
}

std::vector<DuplicateRule> duplicateRules(const RuleFile& file)
{
    using Key = std::tuple<bool, std::string, LabelSet>;
    std::set<Key> seen;
    std::set<Key> told;
    std::vector<DuplicateRule> out;
    for (const auto& group : file.groups) {
        for (const auto& rule : group.rules) {
            Key key{rule.isAlert(), rule.name(), rule.labels};
            if (!seen.insert(key).second && told.insert(key).second)
                out.push_back({rule.name(), rule.labels});
        }
    }
    return out;
}

}  // namespace holdfast::rules
