#include "app/config/sections.h"

#include <set>

namespace holdfast::config {

namespace {

bool isSecretKey(const std::string& key)
{
    // Prometheus's fields of type Secret, and ours.
    static const std::set<std::string, std::less<>> keys{"password",
                                                         "credentials",
                                                         "bearer_token",
                                                         "client_secret",
                                                         "client_certificate_key",
                                                         "secret_key",
                                                         "token",
                                                         "auth_token",
                                                         "application_secret",
                                                         "application_credential_secret",
                                                         "consumer_key",
                                                         "service_account_key",
                                                         "private_key",
                                                         "key",
                                                         "secrets",
                                                         "proxy_connect_header",
                                                         "read_token",
                                                         "act_token",
                                                         "webhook_url"};
    // Settings of control groups are named by presets, users' own ones too.
    return keys.contains(key) || key.ends_with("_token") || key.ends_with("_secret") || key.ends_with("_password")
           || key == "sdk_key";
}

/// "https://user:word@host" without the word.
std::string withoutPassword(const std::string& text)
{
    const auto scheme = text.find("://");
    if (scheme == std::string::npos)
        return text;
    const auto begin = scheme + 3;
    const auto end = text.find_first_of("/?#", begin);
    const auto at = text.rfind('@', end == std::string::npos ? text.size() : end);
    const auto colon = text.find(':', begin);
    if (at == std::string::npos || at < begin || colon == std::string::npos || colon > at)
        return text;
    return text.substr(0, colon + 1) + "<secret>" + text.substr(at);
}

YAML::Node redacted(const YAML::Node& node, bool secret)
{
    if (node.IsMap()) {
        YAML::Node out(YAML::NodeType::Map);
        for (const auto& pair : node) {
            const std::string key = pair.first.IsScalar() ? pair.first.Scalar() : std::string();
            out.force_insert(key, redacted(pair.second, secret || isSecretKey(key)));
        }
        return out;
    }
    if (node.IsSequence()) {
        YAML::Node out(YAML::NodeType::Sequence);
        for (const YAML::Node& element : node)
            out.push_back(redacted(element, secret));
        return out;
    }
    if (!node.IsScalar())
        return YAML::Node(YAML::NodeType::Null);
    if (secret && !node.Scalar().empty())
        return YAML::Node("<secret>");
    return YAML::Node(withoutPassword(node.Scalar()));
}

}  // namespace

std::string redactedYaml(const YAML::Node& root)
{
    if (!root.IsDefined() || root.IsNull())
        return {};
    YAML::Emitter out;
    out << redacted(root, false);
    return std::string(out.c_str(), out.size()) + "\n";
}

}  // namespace holdfast::config
