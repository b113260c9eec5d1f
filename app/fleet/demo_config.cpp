#include "app/fleet/demo_config.h"

#include "app/base/duration.h"
#include "app/base/number_text.h"
#include "app/fleet/shop.h"

namespace holdfast::fleet {

namespace {

/// A YAML double-quoted text.
std::string quoted(const std::string& text)
{
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + '"';
}

std::string list(const std::vector<std::string>& items)
{
    std::string out = "[";
    for (const std::string& item : items)
        out += (out.size() > 1 ? ", " : "") + quoted(item);
    return out + "]";
}

std::string serviceText(const ServiceSpec& spec)
{
    std::string out = "    " + spec.name + ":\n";
    out += "      tier: " + std::to_string(spec.tier) + "\n";
    out += "      availability: " + numberText(spec.availability) + "\n";
    out += "      latency: " + formatDuration(spec.latencyMs) + "\n";
    if (!spec.dependsOn.empty())
        out += "      depends_on: " + list(spec.dependsOn) + "\n";
    if (!spec.fallback.empty())
        out += "      fallback: " + quoted(spec.fallback) + "\n";
    return out;
}

}  // namespace

std::string demoConfig(const AddressBook& addresses, const std::string& tokenFile)
{
    std::string out = "# Written by holdfast-fleet: the demo shop.\n"
                      "global:\n"
                      "  scrape_interval: 2s\n"
                      "  scrape_timeout: 1s\n"
                      "  evaluation_interval: 5s\n"
                      "scrape_configs:\n";
    for (const auto& [service, ports] : addresses.all()) {
        std::vector<std::string> targets;
        for (const std::uint16_t port : ports)
            targets.push_back("127.0.0.1:" + std::to_string(port));
        out += "  - job_name: " + service + "\n    static_configs:\n      - targets: " + list(targets) + "\n";
    }
    out += "holdfast:\n"
           "  environment: DEMO\n"
           "  services:\n";
    for (const ServiceSpec& spec : shop())
        out += serviceText(spec);
    out += "    shoppers:\n"
           "      tier: 3\n"
           "      depends_on: [\"gateway\"]\n"
           "  controls:\n"
           "    - name: demo\n"
           "      adapter: holdfast\n"
           "      jobs: \".+\"\n"
           "      act_token_file: "
           + quoted(tokenFile)
           + "\n"
             "      armed: true\n";
    return out;
}

}  // namespace holdfast::fleet
