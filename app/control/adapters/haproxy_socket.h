#pragma once

#include "app/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace holdfast::control {

/// Where a HAProxy runtime socket ("stats socket") listens: a path, or host and port.
struct SocketAddress {
    std::string path;  ///< unix socket; empty: TCP
    std::string host;
    std::string port;
    [[nodiscard]] std::string text() const { return path.empty() ? "tcp:" + host + ":" + port : "unix:" + path; }
};

/// Reads "unix:/run/haproxy/admin.sock", "/run/haproxy/admin.sock", "tcp:host:port" or "host:port", with [::1] for
/// IPv6.
[[nodiscard]] Result<SocketAddress> socketAddress(std::string_view text);

struct SocketAnswer {
    enum class Outcome {
        Answered,   ///< the other side said what it had to say and closed
        NotSent,    ///< no byte left: nothing can have happened
        Ambiguous,  ///< sent, or perhaps sent, and no whole answer came back
    };
    Outcome outcome = Outcome::NotSent;
    std::string text;   ///< at most 64 MiB
    std::string error;  ///< in words, unless Answered
    std::int64_t latencyMs = 0;
};

/// One line of commands on a connection of its own, once; reads until the other side closes, as HAProxy does after the
/// last command of a line. Blocks at most timeoutMs (a host name is looked up besides). Thread-safe.
///
/// line  without a newline at its end; one within it would be a second line and is refused (NotSent)
[[nodiscard]] SocketAnswer askSocket(const SocketAddress& address, std::string_view line, std::int64_t timeoutMs);

}  // namespace holdfast::control
