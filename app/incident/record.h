#pragma once

#include "app/incident/incident.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::incident {

/// An incident as the book keeps it; id 0: a group that still waits for more signals before it opens.
///
/// 1. onsets holds, for each service with a signal, the earliest onset of its signals, and places where they run:
///    add() keeps it so.
/// 2. quietSinceMs is set exactly while no signal is firing.
/// 3. Title, evidence, severity and origin follow from the signals, except where a person set them.
struct Record {
    std::int64_t id = 0;
    IncidentState state = IncidentState::New;
    Severity severity = Severity::Sev3;
    std::string title;
    std::string origin;
    std::string owner;
    std::int64_t openedMs = 0;
    std::optional<std::int64_t> ackedMs;
    std::optional<std::int64_t> mitigatedMs;
    std::optional<std::int64_t> resolvedMs;
    std::optional<std::int64_t> closedMs;
    std::optional<std::int64_t> ackUntilMs;
    std::int64_t lastSignalMs = 0;
    std::vector<IncidentSignal> signals;
    std::map<std::string, std::int64_t> onsets;
    std::map<std::string, std::set<std::string>> places = {};  ///< place → services with a signal there
    std::vector<std::string> evidence;

    std::optional<std::int64_t> quietSinceMs;
    std::int64_t overridesSeenMs = 0;        ///< when an override was last in force
    std::string fixedOrigin;                 ///< set by a person
    bool fixedSeverity = false;              ///< set by a person
    bool offline = false;                    ///< most targets went at once
    std::optional<std::int64_t> mergedInto;  ///< closed because it is part of that one
    std::optional<std::int64_t> continues;   ///< opened because that one had been open for a day
    std::optional<std::int64_t> mergeWith;   ///< suggested, because a signal fits both
    std::set<std::string> splitFrom;         ///< fingerprints a person took out: never joined again
    bool mitigatedByHand = false;            ///< a person said so; holds until another signal comes
    std::int64_t floodUntilMs = 0;           ///< flood mode; 0: none
    std::size_t untold = 0;                  ///< signals of the flood that have no line of their own
    std::size_t reopened = 0;
    std::vector<std::int64_t> newSignalsMs = {};  ///< when signals came, of the last 10 min; at most as many as matter

    [[nodiscard]] bool isOpen() const { return state != IncidentState::Resolved && state != IncidentState::Closed; }
    [[nodiscard]] std::set<std::string> members() const;
    [[nodiscard]] std::size_t firing() const;
    void add(IncidentSignal signal);
    /// Takes the signal out; nothing where there is no such one.
    std::optional<IncidentSignal> remove(std::string_view fingerprint);
    /// Of a member; nothing for another service.
    [[nodiscard]] std::optional<std::int64_t> onset(const std::string& service) const;
    [[nodiscard]] std::int64_t firstOnset() const;
};

}  // namespace holdfast::incident
