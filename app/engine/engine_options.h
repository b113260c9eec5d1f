#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace holdfast::engine {

inline constexpr const char* kVersion = "0.1.0";

/// What a replay shows. Times: milliseconds since the epoch.
struct Replay {
    std::int64_t incident = 0;  ///< 0: none in particular
    std::int64_t atMs = 0;      ///< where it begins
    std::int64_t startMs = 0, endMs = 0;
};

/// What `holdfast serve` was asked for.
struct EngineOptions {
    std::string configFile;    ///< empty: no targets, no rules of one's own
    std::string databaseFile;  ///< made where there is none
    std::string listenAddress = "127.0.0.1";
    std::uint16_t listenPort = 9190;
    bool remoteWriteReceiver = false;
    std::optional<Replay> replay;              ///< read only: nothing is scraped, judged or acted upon
    bool experimentalFunctions = false;        ///< of PromQL, see promql::EngineOptions
    std::string program;                       ///< this executable, for who wants to start it again
    std::vector<std::string> arguments;        ///< from "serve" on
    std::map<std::string, std::string> flags;  ///< for /api/v1/status/flags
};

}  // namespace holdfast::engine
