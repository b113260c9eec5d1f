#include "app/config/sections.h"

#include <algorithm>
#include <set>

namespace holdfast::config {

namespace {

/// Headers that the sender sets itself. Source: Prometheus config/config.go, reservedHeaders.
void checkHeaders(Section& section, bool authorization)
{
    section.pairs("headers", [&](const std::string& name, const YAML::Node&, const YAML::Mark& at) {
        std::string lower(name);
        std::ranges::transform(lower, lower.begin(),
                               [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        static const std::set<std::string, std::less<>> reserved{"host",
                                                                 "content-encoding",
                                                                 "content-length",
                                                                 "content-type",
                                                                 "user-agent",
                                                                 "connection",
                                                                 "keep-alive",
                                                                 "proxy-authenticate",
                                                                 "proxy-authorization",
                                                                 "www-authenticate",
                                                                 "accept-encoding",
                                                                 "x-prometheus-remote-write-version",
                                                                 "x-prometheus-remote-read-version",
                                                                 "x-amz-date",
                                                                 "x-amz-security-token",
                                                                 "x-amz-content-sha256"};
        if (authorization && lower == "authorization")
            section.findings().fail(at, "authorization belongs into the key authorization, not into headers");
        else if (reserved.contains(lower))
            section.findings().fail(at, "header \"" + name + "\" is set by the sender itself");
    });
}

void readRemote(Section& root, const Paths& paths, std::string_view key)
{
    const bool write = key == "remote_write";
    std::set<std::string, std::less<>> names;
    root.each(key, [&](const YAML::Node& node, const std::string& name, const YAML::Mark& mark) {
        Section entry(root.findings(), node, name, mark);
        std::string url;
        std::string label;
        std::int64_t timeout = 0;
        entry.text("url", url);
        if (url.empty())
            return entry.failAt("url", "is missing or empty");
        entry.text("name", label);
        if (!label.empty() && !names.insert(label).second)
            return entry.failAt("name", "a second " + std::string(key) + " with the name \"" + label + "\"");
        entry.duration("remote_timeout", timeout);
        checkHeaders(entry, true);
        if (write) {
            std::vector<RelabelConfig> relabel;
            readRelabelConfigs(entry, "write_relabel_configs", relabel);
            if (auto queue = entry.section("queue_config")) {
                queue->accept({"capacity", "max_shards", "min_shards", "max_samples_per_send", "batch_send_deadline",
                               "min_backoff", "max_backoff", "retry_on_http_429", "sample_age_limit"});
                queue->finish();
            }
            if (auto metadata = entry.section("metadata_config")) {
                metadata->accept({"send", "send_interval", "max_samples_per_send"});
                metadata->finish();
            }
            entry.accept({"protobuf_message", "send_exemplars", "send_native_histograms", "round_robin_dns", "sigv4",
                          "azuread", "google_iam"});
        } else {
            entry.accept({"read_recent", "required_matchers", "filter_external_labels", "chunked_read_limit"});
        }
        HttpClientConfig http;
        readHttpClient(entry, paths, http);
        entry.finish();
    });
    if (root.hasValue(key))
        root.findings().warn(root.markOf(key), std::string(key) + ": checked, but not supported yet; nothing is "
                                                   + (write ? "sent" : "read"));
}

}  // namespace

void readRemotes(Section& root, const Paths& paths)
{
    readRemote(root, paths, "remote_write");
    readRemote(root, paths, "remote_read");
}

void readAlerting(Section& section, const Paths& paths, std::vector<AlertmanagerTarget>& alertmanagers)
{
    std::vector<RelabelConfig> relabel;
    readRelabelConfigs(section, "alert_relabel_configs", relabel);
    if (!relabel.empty())
        section.findings().warn(section.markOf("alert_relabel_configs"),
                                "alerting.alert_relabel_configs: not supported yet; alerts are sent as they are");
    section.each("alertmanagers", [&](const YAML::Node& node, const std::string& name, const YAML::Mark& mark) {
        Section entry(section.findings(), node, name, mark);
        std::string scheme = "http";
        std::string version = "v2";
        std::string prefix;
        AlertmanagerTarget target;
        entry.text("scheme", scheme);
        entry.word("api_version", version, {"v1", "v2"});
        entry.duration("timeout", target.timeoutMs);
        entry.text("path_prefix", prefix);
        entry.notDone({"sigv4"}, "not supported; alerts are sent without it");
        if (version == "v1")
            entry.findings().warn(entry.markOf("api_version"),
                                  entry.path("api_version") + ": v1 is gone from Alertmanager; v2 is spoken");
        std::vector<RelabelConfig> targets;
        readRelabelConfigs(entry, "relabel_configs", targets);
        std::vector<RelabelConfig> alerts;
        readRelabelConfigs(entry, "alert_relabel_configs", alerts);
        for (const char* key : {"relabel_configs", "alert_relabel_configs"})
            if (entry.hasValue(key))
                entry.findings().warn(entry.markOf(key), entry.path(key) + ": not supported yet");
        Discovery discovery;
        readDiscovery(entry, paths, discovery);
        if (targets.empty())
            checkAddresses(entry, discovery);
        if (!discovery.files.empty())
            entry.findings().warn(entry.markOf("file_sd_configs"),
                                  entry.path("file_sd_configs") + ": not supported here yet; give static_configs");
        readHttpClient(entry, paths, target.http);
        entry.finish();
        while (!prefix.empty() && prefix.back() == '/')
            prefix.pop_back();
        if (!prefix.empty() && prefix.front() != '/')
            prefix.insert(0, 1, '/');
        for (const TargetGroup& group : discovery.groups)
            for (const std::string& address : group.targets) {
                target.url = scheme + "://" + address + prefix;
                alertmanagers.push_back(target);
            }
    });
    section.finish();
}

void readTracing(Section& section, const Paths& paths)
{
    std::string text;
    double fraction = 0;
    std::int64_t timeout = 0;
    bool insecure = false;
    text = "grpc";
    section.word("client_type", text, {"http", "grpc"});
    section.number("sampling_fraction", fraction);
    section.flag("insecure", insecure);
    text.clear();
    section.word("compression", text, {"", "gzip"});
    section.duration("timeout", timeout);
    checkHeaders(section, true);
    TlsConfig tls;
    readTls(section, paths, tls);
    std::string endpoint;
    section.text("endpoint", endpoint);
    if (endpoint.empty())
        section.failAt("endpoint", "tracing needs an endpoint");
    section.finish();
}

}  // namespace holdfast::config
