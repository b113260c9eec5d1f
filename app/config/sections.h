#pragma once

#include "app/config/config.h"
#include "app/config/yaml_section.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// One function a section of the file. Each reads its keys from an open mapping, so that sections which share keys
/// (every service discovery has those of an HTTP client) can be put together; the caller finishes it.
namespace holdfast::config {

/// Where relative paths in a file are rooted.
struct Paths {
    std::string folder;
    [[nodiscard]] std::string resolve(const std::string& path) const;
};

/// basic_auth, authorization, bearer_token, tls_config, proxy_url … (prometheus/common config.HTTPClientConfig).
void readHttpClient(Section& section, const Paths& paths, HttpClientConfig& http);
void readTls(Section& parent, const Paths& paths, TlsConfig& tls);

/// One of relabel_configs' kin (Prometheus model/relabel).
void readRelabelConfigs(Section& section, std::string_view key, std::vector<RelabelConfig>& configs);

/// static_configs, file_sd_configs and every other *_sd_configs key; the latter are checked and warned about.
struct Discovery {
    std::vector<TargetGroup> groups;
    std::vector<FileSdConfig> files;
};
void readDiscovery(Section& section, const Paths& paths, Discovery& discovery);
/// Static addresses must be host:port, unless relabeling may change them.
void checkAddresses(Section& section, const Discovery& discovery);

/// Limits and intervals that jobs inherit.
struct ScrapeDefaults {
    ScrapeConfig limits;
    std::int64_t intervalMs = 60'000;
    std::int64_t timeoutMs = 10'000;
};
void readGlobal(Section& section, Config& config, ScrapeDefaults& defaults);
void readScrapeLimits(Section& section, ScrapeConfig& scrape);
void readScrapeConfig(Section& section, const Paths& paths, const ScrapeDefaults& defaults, ScrapeConfig& scrape);

void readAlerting(Section& section, const Paths& paths, std::vector<AlertmanagerTarget>& alertmanagers);
void readRemotes(Section& root, const Paths& paths);
void readTracing(Section& section, const Paths& paths);
void readHoldfast(Section& section, const Paths& paths, HoldfastConfig& holdfast);
void readNotify(Section& section, const Paths& paths, NotifyConfig& notify);
/// `key` or `key`_file: at most one of them.
void readSecretKeys(Section& section, const Paths& paths, const std::string& key, Secret& secret);

/// "[a-zA-Z_][a-zA-Z0-9_]*"; fails at `at` where it is not.
void checkLabelName(Findings& findings, const YAML::Mark& at, const std::string& name);
[[nodiscard]] bool isHttpUrl(std::string_view url);

/// The tree with every secret as <secret>, as YAML text.
[[nodiscard]] std::string redactedYaml(const YAML::Node& root);

}  // namespace holdfast::config
