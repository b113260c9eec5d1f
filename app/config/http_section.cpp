#include "app/config/sections.h"

#include <algorithm>

namespace holdfast::config {

namespace {

/// `key`, `key`_file and `key`_ref of a secret: at most one.
void readSecret(Section& section, const Paths& paths, const std::string& key, Secret& secret)
{
    section.text(key, secret.text);
    section.text(key + "_file", secret.file);
    if (!secret.text.empty() && !secret.file.empty())
        section.failAt(key, "give either " + key + " or " + key + "_file, not both");
    secret.file = paths.resolve(secret.file);
    const std::string ref = key + "_ref";
    section.notDone({ref}, "secret managers are not supported; use " + key + "_file");
}

void readOAuth2(Section& oauth, const Paths& paths)
{
    std::string id;
    std::string url;
    Secret secret;
    oauth.text("client_id", id);
    oauth.text("token_url", url);
    readSecret(oauth, paths, "client_secret", secret);
    oauth.accept({"scopes", "endpoint_params", "grant_type", "client_certificate_key_id", "client_certificate_key",
                  "client_certificate_key_file", "client_certificate_key_ref", "signature_algorithm", "iss", "audience",
                  "claims", "proxy_url", "no_proxy", "proxy_from_environment", "proxy_connect_header"});
    TlsConfig tls;
    readTls(oauth, paths, tls);
    if (id.empty())
        oauth.fail("client_id is missing");
    else if (url.empty())
        oauth.fail("token_url is missing");
    oauth.finish();
}

}  // namespace

std::string Paths::resolve(const std::string& path) const
{
    if (path.empty() || path.front() == '/' || folder.empty())
        return path;
    return folder + "/" + path;
}

bool isHttpUrl(std::string_view url)
{
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (url.substr(0, scheme.size()) == scheme) {
            const std::string_view rest = url.substr(scheme.size());
            return !rest.empty() && rest.front() != '/' && rest.front() != '?' && rest.front() != '#';
        }
    }
    return false;
}

void readTls(Section& parent, const Paths& paths, TlsConfig& tls)
{
    auto section = parent.section("tls_config");
    if (!section)
        return;
    section->text("ca_file", tls.caFile);
    section->text("cert_file", tls.certFile);
    section->text("key_file", tls.keyFile);
    section->text("server_name", tls.serverName);
    section->flag("insecure_skip_verify", tls.insecureSkipVerify);
    section->notDone({"ca", "cert", "key", "ca_ref", "cert_ref", "key_ref"},
                     "certificates inside the configuration are not supported; use the _file key");
    std::string version;
    section->word("min_version", version, {"", "TLS10", "TLS11", "TLS12", "TLS13"});
    section->word("max_version", version, {"", "TLS10", "TLS11", "TLS12", "TLS13"});
    for (const char* key : {"min_version", "max_version"}) {
        if (section->hasValue(key))
            section->findings().warn(section->markOf(key),
                                     section->path(key) + ": not supported; OpenSSL's own settings decide");
    }
    if (tls.insecureSkipVerify)
        section->findings().warn(section->markOf("insecure_skip_verify"),
                                 section->path("insecure_skip_verify")
                                     + ": the server's certificate is not checked; anybody in between can answer");
    const bool cert = !tls.certFile.empty() || section->has("cert");
    const bool key = !tls.keyFile.empty() || section->has("key");
    if (cert != key && !section->has("cert_ref") && !section->has("key_ref"))
        section->fail("a client certificate needs both cert_file and key_file");
    tls.caFile = paths.resolve(tls.caFile);
    tls.certFile = paths.resolve(tls.certFile);
    tls.keyFile = paths.resolve(tls.keyFile);
    section->finish();
}

void readHttpClient(Section& section, const Paths& paths, HttpClientConfig& http)
{
    int ways = 0;
    if (auto basic = section.section("basic_auth")) {
        ++ways;
        BasicAuth& auth = http.basicAuth.emplace();
        Secret username;
        readSecret(*basic, paths, "username", username);
        auth.username = username.text;
        if (!username.file.empty())
            basic->findings().warn(basic->markOf("username_file"),
                                   basic->path("username_file") + ": not supported; give username");
        readSecret(*basic, paths, "password", auth.password);
        basic->finish();
    }
    if (auto authorization = section.section("authorization")) {
        ++ways;
        Authorization& auth = http.authorization.emplace();
        authorization->text("type", auth.type);
        readSecret(*authorization, paths, "credentials", auth.credentials);
        std::string lower(auth.type);
        std::ranges::transform(lower, lower.begin(),
                               [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        if (lower == "basic")
            authorization->failAt("type", "\"basic\" belongs into basic_auth");
        if (auth.type.empty())
            auth.type = "Bearer";
        authorization->finish();
    }
    Secret bearer;
    readSecret(section, paths, "bearer_token", bearer);
    if (!bearer.empty()) {
        ++ways;
        http.authorization = Authorization{"Bearer", bearer};
    }
    if (auto oauth = section.section("oauth2")) {
        ++ways;
        readOAuth2(*oauth, paths);
        section.findings().warn(section.markOf("oauth2"),
                                section.path("oauth2") + ": not supported yet; requests are sent without it");
    }
    if (ways > 1)
        section.fail("at most one of basic_auth, authorization, oauth2, bearer_token and bearer_token_file");
    readTls(section, paths, http.tls);
    section.flag("follow_redirects", http.followRedirects);
    bool http2 = true;
    section.flag("enable_http2", http2);
    if (!http2)
        section.findings().warn(section.markOf("enable_http2"),
                                section.path("enable_http2")
                                    + ": not supported; https servers that offer HTTP/2 are spoken to with it");
    section.text("proxy_url", http.proxyUrl);
    section.notDone({"no_proxy", "proxy_from_environment", "proxy_connect_header"}, "not supported yet");
    section.pairs("http_headers", [&](const std::string& name, const YAML::Node& node, const YAML::Mark& mark) {
        Section header(section.findings(), node, section.path("http_headers") + "." + name, mark);
        HttpHeader& out = http.headers.emplace_back();
        out.name = name;
        for (const char* key : {"values", "secrets"}) {
            std::vector<std::string> values;
            header.texts(key, values);
            for (std::string& value : values)
                out.values.push_back({std::move(value), {}});
        }
        std::vector<std::string> files;
        header.texts("files", files);
        for (const std::string& file : files)
            out.values.push_back({{}, paths.resolve(file)});
        header.finish();
    });
}

}  // namespace holdfast::config
