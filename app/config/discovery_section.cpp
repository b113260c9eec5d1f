#include "app/config/label_name.h"
#include "app/config/sections.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <initializer_list>
#include <span>

namespace holdfast::config {

namespace {

/// A service discovery that Holdfast knows by its keys only: they are checked, its targets are not found.
struct KnownDiscovery {
    std::string_view key;
    std::span<const std::string_view> keys;  ///< beside those of an HTTP client
    std::span<const std::string_view> required;
};

using Names = std::initializer_list<std::string_view>;
constexpr std::span<const std::string_view> none;
constexpr std::string_view azure[] = {"environment",   "port",          "subscription_id",  "tenant_id",
                                      "client_id",     "client_secret", "refresh_interval", "authentication_method",
                                      "resource_group"};
constexpr std::string_view consul[] = {
    "server",           "path_prefix",   "token",  "token_file", "datacenter", "namespace",
    "partition",        "tag_separator", "scheme", "username",   "password",   "allow_stale",
    "refresh_interval", "services",      "tags",   "node_meta",  "filter",     "health_filter"};
constexpr std::string_view refreshPort[] = {"refresh_interval", "port"};
constexpr std::string_view dns[] = {"names", "refresh_interval", "type", "port"};
constexpr std::string_view docker[] = {
    "host", "port", "filters", "host_networking_host", "refresh_interval", "match_first_network"};
constexpr std::string_view swarm[] = {"host", "role", "port", "filters", "refresh_interval"};
constexpr std::string_view ec2[] = {"endpoint", "region",      "access_key",       "secret_key", "profile",
                                    "role_arn", "external_id", "refresh_interval", "port",       "filters"};
constexpr std::string_view lightsail[] = {"endpoint", "region",      "access_key",       "secret_key", "profile",
                                          "role_arn", "external_id", "refresh_interval", "port"};
constexpr std::string_view aws[] = {"role",    "endpoint",    "region",      "access_key",          "secret_key",
                                    "profile", "role_arn",    "external_id", "refresh_interval",    "port",
                                    "filters", "clusters",    "ec2",         "lightsail",           "ecs",
                                    "msk",     "elasticache", "rds",         "request_concurrency", "instances"};
constexpr std::string_view gce[] = {"project", "zone", "filter", "refresh_interval", "port", "tag_separator"};
constexpr std::string_view hetzner[] = {"role", "port", "refresh_interval", "label_selector"};
constexpr std::string_view httpKeys[] = {"url", "refresh_interval"};
constexpr std::string_view ionos[] = {"datacenter_id", "refresh_interval", "port"};
constexpr std::string_view kubernetes[] = {"api_server", "role",      "kubeconfig_file",
                                           "namespaces", "selectors", "attach_metadata"};
constexpr std::string_view kuma[] = {"server", "refresh_interval", "fetch_timeout", "client_id"};
constexpr std::string_view linode[] = {"port", "refresh_interval", "tag_separator", "region"};
constexpr std::string_view marathon[] = {"servers", "refresh_interval", "auth_token", "auth_token_file"};
constexpr std::string_view serverSets[] = {"servers", "paths", "timeout"};
constexpr std::string_view nomad[] = {"allow_stale", "namespace", "refresh_interval",
                                      "region",      "server",    "tag_separator"};
constexpr std::string_view openstack[] = {"identity_endpoint",
                                          "username",
                                          "userid",
                                          "password",
                                          "project_name",
                                          "project_id",
                                          "domain_name",
                                          "domain_id",
                                          "application_credential_name",
                                          "application_credential_id",
                                          "application_credential_secret",
                                          "role",
                                          "region",
                                          "refresh_interval",
                                          "port",
                                          "all_tenants",
                                          "availability"};
constexpr std::string_view ovh[] = {"endpoint",     "application_key",  "application_secret",
                                    "consumer_key", "refresh_interval", "service"};
constexpr std::string_view puppetdb[] = {"url", "query", "include_parameters", "refresh_interval", "port"};
constexpr std::string_view scaleway[] = {
    "project_id",  "api_url",          "zone", "access_key", "secret_key", "secret_key_file", "name_filter",
    "tags_filter", "refresh_interval", "port", "role"};
constexpr std::string_view stackit[] = {"project",
                                        "region",
                                        "endpoint",
                                        "port",
                                        "refresh_interval",
                                        "service_account_key",
                                        "service_account_key_path",
                                        "private_key",
                                        "private_key_path",
                                        "credentials_file_path"};
constexpr std::string_view triton[] = {"account", "role", "dns_suffix",       "endpoint",
                                       "groups",  "port", "refresh_interval", "version"};
constexpr std::string_view uyuni[] = {"server", "username", "password", "entitlement", "separator", "refresh_interval"};
constexpr std::string_view vultr[] = {"port", "refresh_interval", "label", "firewall_group_id"};
constexpr std::string_view serverKeys[] = {"server", "refresh_interval"};

constexpr std::string_view needServer[] = {"server"};
constexpr std::string_view needServers[] = {"servers"};
constexpr std::string_view needSubscription[] = {"subscription_id"};
constexpr std::string_view needNames[] = {"names"};
constexpr std::string_view needHost[] = {"host"};
constexpr std::string_view needUrl[] = {"url"};
constexpr std::string_view needUrlQuery[] = {"url", "query"};
constexpr std::string_view needDatacenter[] = {"datacenter_id"};
constexpr std::string_view needTriton[] = {"account", "dns_suffix", "endpoint"};
constexpr std::string_view needOvh[] = {"endpoint", "application_key", "application_secret", "consumer_key"};
constexpr std::string_view needScaleway[] = {"project_id", "access_key"};
constexpr std::string_view needPaths[] = {"servers", "paths"};
constexpr std::string_view needRole[] = {"role"};
constexpr std::string_view needGce[] = {"project", "zone"};
constexpr std::string_view needHostRole[] = {"host", "role"};
constexpr std::string_view needUyuni[] = {"server", "username", "password"};

const std::array<KnownDiscovery, 29> discoveries{{
    {"aws_sd_configs", aws, needRole},
    {"azure_sd_configs", azure, needSubscription},
    {"consul_sd_configs", consul, none},
    {"digitalocean_sd_configs", refreshPort, none},
    {"dns_sd_configs", dns, needNames},
    {"docker_sd_configs", docker, needHost},
    {"dockerswarm_sd_configs", swarm, needHostRole},
    {"ec2_sd_configs", ec2, none},
    {"eureka_sd_configs", serverKeys, needServer},
    {"gce_sd_configs", gce, needGce},
    {"hetzner_sd_configs", hetzner, needRole},
    {"http_sd_configs", httpKeys, needUrl},
    {"ionos_sd_configs", ionos, needDatacenter},
    {"kubernetes_sd_configs", kubernetes, needRole},
    {"kuma_sd_configs", kuma, needServer},
    {"lightsail_sd_configs", lightsail, none},
    {"linode_sd_configs", linode, none},
    {"marathon_sd_configs", marathon, needServers},
    {"nerve_sd_configs", serverSets, needPaths},
    {"nomad_sd_configs", nomad, needServer},
    {"openstack_sd_configs", openstack, needRole},
    {"ovhcloud_sd_configs", ovh, needOvh},
    {"puppetdb_sd_configs", puppetdb, needUrlQuery},
    {"scaleway_sd_configs", scaleway, needScaleway},
    {"serverset_sd_configs", serverSets, needPaths},
    {"stackit_sd_configs", stackit, none},
    {"triton_sd_configs", triton, needTriton},
    {"uyuni_sd_configs", uyuni, needUyuni},
    {"vultr_sd_configs", vultr, none},
}};

bool isOneOf(std::string_view word, Names words)
{
    return std::ranges::find(words, word) != words.end();
}

/// Source: Prometheus discovery/kubernetes/kubernetes.go, SDConfig.UnmarshalYAML.
void checkKubernetes(Section& section)
{
    std::string role;
    section.word("role", role, {"node", "pod", "service", "endpoints", "endpointslice", "ingress"});
    const bool server = section.hasValue("api_server");
    const bool kubeconfig = section.hasValue("kubeconfig_file");
    bool http = false;
    for (const char* key :
         {"basic_auth", "authorization", "oauth2", "bearer_token", "bearer_token_file", "tls_config", "proxy_url"})
        http = http || section.hasValue(key);
    if (kubeconfig && server)
        return section.fail("give either api_server or kubeconfig_file, not both");
    if (http && !server)
        return section.fail("access settings need api_server beside them");
    if (auto namespaces = section.section("namespaces")) {
        bool own = false;
        std::vector<std::string> names;
        namespaces->flag("own_namespace", own);
        namespaces->texts("names", names);
        namespaces->finish();
        if (own && (server || kubeconfig))
            return section.failAt("namespaces", "own_namespace is only for discovery from inside the cluster");
    }
    if (auto metadata = section.section("attach_metadata")) {
        metadata->accept({"node", "namespace"});
        metadata->finish();
    }
    std::vector<std::string> seen;
    section.each("selectors", [&](const YAML::Node& node, const std::string& name, const YAML::Mark& mark) {
        Section selector(section.findings(), node, name, mark);
        std::string selectorRole;
        std::string label;
        std::string field;
        selector.text("role", selectorRole);
        selector.text("label", label);
        selector.text("field", field);
        selector.finish();
        const bool manyRoles = role == "endpoints" || role == "endpointslice";
        const bool allowed =
            manyRoles ? isOneOf(selectorRole, {"pod", "service", "endpoints", "endpointslice", "node"})
                            && (selectorRole != "node" || section.hasValue("attach_metadata"))
            : role == "pod" ? selectorRole == "pod" || (selectorRole == "node" && section.hasValue("attach_metadata"))
                            : selectorRole == role;
        if (!allowed)
            selector.failAt("role", "role " + role + " has no selector of role \"" + selectorRole + "\"");
        if (std::ranges::find(seen, selectorRole) != seen.end())
            selector.failAt("role", "a second selector for role \"" + selectorRole + "\"");
        seen.push_back(selectorRole);
        if (!field.empty() && field.find('=') == std::string::npos)
            selector.failAt("field", "\"" + field + "\" is no field selector; expected name=value");
    });
}

void requireAll(const Section& section, Names keys)
{
    for (const std::string_view key : keys) {
        if (!section.hasValue(key))
            return section.failAt(key, "is missing or empty");
    }
}

/// What Prometheus checks beyond the keys, as far as it can be known without asking anybody.
void checkMore(Section& section, std::string_view key)
{
    std::string word;
    if (key == "kubernetes_sd_configs") {
        checkKubernetes(section);
    } else if (key == "azure_sd_configs") {
        word = "OAuth";
        section.word("authentication_method", word, {"OAuth", "ManagedIdentity", "SDK", "WorkloadIdentity"});
        if (word == "OAuth")
            requireAll(section, {"tenant_id", "client_id", "client_secret"});
    } else if (key == "ec2_sd_configs" || key == "lightsail_sd_configs") {
        section.each("filters", [&](const YAML::Node& node, const std::string& name, const YAML::Mark& mark) {
            Section filter(section.findings(), node, name, mark);
            std::vector<std::string> values;
            filter.accept({"name"});
            filter.texts("values", values);
            if (values.empty())
                filter.failAt("values", "a filter needs values");
            filter.finish();
        });
    } else if (key == "eureka_sd_configs" || key == "http_sd_configs" || key == "puppetdb_sd_configs") {
        const char* url = key == "eureka_sd_configs" ? "server" : "url";
        section.text(url, word);
        if (!isHttpUrl(word))
            section.failAt(url, "\"" + word + "\" is no http or https URL with a host");
    } else if (key == "marathon_sd_configs") {
        std::vector<std::string> servers;
        section.texts("servers", servers);
        if (servers.empty())
            section.failAt("servers", "is empty");
        const int ways = static_cast<int>(section.hasValue("auth_token")) + section.hasValue("auth_token_file")
                         + section.hasValue("basic_auth") + section.hasValue("authorization")
                         + section.hasValue("bearer_token") + section.hasValue("bearer_token_file");
        if (ways > 1)
            section.fail("at most one of auth_token, auth_token_file, basic_auth, authorization and bearer_token");
    } else if (key == "hetzner_sd_configs") {
        section.word("role", word, {"robot", "hcloud"});
    } else if (key == "openstack_sd_configs") {
        section.word("role", word, {"instance", "hypervisor", "loadbalancer"});
        section.word("availability", word, {"", "public", "internal", "admin"});
    } else if (key == "ovhcloud_sd_configs") {
        section.word("service", word, {"vps", "dedicated_server"});
    } else if (key == "scaleway_sd_configs") {
        section.word("role", word, {"instance", "baremetal"});
        if (section.hasValue("secret_key") == section.hasValue("secret_key_file"))
            section.fail("give exactly one of secret_key and secret_key_file");
    } else if (key == "dns_sd_configs") {
        word = "SRV";
        section.word("type", word, {"A", "AAAA", "SRV", "MX", "NS", "a", "aaaa", "srv", "mx", "ns"});
        if (word != "SRV" && word != "srv" && word != "MX" && word != "mx" && word != "NS" && word != "ns"
            && !section.hasValue("port"))
            section.fail("records of this type need port");
    } else if (key == "dockerswarm_sd_configs") {
        section.word("role", word, {"services", "nodes", "tasks"});
    }
}

void readForeign(Section& section, const Paths& paths, const KnownDiscovery& known)
{
    section.each(known.key, [&](const YAML::Node& node, const std::string& name, const YAML::Mark& mark) {
        Section entry(section.findings(), node, name, mark);
        for (const std::string_view key : known.required) {
            if (!entry.hasValue(key))
                return entry.failAt(key, "is missing or empty");
        }
        checkMore(entry, known.key);
        if (entry.has("refresh_interval")) {
            std::int64_t refresh = 0;
            entry.duration("refresh_interval", refresh);
        }
        for (const std::string_view key : known.keys)
            entry.accept({key});
        HttpClientConfig http;
        readHttpClient(entry, paths, http);
        entry.finish();
    });
    if (section.has(known.key))
        section.findings().warn(section.markOf(known.key),
                                section.path(known.key)
                                    + ": checked, but this discovery is not supported; its targets are not scraped");
}

void readStatic(Section& section, std::vector<TargetGroup>& groups)
{
    std::size_t index = 0;
    section.each("static_configs", [&](const YAML::Node& node, const std::string& name, const YAML::Mark& mark) {
        Section entry(section.findings(), node, name, mark);
        TargetGroup& group = groups.emplace_back();
        group.source = "static/" + std::to_string(index++);
        entry.texts("targets", group.targets);
        std::vector<Label> labels;
        entry.pairs("labels", [&](const std::string& label, const YAML::Node& value, const YAML::Mark& at) {
            if (!isLabelName(label))
                section.findings().fail(at, name + ".labels: a label name is empty or no valid UTF-8");
            const auto text = scalarText(value);
            if (!text)
                section.findings().fail(at, name + ".labels." + label + ": expected a text");
            else if (!isUtf8Text(*text))
                section.findings().fail(at, name + ".labels." + label + ": the value is no valid UTF-8");
            else
                labels.push_back({label, *text});
        });
        group.labels = LabelSet(std::move(labels));
        entry.finish();
    });
}

void readFiles(Section& section, const Paths& paths, std::vector<FileSdConfig>& files)
{
    section.each("file_sd_configs", [&](const YAML::Node& node, const std::string& name, const YAML::Mark& mark) {
        Section entry(section.findings(), node, name, mark);
        FileSdConfig& config = files.emplace_back();
        entry.texts("files", config.files);
        entry.duration("refresh_interval", config.refreshMs);
        entry.finish();
        if (config.files.empty())
            return entry.fail("names no files");
        for (std::string& file : config.files) {
            const std::string extension = std::filesystem::path(file).extension().string();
            const auto star = file.find('*');
            if ((extension != ".json" && extension != ".yml" && extension != ".yaml")
                || (star != std::string::npos && file.find('/', star) != std::string::npos))
                entry.failAt("files", "\"" + file
                                          + "\": expected a name that ends in .json, .yml or .yaml, with * only in "
                                            "its last part");
            file = paths.resolve(file);
        }
    });
}

}  // namespace

void checkLabelName(Findings& findings, const YAML::Mark& at, const std::string& name)
{
    if (!isClassicLabelName(name))
        findings.fail(at,
                      "\"" + name + "\" is no label name; expected letters, digits and _, not beginning with a digit");
}

void checkAddresses(Section& section, const Discovery& discovery)
{
    for (const TargetGroup& group : discovery.groups) {
        for (const std::string& target : group.targets) {
            if (target.find('/') != std::string::npos)
                section.failAt("static_configs",
                               "\"" + target + "\" is no address; expected host:port without scheme and path");
        }
    }
}

void readDiscovery(Section& section, const Paths& paths, Discovery& discovery)
{
    readStatic(section, discovery.groups);
    readFiles(section, paths, discovery.files);
    for (const KnownDiscovery& known : discoveries)
        readForeign(section, paths, known);
}

}  // namespace holdfast::config
