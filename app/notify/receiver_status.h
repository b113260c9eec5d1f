#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace holdfast::notify {

/// How one receiver is doing. Times: milliseconds since the epoch, 0: never in this life.
struct ReceiverStatus {
    std::string name;
    std::string kind;     ///< webhook alertmanager command email desktop
    std::string breaker;  ///< closed open half_open
    std::size_t waiting = 0;
    std::size_t capacity = 0;
    std::uint64_t sent = 0;
    std::uint64_t failed = 0;   ///< given up
    std::uint64_t dropped = 0;  ///< refused for a full queue
    std::uint64_t attempts = 0;
    std::int64_t lastSentMs = 0;
    std::string lastError;  ///< in words; empty after a success
    std::int64_t lastErrorMs = 0;
};

}  // namespace holdfast::notify
