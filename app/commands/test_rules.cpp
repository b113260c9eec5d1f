#include "app/commands/test_rules.h"

#include "app/rules/test/unit_test_run.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

namespace holdfast::commands {

namespace {

bool passes(const std::string& file)
{
    std::printf("Unit Testing:  %s\n", file.c_str());
    std::fflush(stdout);
    const auto findings = rules::runUnitTests(rules::readUnitTestFile(file));
    if (findings.empty()) {
        std::fputs("  SUCCESS\n\n", stdout);
        return true;
    }
    std::fputs("  FAILED:\n", stderr);
    for (const auto& finding : findings)
        std::fprintf(stderr, "%s\n", finding.c_str());
    std::fputs("\n", stdout);
    return false;
}

}  // namespace

void addTestRulesCommand(CLI::App& test, CommandResult& result)
{
    auto files = std::make_shared<std::vector<std::string>>();
    auto* command = test.add_subcommand("rules", "Unit tests for rules, in promtool's format");
    command->add_option("FILE", *files, "Files of unit tests")->required();
    command->callback([files, &result] {
        result.exitCode = 0;
        for (const auto& file : *files) {
            if (!passes(file))
                result.exitCode = 1;
        }
    });
}

}  // namespace holdfast::commands
