#include "app/commands/check_control.h"

#include "app/base/duration.h"
#include "app/config/load_config.h"
#include "app/control/adapter.h"
#include "app/control/preset_facts.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <re2/re2.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace holdfast::commands {

namespace {

using control::PresetFacts;
using control::PresetSketch;

/// What was found of one group, or of a preset alone.
struct Finding {
    std::string heading;
    std::string name, adapter;
    int line = 0;
    std::optional<PresetFacts> preset;
    std::vector<std::string> problems;
    std::vector<PresetSketch> requests;
};

std::vector<PresetSketch> requestsOf(const config::ControlGroupConfig& group, const control::Adapter& adapter)
{
    const std::string host = group.endpoints.empty() ? "HOST:PORT" : group.endpoints.front();
    control::Endpoint endpoint;
    endpoint.group = group.name;
    endpoint.instance = endpoint.address = host;
    endpoint.url = adapter.urlFor(host, group.path);
    endpoint.readToken = group.readToken.empty() ? "" : "set";
    endpoint.actToken = group.actToken.empty() ? "" : "set";
    std::vector<PresetSketch> requests;
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
            requests.push_back({option.label + " (" + option.value + ")", adapter.describe(endpoint, change)});
        }
    return requests;
}

Finding findingOf(const config::ControlGroupConfig& group, const std::string& file)
{
    Finding finding;
    finding.name = group.name;
    finding.adapter = group.adapter;
    finding.line = group.line;
    finding.heading = file + ":" + std::to_string(group.line) + ": group " + group.name + ", adapter " + group.adapter
                      + ", holds up to " + formatDuration(group.maxHoldMs) + ", "
                      + (group.armed ? "armed from the start" : "read-only until armed");
    bool wantsToken = group.adapter == "holdfast";
    if (control::namesPreset(group.adapter)) {
        if (auto facts = control::presetFacts(group, true); facts.ok()) {
            wantsToken = facts->auth != "none" && facts->readOnly.empty();
            finding.requests = facts->requests;
            finding.preset = std::move(*facts);
        } else {
            finding.problems.push_back(facts.error().message);
        }
    } else if (const auto adapter = control::makeAdapter(group); adapter.ok()) {
        finding.requests = requestsOf(group, **adapter);
    } else {
        finding.problems.push_back(adapter.error().message);
    }
    if (const auto verifier = control::makeVerifier(group); !verifier.ok())
        finding.problems.push_back(verifier.error().message);
    if (group.jobRegex.empty() && group.endpoints.empty())
        finding.problems.emplace_back("it names neither jobs nor endpoints");
    if (const RE2 jobs(group.jobRegex, RE2::Quiet); !jobs.ok())
        finding.problems.push_back("its jobs are no regular expression: " + jobs.error());
    for (const config::Secret* secret : {&group.readToken, &group.actToken})
        if (!secret->file.empty())
            if (const auto text = config::secretText(*secret); !text.ok())
                finding.problems.push_back(text.error().message);
    if (wantsToken && group.actToken.empty())
        finding.problems.emplace_back("it has no token to act with, so it can only be read");
    return finding;
}

/// A preset's own file, or the name of a built-in one, without a group around it.
Finding findingOfPreset(const std::string& file)
{
    config::ControlGroupConfig group;
    group.name = group.adapter = file;
    Finding finding;
    finding.name = finding.adapter = file;
    finding.heading = file + ": a preset";
    if (auto facts = control::presetFacts(group, false); facts.ok()) {
        finding.requests = facts->requests;
        finding.preset = std::move(*facts);
    } else {
        finding.problems.push_back(facts.error().message);
    }
    return finding;
}

Result<std::vector<Finding>> check(const std::string& file)
{
    std::ifstream in(file, std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(in), {});
    const bool builtin = !in && control::namesPreset(file);
    if (builtin || RE2::PartialMatch(text, "(?m)^preset\\s*:")) {
        if (!control::namesPreset(file))
            return Error{file + ": a preset's file is named with .yml or .yaml at its end", ErrorKind::BadInput};
        return std::vector<Finding>{findingOfPreset(file)};
    }
    HF_TRY(const config::Config config, config::loadConfig(file));
    std::vector<Finding> findings;
    for (const config::ControlGroupConfig& group : config.holdfast.controls)
        findings.push_back(findingOf(group, file));
    return findings;
}

void print(const Finding& finding)
{
    std::printf("%s\n", finding.heading.c_str());
    for (const std::string& problem : finding.problems)
        std::printf("  PROBLEM: %s\n", problem.c_str());
    if (finding.preset) {
        const PresetFacts& preset = *finding.preset;
        std::printf("  %s: kind %s, %s; %s; shown to work against %s\n", preset.title.c_str(), preset.kind.c_str(),
                    preset.scope == "cluster" ? "one change reaches all" : "a change goes to each instance",
                    preset.hold.c_str(),
                    preset.proven == "real"       ? "the real system"
                    : preset.proven == "stand-in" ? "a stand-in of the system"
                                                  : "nothing yet");
        if (!preset.readOnly.empty())
            std::printf("  read only: %s\n", preset.readOnly.c_str());
    }
    for (const PresetSketch& request : finding.requests)
        std::printf("    %s: %s\n", request.what.c_str(), request.request.c_str());
}

nlohmann::json jsonOf(const Finding& finding)
{
    nlohmann::json requests = nlohmann::json::array();
    for (const PresetSketch& request : finding.requests)
        requests.push_back({{"what", request.what}, {"request", request.request}});
    nlohmann::json made{{"name", finding.name},
                        {"adapter", finding.adapter},
                        {"line", finding.line},
                        {"problems", finding.problems},
                        {"requests", requests}};
    if (finding.preset)
        made["preset"] = {{"name", finding.preset->name},         {"title", finding.preset->title},
                          {"about", finding.preset->about},       {"proven", finding.preset->proven},
                          {"kind", finding.preset->kind},         {"scope", finding.preset->scope},
                          {"auth", finding.preset->auth},         {"hold", finding.preset->hold},
                          {"read_only", finding.preset->readOnly}};
    return made;
}

void checkControl(const std::string& file, bool json, CommandResult& result)
{
    const auto findings = check(file);
    if (!findings.ok()) {
        if (json)
            std::printf("%s\n", nlohmann::json{{"file", file}, {"error", findings.error().message}}.dump(2).c_str());
        else
            std::fprintf(stderr, "%s\n", findings.error().message.c_str());
        result.exitCode = 1;
        return;
    }
    nlohmann::json groups = nlohmann::json::array();
    for (const Finding& finding : *findings) {
        if (!finding.problems.empty())
            result.exitCode = 1;
        if (json)
            groups.push_back(jsonOf(finding));
        else
            print(finding);
    }
    if (json)
        std::printf("%s\n", nlohmann::json{{"file", file}, {"groups", groups}}
                                .dump(2, ' ', false, nlohmann::json::error_handler_t::replace)
                                .c_str());
    else if (findings->empty())
        std::printf("%s has no control groups\n", file.c_str());
}

}  // namespace

void addCheckControlCommand(CLI::App& check, CommandResult& result)
{
    CLI::App* command = check.add_subcommand("control", "Check control groups and show the requests they would send");
    const auto file = std::make_shared<std::string>();
    const auto json = std::make_shared<bool>(false);
    command->add_option("FILE", *file, "Configuration file, preset file, or the name of a built-in preset")->required();
    command->add_flag("--json", *json, "Answer in JSON");
    command->callback([file, json, &result] { checkControl(*file, *json, result); });
}

}  // namespace holdfast::commands
