#pragma once

#include "app/base/result.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace holdfast::control {

/// What a Hystrix stream says of one command (its breaker).
/// Source: Netflix Hystrix, SerialHystrixDashboardData (type "HystrixCommand").
struct HystrixCommand {
    std::string name;
    std::string group;
    std::int64_t atMs = 0;  ///< currentTime
    bool open = false;      ///< isCircuitBreakerOpen: what the breaker computes by itself
    bool forceOpen = false;
    bool forceClosed = false;
    bool enabled = true;
    int openHosts = 0;  ///< hosts that say so; more than one only where Turbine gathers several
    int hosts = 1;
    std::int64_t errors = 0;    ///< of the rolling window
    std::int64_t requests = 0;  ///< of the rolling window
    std::int64_t shortCircuited = 0;
};

/// Takes the bytes of a server-sent event stream in pieces of any size and keeps the newest state of every command.
/// Fields of other types, unknown fields and lines that are no JSON are passed over. One thread at a time.
class HystrixStream {
public:
    /// False once every command has been seen: one of them came again, or the stream said "ping" after some.
    [[nodiscard]] bool take(std::string_view bytes);
    [[nodiscard]] const std::map<std::string, HystrixCommand>& commands() const { return m_commands; }

private:
    void line(std::string_view text);
    void event(std::string_view data);

    std::string m_rest;  ///< of an unfinished line, at most 1 MiB
    std::string m_data;  ///< of an unfinished event
    std::map<std::string, HystrixCommand> m_commands;
    bool m_complete = false;
};

/// Listens to a stream until every command has been seen, at most timeoutMs. A stream that is silent so long, or has no
/// commands, is an error (Timeout).
[[nodiscard]] Result<std::map<std::string, HystrixCommand>>
readHystrix(const std::string& url, const std::string& bearerToken, std::int64_t timeoutMs);

}  // namespace holdfast::control
