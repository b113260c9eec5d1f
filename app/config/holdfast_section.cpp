#include "app/config/sections.h"

#include <re2/re2.h>

#include <algorithm>
#include <optional>
#include <string>

namespace holdfast::config {

namespace {

void checkShare(const Section& section, std::string_view key, double value)
{
    if (!(value > 0 && value <= 1))
        section.failAt(key, "expected a share above 0 and at most 1, like 0.99");
}

void readService(Section& section, ServiceConfig& service)
{
    std::uint64_t tier = 2;
    section.count("tier", tier);
    if (tier < 1 || tier > 9)
        section.failAt("tier", "expected 1 (most important) to 9");
    service.tier = static_cast<int>(tier);
    section.texts("aliases", service.aliases);
    section.texts("depends_on", service.dependsOn);
    section.number("availability", service.availability);
    checkShare(section, "availability", service.availability);
    section.duration("latency", service.latencyMs);
    section.number("latency_objective", service.latencyObjective);
    checkShare(section, "latency_objective", service.latencyObjective);
    section.text("fallback", service.fallback);
    if (auto ceilings = section.section("ceilings")) {
        ceilings->eachOther([&](const std::string& resource, const YAML::Node& node, const YAML::Mark& at) {
            const auto text = scalarText(node);
            double value = 0;
            try {
                value = node.as<double>();
            } catch (const YAML::Exception&) {
                section.findings().fail(at, section.path("ceilings") + "." + resource + ": expected a number");
                return;
            }
            if (!(value > 0 && value <= 1))
                section.findings().fail(at, section.path("ceilings") + "." + resource
                                                + ": expected a share above 0 and at most 1, found "
                                                + text.value_or(""));
            service.ceilings[resource] = value;
        });
    }
    section.finish();
}

void readApproval(Section& section, const Paths& paths, ControlGroupConfig& control)
{
    section.text("approval", control.approval);
    section.each("approvers", [&](const YAML::Node& node, const std::string& name, const YAML::Mark& mark) {
        Section entry(section.findings(), node, name, mark);
        ApproverConfig& approver = control.approvers.emplace_back();
        entry.text("name", approver.name);
        readSecretKeys(entry, paths, "token", approver.token);
        if (approver.name.empty())
            entry.failAt("name", "every approver needs a name");
        if (approver.token.empty())
            entry.failAt("token", "every approver needs a token: token, token_file, token_env or token_keyring");
        entry.finish();
    });
    if (!control.approval.empty() && control.approval != "second")
        section.failAt("approval", "expected second: another person has to say yes");
    if (control.approval == "second" && control.approvers.empty())
        section.failAt("approvers", "approval: second needs at least one approver with a token");
}

/// A list of texts in JSON's form, ["a","b c"]; nothing for any other node.
std::optional<std::string> listText(const YAML::Node& node)
{
    if (!node.IsSequence())
        return std::nullopt;
    std::string list = "[";
    for (const YAML::Node& item : node) {
        const auto text = scalarText(item);
        if (!text)
            return std::nullopt;
        list += list.size() == 1 ? "\"" : ",\"";
        for (const char c : *text) {
            if (static_cast<unsigned char>(c) < 0x20)
                return std::nullopt;
            if (c == '"' || c == '\\')
                list += '\\';
            list += c;
        }
        list += '"';
    }
    return list + "]";
}

void readControl(Section& section, const Paths& paths, ControlGroupConfig& control)
{
    control.line = section.mark().line + 1;
    section.text("name", control.name);
    if (control.name.empty())
        return section.failAt("name", "every control group needs a name");
    section.text("adapter", control.adapter);
    if (control.adapter.ends_with(".yml") || control.adapter.ends_with(".yaml"))
        control.adapter = paths.resolve(control.adapter);
    section.text("jobs", control.jobRegex);
    section.texts("endpoints", control.endpoints);
    section.text("path", control.path);
    readSecretKeys(section, paths, "read_token", control.readToken);
    readSecretKeys(section, paths, "act_token", control.actToken);
    section.flag("armed", control.armed);
    section.duration("max_hold", control.maxHoldMs);
    section.texts("high_blast", control.highBlast);
    readApproval(section, paths, control);
    section.duration("cool_down", control.coolDownMs);
    section.count("acts_per_minute", control.actsPerMinute);
    if (control.coolDownMs < 0 || control.coolDownMs > 3'600'000)
        section.failAt("cool_down", "expected 0s to 1h");
    if (control.actsPerMinute < 1 || control.actsPerMinute > 10'000)
        section.failAt("acts_per_minute", "expected 1 to 10000");
    if (control.jobRegex.empty() == control.endpoints.empty())
        section.fail("give either jobs (a regular expression over job names) or endpoints (host:port)");
    if (const RE2 regex(control.jobRegex, RE2::Quiet); !regex.ok())
        section.failAt("jobs", "\"" + control.jobRegex + "\" is no regular expression: " + regex.error());
    constexpr std::int64_t longestHoldMs = 4LL * 3'600'000;  // the protocol's longest lease
    if (control.maxHoldMs < 1'000 || control.maxHoldMs > longestHoldMs)
        section.failAt("max_hold", "expected 1s to 4h");
    section.pairs("settings", [&](const std::string& key, const YAML::Node& node, const YAML::Mark& at) {
        if (const auto text = scalarText(node))
            control.settings[key] = *text;
        else if (const auto list = listText(node))
            control.settings[key] = *list;
        else
            section.findings().fail(at, section.path("settings") + "." + key + ": expected a text or a list of texts");
    });
    section.finish();
}

}  // namespace

void readSecretKeys(Section& section, const Paths& paths, const std::string& key, Secret& secret)
{
    section.text(key, secret.text);
    section.text(key + "_file", secret.file);
    section.text(key + "_env", secret.env);
    section.text(key + "_keyring", secret.keyring);
    secret.file = paths.resolve(secret.file);
    const int given =
        int(!secret.text.empty()) + int(!secret.file.empty()) + int(!secret.env.empty()) + int(!secret.keyring.empty());
    if (given > 1)
        section.failAt(key, "give one of " + key + ", " + key + "_file, " + key + "_env and " + key
                                + "_keyring, not several");
}

void readHoldfast(Section& section, const Paths& paths, HoldfastConfig& holdfast)
{
    section.text("environment", holdfast.environment);
    section.text("operator", holdfast.operatorName);
    section.flag("default_rules", holdfast.defaultRules);
    section.texts("signal_profiles", holdfast.signalProfiles);
    for (std::string& file : holdfast.signalProfiles)
        file = paths.resolve(file);
    if (auto storage = section.section("storage")) {
        storage->duration("retention", holdfast.storage.retentionMs);
        storage->size("retention_size", holdfast.storage.retentionBytes);
        storage->duration("out_of_order", holdfast.storage.outOfOrderMs);
        storage->finish();
    }
    section.pairs("services", [&](const std::string& name, const YAML::Node& node, const YAML::Mark& at) {
        Section entry(section.findings(), node, section.path("services") + "." + name, at);
        readService(entry, holdfast.services[name]);
    });
    section.each("controls", [&](const YAML::Node& node, const std::string& name, const YAML::Mark& mark) {
        Section entry(section.findings(), node, name, mark);
        ControlGroupConfig& control = holdfast.controls.emplace_back();
        readControl(entry, paths, control);
        const auto same = std::ranges::count(holdfast.controls, control.name, &ControlGroupConfig::name);
        if (same > 1)
            entry.failAt("name", "a second control group with the name \"" + control.name + "\"");
    });
    if (auto notify = section.section("notify"))
        readNotify(*notify, paths, holdfast.notify);
    if (auto deploys = section.section("deploys")) {
        deploys->text("git_tag_file", holdfast.deploys.gitTagFile);
        holdfast.deploys.gitTagFile = paths.resolve(holdfast.deploys.gitTagFile);
        deploys->finish();
    }
    section.finish();
}

}  // namespace holdfast::config
