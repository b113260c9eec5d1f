#pragma once

#include <optional>
#include <string>
#include <vector>

namespace holdfast::config {

/// Text that must not be shown, logged, stored or exported: given in the file, or read at use from another file, an
/// environment variable or the desktop's keyring.
struct Secret {
    std::string text;
    std::string file;
    std::string env = {};      ///< name of a variable
    std::string keyring = {};  ///< attributes as secret-tool takes them: "service holdfast account demo"
    [[nodiscard]] bool empty() const { return text.empty() && file.empty() && env.empty() && keyring.empty(); }
};

struct BasicAuth {
    std::string username;
    Secret password;
};

/// `authorization:` of Prometheus; `bearer_token` and `bearer_token_file` are read into it.
struct Authorization {
    std::string type = "Bearer";
    Secret credentials;
};

struct TlsConfig {
    std::string caFile;
    std::string certFile;
    std::string keyFile;
    std::string serverName;
    bool insecureSkipVerify = false;
};

/// A header sent with every request (`http_headers:`). Values may be secret.
struct HttpHeader {
    std::string name;
    std::vector<Secret> values;
};

struct HttpClientConfig {
    std::optional<BasicAuth> basicAuth;
    std::optional<Authorization> authorization;
    TlsConfig tls;
    std::string proxyUrl;
    bool followRedirects = true;
    std::vector<HttpHeader> headers;
};

}  // namespace holdfast::config
