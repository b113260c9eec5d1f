#pragma once

#include "app/config/http_client_config.h"
#include "app/config/notify_config.h"
#include "app/model/label_set.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace holdfast::config {

enum class RelabelAction {
    Replace,
    Keep,
    Drop,
    KeepEqual,
    DropEqual,
    HashMod,
    LabelMap,
    LabelDrop,
    LabelKeep,
    Lowercase,
    Uppercase
};

/// One step of relabel_configs, defaults as in Prometheus model/relabel.
struct RelabelConfig {
    std::vector<std::string> sourceLabels;
    std::string separator = ";";
    std::string targetLabel;
    std::string regex = "(.*)";
    std::uint64_t modulus = 0;
    std::string replacement = "$1";
    RelabelAction action = RelabelAction::Replace;
};

/// Targets that share labels.
struct TargetGroup {
    std::string source;  ///< "static/0", or the file they were read from
    std::vector<std::string> targets;
    LabelSet labels;
};

struct FileSdConfig {
    std::vector<std::string> files;
    std::int64_t refreshMs = 300'000;
};

struct ScrapeConfig {
    std::string jobName;
    std::int64_t intervalMs = 60'000;
    std::int64_t timeoutMs = 10'000;
    std::string metricsPath = "/metrics";
    std::string scheme = "http";
    std::map<std::string, std::vector<std::string>> params;
    bool honorLabels = false;
    bool honorTimestamps = true;
    bool enableCompression = true;
    HttpClientConfig http;
    std::string fallbackScrapeProtocol;        ///< "PrometheusText0.0.4", "OpenMetricsText1.0.0" …; empty: refuse
    std::uint64_t bodySizeLimit = 64U << 20U;  ///< bytes, decompressed
    std::uint64_t sampleLimit = 200'000;
    std::uint64_t targetLimit = 0;  ///< 0: none
    std::uint64_t labelLimit = 0;
    std::uint64_t labelNameLengthLimit = 0;
    std::uint64_t labelValueLengthLimit = 0;
    std::vector<TargetGroup> staticConfigs;
    std::vector<FileSdConfig> fileSdConfigs;
    std::vector<RelabelConfig> relabelConfigs;
    std::vector<RelabelConfig> metricRelabelConfigs;
};

/// What the operator says of a service; everything can be left out.
struct ServiceConfig {
    int tier = 2;                      ///< 1 is the most important
    std::vector<std::string> aliases;  ///< other names in metrics and breaker names
    std::vector<std::string> dependsOn;
    double availability = 0.99;              ///< objective: share of requests without error
    std::int64_t latencyMs = 500;            ///< objective: p99 at most this
    double latencyObjective = 0.95;          ///< share of requests that keep latencyMs
    std::map<std::string, double> ceilings;  ///< resource → safe utilisation, (0, 1]
    std::string fallback;                    ///< what users see while its breaker is open
};

/// Somebody who may say yes to what another one asks for.
struct ApproverConfig {
    std::string name;
    Secret token;
};

/// Where controls come from: one adapter over the instances of some jobs, or over fixed endpoints.
struct ControlGroupConfig {
    std::string name;
    std::string adapter = "holdfast";    ///< "holdfast" = app/resilience/PROTOCOL.md; others by preset name
    std::string jobRegex;                ///< instances of these jobs …
    std::vector<std::string> endpoints;  ///< … or these, "host:port"
    std::string path;                    ///< before the adapter's own paths; empty: the adapter's default
    Secret readToken;
    Secret actToken;
    bool armed = false;  ///< armed from the start; the default is read-only until armed
    std::int64_t maxHoldMs = 4LL * 3'600'000;
    std::vector<std::string> highBlast;           ///< callees or ids that always need their name typed
    std::map<std::string, std::string> settings;  ///< for the adapter or preset; `verify` names a second path
    std::string approval;                         ///< "second": acts wait for another person; empty: they do not
    std::vector<ApproverConfig> approvers;
    std::int64_t coolDownMs = 2'000;  ///< between two acts on one control
    std::uint64_t actsPerMinute = 30;
    int line = 0;
};

struct StorageConfig {
    std::int64_t retentionMs = 15LL * 86'400'000;
    std::uint64_t retentionBytes = 0;  ///< 0: by age only
    std::int64_t outOfOrderMs = 30LL * 60'000;
};

/// The key `holdfast:`.
struct HoldfastConfig {
    std::string environment = "LOCAL";  ///< shown in the window's corner: PROD, STAGING, DEMO …
    std::string operatorName;           ///< who acts; the OS user where empty
    std::map<std::string, ServiceConfig> services;
    std::vector<std::string> signalProfiles;  ///< files with further profiles
    std::vector<ControlGroupConfig> controls;
    StorageConfig storage;
    bool defaultRules = true;  ///< evaluate the rules that come with Holdfast
    NotifyConfig notify;
    DeploysConfig deploys;
};

/// What a file asked for that is understood but not done, named so that nothing is dropped in silence.
struct ConfigWarning {
    std::string file;
    int line = 0;
    int column = 0;
    std::string message;
};

/// A whole configuration file: a prometheus.yml plus the key `holdfast:`. Value type.
struct Config {
    std::string file;  ///< empty for the built-in defaults
    std::int64_t scrapeIntervalMs = 60'000;
    std::int64_t scrapeTimeoutMs = 10'000;
    std::int64_t evaluationIntervalMs = 60'000;
    LabelSet externalLabels;
    std::vector<std::string> ruleFiles;  ///< globs, relative to the file's folder until resolved
    std::vector<ScrapeConfig> scrapeConfigs;
    std::vector<AlertmanagerTarget> alertmanagers;  ///< `alerting: alertmanagers:`
    HoldfastConfig holdfast;
    std::vector<ConfigWarning> warnings;
    std::string redactedYaml;  ///< the file as YAML with every secret as <secret>: what status/config may show
};

}  // namespace holdfast::config
