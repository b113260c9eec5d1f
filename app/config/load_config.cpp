#include "app/config/load_config.h"

#include "app/config/secret_source.h"
#include "app/config/sections.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <set>

namespace holdfast::config {

namespace {

/// A configuration is text that people write: more than this is a mistake, not a configuration.
constexpr std::size_t longestFile = 64U << 20U;

Result<std::string> readFile(const std::string& path)
{
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rbe"), &std::fclose);
    if (!file)
        return Error{path + ": " + std::strerror(errno),  // NOLINT(concurrency-mt-unsafe)
                     errno == ENOENT ? ErrorKind::NotFound : ErrorKind::Failed};
    std::string text;
    char buffer[65'536];
    for (std::size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, file.get())) > 0;) {
        text.append(buffer, n);
        if (text.size() > longestFile)
            return Error{path + ": larger than 64 MiB", ErrorKind::Limit};
    }
    if (std::ferror(file.get()) != 0)
        return Error{path + ": cannot be read (is it a folder?)", ErrorKind::Failed};
    return text;
}

void readRuleFiles(Section& root, Config& config)
{
    root.texts("rule_files", config.ruleFiles);
    for (const std::string& file : config.ruleFiles) {
        const auto star = file.find('*');
        if (star != std::string::npos && file.find('/', star) != std::string::npos)
            root.failAt("rule_files", "\"" + file + "\": * is only allowed in the last part of the path");
    }
}

void readScrapeConfigs(Section& root, const Paths& paths, const ScrapeDefaults& defaults, Config& config)
{
    std::set<std::string, std::less<>> names;
    root.each("scrape_configs", [&](const YAML::Node& node, const std::string& name, const YAML::Mark& mark) {
        Section entry(root.findings(), node, name, mark);
        ScrapeConfig& scrape = config.scrapeConfigs.emplace_back();
        readScrapeConfig(entry, paths, defaults, scrape);
        if (!names.insert(scrape.jobName).second)
            entry.failAt("job_name", "a second scrape configuration with the name \"" + scrape.jobName + "\"");
    });
}

void readStorage(Section& section)
{
    if (auto tsdb = section.section("tsdb")) {
        std::int64_t window = 0;
        tsdb->duration("out_of_order_time_window", window);
        tsdb->accept({"retention", "stale_series_compaction_threshold"});
        tsdb->finish();
    }
    if (auto exemplars = section.section("exemplars")) {
        exemplars->accept({"max_exemplars"});
        exemplars->finish();
    }
    section.finish();
}

void readAll(Section& root, const Paths& paths, Config& config)
{
    ScrapeDefaults defaults;
    if (auto global = root.section("global")) {
        readGlobal(*global, config, defaults);
        global->finish();
    }
    if (auto runtime = root.section("runtime")) {
        runtime->accept({"gogc"});
        runtime->finish();
        root.findings().warn(root.markOf("runtime"), "runtime: settings of Go's garbage collector; there is none here");
    }
    readRuleFiles(root, config);
    root.notDone({"scrape_config_files"}, "not supported yet; put the jobs under scrape_configs");
    readScrapeConfigs(root, paths, defaults, config);
    if (auto alerting = root.section("alerting"))
        readAlerting(*alerting, paths, config.alertmanagers);
    readRemotes(root, paths);
    if (auto storage = root.section("storage")) {
        readStorage(*storage);
        root.findings().warn(root.markOf("storage"), "storage: Prometheus's own; use holdfast.storage");
    }
    if (auto tracing = root.section("tracing")) {
        readTracing(*tracing, paths);
        root.findings().warn(root.markOf("tracing"), "tracing: checked, but not supported");
    }
    if (auto otlp = root.section("otlp")) {
        otlp->accept({"promote_all_resource_attributes", "promote_resource_attributes", "ignore_resource_attributes",
                      "translation_strategy", "keep_identifying_resource_attributes", "convert_histograms_to_nhcb",
                      "promote_scope_metadata", "label_name_underscore_sanitization",
                      "label_name_preserve_multiple_underscores"});
        otlp->finish();
        root.findings().warn(root.markOf("otlp"), "otlp: not supported");
    }
    if (auto holdfast = root.section("holdfast"))
        readHoldfast(*holdfast, paths, config.holdfast);
    root.finish();
}

}  // namespace

Result<Config> parseConfig(std::string_view text, const std::string& file)
{
    Config config;
    config.file = file;
    Findings findings(file.empty() ? "configuration" : file);
    try {
        const YAML::Node document = YAML::Load(std::string(text));
        Section root(findings, document, "", YAML::Mark());
        const Paths paths{std::filesystem::path(file).parent_path().string()};
        if (!findings.failed())
            readAll(root, paths, config);
        if (!findings.failed())
            config.redactedYaml = redactedYaml(document);
    } catch (const YAML::Exception& e) {
        findings.fail(e.mark, "not readable as YAML: " + e.msg);
    }
    if (findings.failed())
        return *findings.error();
    config.warnings = findings.takeWarnings();
    return config;
}

Result<Config> loadConfig(const std::string& path)
{
    HF_TRY(const std::string text, readFile(path));
    return parseConfig(text, path);
}

Result<std::string> secretText(const Secret& secret)
{
    if (!secret.env.empty())
        return environmentSecret(secret.env);
    if (!secret.keyring.empty())
        return keyringSecret(secret.keyring);
    if (secret.file.empty())
        return secret.text;
    HF_TRY(std::string text, readFile(secret.file));
    // As Prometheus does: surrounding white space is no part of a secret.
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string::npos)
        return std::string();
    return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

}  // namespace holdfast::config
