#pragma once

#include "app/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::control {

/// Bits of srv_admin_state: why a server is out, apart from what its checks say.
/// Source: HAProxy doc/management.txt, "show servers state".
namespace haproxy_admin {
constexpr unsigned kForcedMaint = 0x01;
constexpr unsigned kInheritedMaint = 0x02;
constexpr unsigned kConfigMaint = 0x04;
constexpr unsigned kForcedDrain = 0x08;
constexpr unsigned kInheritedDrain = 0x10;
constexpr unsigned kNoAddress = 0x20;
}  // namespace haproxy_admin

/// One server of one backend, as the process has it now.
struct HaproxyServer {
    std::string backend;
    std::string name;
    int operational = 0;       ///< 0 stopped, 1 starting, 2 running, 3 stopping
    unsigned admin = 0;        ///< bits above
    int weight = 0;            ///< now, 0…256
    int initialWeight = 0;     ///< of the configuration
    std::int64_t maxconn = 0;  ///< 0: no limit
    std::string status;        ///< "UP", "DOWN", "MAINT", "DRAIN", "no check", "DOWN 1/2" …
    std::string checkStatus;   ///< "L7OK", "HANA" (taken out by observing real answers) …; empty without checks
    std::int64_t sessions = 0;
    std::int64_t queued = 0;
};

struct HaproxyProcess {
    std::string version;
    std::string level;           ///< of the socket: user, operator, admin; empty where it does not tell
    std::int64_t startedMs = 0;  ///< 0 where the process does not tell
    std::vector<HaproxyServer> servers;
};

/// The commands whose answers parseHaproxy() takes, as one line: of one backend, or of all.
[[nodiscard]] std::string haproxyQuery(const std::string& backend = {});

/// Reads the answers to haproxyQuery(): state and administration from `show servers state`, limits and status from
/// `show stat typed`. Fields are found by name, unknown ones skipped. Servers without a line in the first are left out.
[[nodiscard]] Result<HaproxyProcess> parseHaproxy(std::string_view text);

/// What a command that changes something said. Success is an empty answer; anything else is a complaint in words, with
/// its level in front ("[3]: No such server.") because severity-output is on.
struct HaproxyComplaint {
    int level = 3;     ///< syslog: 3 error, 4 warning, 6 information
    std::string text;  ///< first line, at most 300 bytes
    [[nodiscard]] bool denied() const;
};
[[nodiscard]] std::optional<HaproxyComplaint> haproxyComplaint(std::string_view answer);

}  // namespace holdfast::control
