#pragma once

#include "app/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::api {

/// One signal of the service page, and whether the endpoint's metrics carry it.
struct ProbedSignal {
    std::string id;                    ///< requests errors latency headroom queue retries breakers flags
    std::vector<std::string> metrics;  ///< where it would be read; empty: not found
    std::string gap;                   ///< not found: what follows from it, and what to do
    [[nodiscard]] bool found() const { return !metrics.empty(); }
};

/// What one test scrape of an endpoint tells. Value type.
struct ProbeReport {
    std::string url;  ///< what was read
    std::string scheme, target, metricsPath;
    std::string query;  ///< after "?", as it stands in the URL
    double durationMs = 0;
    std::int64_t bytes = 0;
    std::int64_t samples = 0;
    std::int64_t metrics = 0;           ///< names
    std::string profile;                ///< empty: no convention that Holdfast knows
    std::string profileTitle;           ///< in words
    std::vector<std::string> services;  ///< by the profile's label; empty: the job's name will be the service's
    std::string job;                    ///< a name to suggest
    std::vector<std::string> breakers;
    std::vector<ProbedSignal> signalList;  ///< not "signals": that is a word of Qt's
    std::string error;                     ///< close to what libcurl or the parser said; empty: it went well
    std::string errorWords;
};

/// A URL as somebody pastes it, in parts: "localhost:8080", "http://host:8080/metrics?module=x". Without a scheme http;
/// without a path "/metrics". BadInput in words for what is no http address, or carries a password.
[[nodiscard]] Result<ProbeReport> splitUrl(std::string_view typed);

/// Reads the endpoint once, within the limits of a scrape (64 MiB, 200 000 samples, 5 s), and tells what would be seen
/// of it. Where no path was typed, the other usual ones are tried after a "not found". A failure to read is part of the
/// report; only a URL that is none is an error. Blocks; on a thread of the query pool.
[[nodiscard]] Result<ProbeReport> probe(std::string_view typed);

/// What an exposition would show: profile, services, signals, gaps. `report` keeps its address.
void judgeExposition(std::string_view body, std::string_view contentType, ProbeReport& report);

}  // namespace holdfast::api
