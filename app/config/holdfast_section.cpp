#include "app/config/sections.h"

#include <re2/re2.h>

#include <algorithm>

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

void readControl(Section& section, const Paths& paths, ControlGroupConfig& control)
{
    control.line = section.mark().line + 1;
    section.text("name", control.name);
    if (control.name.empty())
        return section.failAt("name", "every control group needs a name");
    section.text("adapter", control.adapter);
    section.text("jobs", control.jobRegex);
    section.texts("endpoints", control.endpoints);
    section.text("path", control.path);
    readSecretKeys(section, paths, "read_token", control.readToken);
    readSecretKeys(section, paths, "act_token", control.actToken);
    section.flag("armed", control.armed);
    section.duration("max_hold", control.maxHoldMs);
    section.texts("high_blast", control.highBlast);
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
        else
            section.findings().fail(at, section.path("settings") + "." + key + ": expected a text");
    });
    section.finish();
}

}  // namespace

void readSecretKeys(Section& section, const Paths& paths, const std::string& key, Secret& secret)
{
    section.text(key, secret.text);
    section.text(key + "_file", secret.file);
    secret.file = paths.resolve(secret.file);
    if (!secret.text.empty() && !secret.file.empty())
        section.failAt(key, "give either " + key + " or " + key + "_file, not both");
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
