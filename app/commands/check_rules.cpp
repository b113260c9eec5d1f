#include "app/commands/check_rules.h"

#include "app/rules/rule_file.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

namespace holdfast::commands {

namespace {

struct Arguments {
    std::vector<std::string> files;
    std::string lint = "duplicate-rules";
    bool lintFatal = false;
};

enum class Verdict { Good, Lint, Wrong };

std::string duplicatesText(const std::vector<rules::DuplicateRule>& duplicates)
{
    std::string out = std::to_string(duplicates.size()) + " duplicate rule(s) found.\n";
    for (const auto& rule : duplicates) {
        out += "Metric: " + rule.name + "\nLabel(s):\n";
        for (const auto& label : rule.labels)
            out += "\t" + label.name + ": " + label.value + "\n";
    }
    return out + "Might cause inconsistency while recording expressions";
}

Verdict checkFile(const std::string& name, bool lint)
{
    std::printf("Checking %s\n", name.c_str());
    std::fflush(stdout);
    const auto file = rules::readRuleFile(name);
    Verdict verdict = Verdict::Good;
    if (!file.errors.empty()) {
        std::fputs("  FAILED:\n", stderr);
        for (const auto& error : file.errors)
            std::fprintf(stderr, "%s\n", error.text().c_str());
        verdict = Verdict::Wrong;
    } else if (const auto duplicates = rules::duplicateRules(file); lint && !duplicates.empty()) {
        std::fprintf(stderr, "  FAILED:\nlint error %s\n", duplicatesText(duplicates).c_str());
        verdict = Verdict::Lint;
    } else {
        std::printf("  SUCCESS: %zu rules found\n", file.ruleCount());
    }
    std::fputs("\n", stdout);
    std::fflush(stdout);
    return verdict;
}

}  // namespace

// Exit codes: Prometheus cmd/promtool/main.go, CheckRules.
void addCheckRulesCommand(CLI::App& check, CommandResult& result)
{
    auto arguments = std::make_shared<Arguments>();
    auto* command = check.add_subcommand("rules", "Check whether rule files are valid");
    command->add_option("FILE", arguments->files, "Rule files")->required();
    command->add_option("--lint", arguments->lint, "Which lint checks to make: all, duplicate-rules, none")
        ->check(CLI::IsMember({"all", "duplicate-rules", "none"}))
        ->capture_default_str();
    command->add_flag("--lint-fatal", arguments->lintFatal, "Lint findings end with exit code 3");
    command->callback([arguments, &result] {
        Verdict worst = Verdict::Good;
        for (const auto& file : arguments->files)
            worst = std::max(worst, checkFile(file, arguments->lint != "none"));
        if (worst == Verdict::Wrong)
            result.exitCode = 1;
        else if (worst == Verdict::Lint && arguments->lintFatal)
            result.exitCode = 3;
        else
            result.exitCode = 0;
    });
}

}  // namespace holdfast::commands
