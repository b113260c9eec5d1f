#include "app/commands/check_control.h"

#include "app/base/duration.h"
#include "app/config/load_config.h"
#include "app/control/adapter.h"

#include <CLI/CLI.hpp>
#include <re2/re2.h>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

namespace holdfast::commands {

namespace {

std::string requestsOf(const config::ControlGroupConfig& group, const control::Adapter& adapter)
{
    const std::string host = group.endpoints.empty() ? "HOST:PORT" : group.endpoints.front();
    control::Endpoint endpoint;
    endpoint.group = group.name;
    endpoint.instance = endpoint.address = host;
    endpoint.url = adapter.urlFor(host, group.path);
    endpoint.readToken = group.readToken.empty() ? "" : "set";
    endpoint.actToken = group.actToken.empty() ? "" : "set";
    std::string text;
    for (const control::Reading& example : adapter.examples())
        for (const control::Option& option : adapter.shape(example)->options) {
            control::Change change;
            change.key = example.key;
            change.mode = option.value;
            change.ttlS = 900;
            change.reason = "REASON";
            change.actor = "ACTOR";
            change.requestId = "ID";
            change.before = example;
            text += "    " + option.label + ": " + adapter.describe(endpoint, change) + "\n";
        }
    return text;
}

/// What is wrong with a group; empty when it can work.
std::vector<std::string> problemsOf(const config::ControlGroupConfig& group)
{
    std::vector<std::string> problems;
    if (const auto adapter = control::makeAdapter(group); !adapter.ok())
        problems.push_back(adapter.error().message);
    if (group.jobRegex.empty() && group.endpoints.empty())
        problems.emplace_back("it names neither jobs nor endpoints");
    if (const RE2 jobs(group.jobRegex, RE2::Quiet); !jobs.ok())
        problems.push_back("its jobs are no regular expression: " + jobs.error());
    for (const config::Secret* secret : {&group.readToken, &group.actToken})
        if (!secret->file.empty())
            if (const auto text = config::secretText(*secret); !text.ok())
                problems.push_back(text.error().message);
    if (group.actToken.empty())
        problems.emplace_back("it has no token to act with, so it can only be read");
    return problems;
}

void checkControl(const std::string& file, CommandResult& result)
{
    const auto config = config::loadConfig(file);
    if (!config.ok()) {
        std::fprintf(stderr, "%s\n", config.error().message.c_str());
        result.exitCode = 1;
        return;
    }
    if (config->holdfast.controls.empty())
        std::printf("%s has no control groups\n", file.c_str());
    for (const config::ControlGroupConfig& group : config->holdfast.controls) {
        std::printf("%s:%d: group %s, adapter %s, holds up to %s, %s\n", file.c_str(), group.line, group.name.c_str(),
                    group.adapter.c_str(), formatDuration(group.maxHoldMs).c_str(),
                    group.armed ? "armed from the start" : "read-only until armed");
        for (const std::string& problem : problemsOf(group)) {
            std::printf("  PROBLEM: %s\n", problem.c_str());
            result.exitCode = 1;
        }
        if (const auto adapter = control::makeAdapter(group); adapter.ok())
            std::printf("%s", requestsOf(group, **adapter).c_str());
    }
}

}  // namespace

void addCheckControlCommand(CLI::App& check, CommandResult& result)
{
    CLI::App* command = check.add_subcommand("control", "Check control groups and show the requests they would send");
    const auto file = std::make_shared<std::string>();
    command->add_option("FILE", *file, "Configuration file")->required();
    command->callback([file, &result] { checkControl(*file, result); });
}

}  // namespace holdfast::commands
