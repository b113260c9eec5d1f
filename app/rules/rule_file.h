#pragma once

#include "app/base/result.h"
#include "app/model/label_set.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::rules {

/// Where something stands in a file, from 1 on; 0: unknown.
struct Place {
    int line = 0;
    int column = 0;
};

/// One entry of `rules:`. Exactly one of record and alert is set in a rule that passed the checks.
struct Rule {
    std::string record;
    std::string alert;
    std::string expr;
    std::int64_t forMs = 0;
    std::int64_t keepFiringForMs = 0;
    LabelSet labels;
    std::vector<std::string> removedLabels;  ///< given with an empty value
    LabelSet annotations;
    Place place;      ///< of the entry
    Place exprPlace;  ///< of the value of `expr`

    [[nodiscard]] bool isAlert() const { return !alert.empty(); }
    [[nodiscard]] const std::string& name() const { return isAlert() ? alert : record; }
};

struct RuleGroup {
    std::string name;
    std::string file;
    std::int64_t intervalMs = 0;  ///< 0: the global evaluation interval
    std::int64_t queryOffsetMs = 0;
    std::size_t limit = 0;  ///< series or alerts one rule may produce; 0: any number
    LabelSet labels;        ///< added to every rule of the group
    std::vector<Rule> rules;
    Place place;
};

/// What is wrong with a rule file, and where.
struct RuleFileError {
    std::string file;
    Place place;
    std::string message;

    /// "rules.yml:12:5: …" (the place left out where unknown).
    [[nodiscard]] std::string text() const;
};

struct RuleFile {
    std::string file;
    std::vector<RuleGroup> groups;
    std::vector<RuleFileError> errors;  ///< empty: the file can be loaded

    [[nodiscard]] std::size_t ruleCount() const;
};

/// Reads a Prometheus rule file and checks everything that Prometheus checks when loading: fields, names,
/// durations, expressions, templates. All errors are collected, not only the first.
/// Source: Prometheus model/rulefmt/rulefmt.go, Parse and Validate.
[[nodiscard]] RuleFile parseRuleFile(std::string_view text, std::string_view file);

/// The same for a file on disk; an unreadable one is an error in the answer.
[[nodiscard]] RuleFile readRuleFile(const std::string& file);

/// Rules of one file that are given twice: same kind, name and labels.
/// Source: Prometheus cmd/promtool/main.go, checkDuplicates.
struct DuplicateRule {
    std::string name;
    LabelSet labels;
};
[[nodiscard]] std::vector<DuplicateRule> duplicateRules(const RuleFile& file);

/// The rules that come with Holdfast (resources/rules/*.yml), checked when the project is tested.
[[nodiscard]] std::vector<RuleGroup> defaultRules();

}  // namespace holdfast::rules
