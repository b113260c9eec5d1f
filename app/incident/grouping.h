#pragma once

#include "app/incident/record.h"
#include "app/incident/topology.h"

namespace holdfast::incident {

/// How a signal can belong to an incident.
enum class Fit {
    None,
    Member,         ///< its service is in it already
    Symptom,        ///< its service calls a member, and changed after it
    Cause,          ///< a member calls its service, which changed before it or shortly after
    PossibleCause,  ///< the same, but the member is explained by another callee already
    SharedPlace,    ///< same deploy, host or zone as two members
};

inline constexpr std::int64_t kGroupWindowMs = 10LL * 60'000;  ///< since the incident's last signal
inline constexpr std::int64_t kGroupWaitMs = 30'000;
/// An important service that only reports failing calls: the symptom or the cause it tells of is about to show.
inline constexpr std::int64_t kMessengerWaitMs = 15'000;
inline constexpr std::int64_t kReopenMs = 30LL * 60'000;
inline constexpr std::int64_t kQuietMs = 10LL * 60'000;
inline constexpr std::int64_t kLongestIncidentMs = 24LL * 3'600'000;
inline constexpr int kGroupHops = 2;

/// The labels of a signal that say where it runs: host, node, zone, deploy, as "zone=eu-1". labelsJson: an object.
[[nodiscard]] std::vector<std::string> placesOf(const std::string& labelsJson);

/// Judges by direction, order of onsets and window. t: when the signal fired, ms since the epoch.
///
/// Directed, because distance alone joins independent faults of siblings through the gateway they share; measured
/// on generated cascades: see tests/app/incident/tst_grouping.cpp.
[[nodiscard]] Fit fit(const Record& record, const IncidentSignal& signal, std::int64_t t, const Topology& topology);

/// The record holds a callee of the signal's service that changed no later: a reason of its own for it.
[[nodiscard]] bool explains(const Record& record, const IncidentSignal& signal, const Topology& topology);

}  // namespace holdfast::incident
