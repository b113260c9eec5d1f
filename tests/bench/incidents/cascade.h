#pragma once

#include "app/incident/topology.h"

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace holdfast::bench {

/// A shop of 17 services in five layers below one gateway.
[[nodiscard]] incident::Topology shop();
[[nodiscard]] std::vector<std::string> servicesOf(const incident::Topology& topology);

enum class FaultKind { Errors, Latency, Saturation };

/// What one service goes through: when it changes, and to what. Times: ms since the epoch; ratios within [0, 1].
struct Trouble {
    std::string service;
    FaultKind kind = FaultKind::Errors;
    std::int64_t onsetMs = 0;
    double errors = 0;
    double p99 = 0.1;  ///< seconds
    double headroom = 0.6;
    std::string opensTowards;  ///< callee whose breaker opens 15 s later; empty: none
};

/// A fault and, hop by hop, what its callers go through; the same for the same random numbers.
[[nodiscard]] std::vector<Trouble> cascade(const incident::Topology& topology, const std::string& origin,
                                           std::int64_t atMs, std::mt19937& random);

/// One sample of one normalised series.
struct Point {
    std::string name;
    std::vector<std::pair<std::string, std::string>> labels;
    double value = 0;
};
/// What the signals of all services are at t, with noise; a rate's window of half a minute makes changes ramps.
[[nodiscard]] std::vector<Point> signalsAt(const incident::Topology& topology, const std::vector<Trouble>& troubles,
                                           std::int64_t t, std::int64_t beginMs, std::mt19937& random);

}  // namespace holdfast::bench
